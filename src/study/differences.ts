/** Means over replicates, and differences of policies from a baseline, paired by replicate. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { bootstrapMean } from "../metrics/bootstrap.js";
import { holm } from "../metrics/holm.js";
import { LEAST_PAIRS, pairedDifference, type PairedDifference } from "../metrics/paired.js";
import { randomStream, type Random } from "../base/random.js";
import { keysOf, refuseUnknownKeys } from "../base/known-keys.js";
import type { PolicyName } from "../policies/index.js";
import type { MetricName } from "../simulate/metrics/catalogue.js";
import { isCompared } from "./architectures.js";
import {
  checkFigures,
  groupRuns,
  pairsOf,
  samplesOf,
  type Group,
  type GroupedRuns,
  type GroupOptions,
} from "./groups.js";
import type { Cell } from "./result-table.js";

/** "no difference" means that these replicates show none; a difference may still exist. */
export type Verdict = "higher" | "lower" | "no difference" | "too few replicates";

/** A row of `means` for runs that differ only in the policy. */
export interface MeanRow {
  readonly policy: string;
  readonly metric: string;
  readonly mean: number;
  /** NaN for fewer than five replicates. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** A row of `differences` for runs that differ only in the policy. */
export interface DifferenceRow {
  readonly policy: string;
  readonly metric: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly pairs: number;
  readonly p: number;
  readonly verdict: Verdict;
}

export interface MeansOptions extends GroupOptions {
  /** Default: the metrics of `COMPARED` that the table has, and all user-defined metrics. */
  readonly metrics?: readonly (MetricName | (string & {}))[];
}

export interface DifferenceOptions extends MeansOptions {
  /** Default "no-migration". */
  readonly baseline?: PolicyName | (string & {}) | number;
}

/** The probability, for each metric, that any policy is wrongly called different. */
const SIGNIFICANCE = 0.05;

/**
 * Returns the means over the replicates of a table from `experiment`: a row for each policy (and setting, in
 * the columns in which the runs differ) and metric, with `mean`, the ends `low` and `high` of its 95 %
 * bootstrap interval (NaN below five replicates) and `count`, the number of replicates in which the metric is
 * defined. Throws InputError for an unknown metric, and the same errors as `groupRuns`.
 */
export function means(runs: ColumnTable, { metrics, ...options }: MeansOptions = {}): ColumnTable {
  refuseUnknownKeys(options, GROUP_KEYS, "option of means");
  const grouped = groupRuns(runs, options);
  const figures = metrics ?? usualFigures(grouped);
  checkFigures(grouped, figures);
  const rows = grouped.groups.flatMap((group) =>
    figures.map((metric) => {
      const samples = samplesOf(grouped, group, metric).filter(Number.isFinite);
      const { mean, low, high } = bootstrapMean(samples, noise(group, metric));
      const isEnough = samples.length >= LEAST_PAIRS;
      return {
        group,
        metric,
        mean,
        low: isEnough ? low : NaN,
        high: isEnough ? high : NaN,
        count: samples.length,
      };
    }),
  );
  return tidy(rows, grouped, options);
}

/**
 * Returns the differences of each policy from the baseline, paired by replicate: a row for each policy (and
 * setting) and metric, with `difference` (the mean), the ends `low` and `high` of its 95 % interval, `pairs`
 * (replicates in which both values are defined), `p` and `verdict`. `p` comes from the two-sided paired
 * t-test, adjusted by Holm's method for all rows of the metric. The verdict is "higher" or "lower" where the
 * interval does not contain 0 and `p` is at most 0.05. It is not adjusted for the number of metrics, because
 * they answer different questions. There is no interval and no verdict below five replicates, or where all
 * replicates are identical (a policy without randomness on one workload). Where settings differ, a policy is
 * compared with the baseline under the same settings; settings that do not affect the baseline are ignored.
 * Throws InputError for an unknown metric and for a baseline that was not simulated, and the same errors as
 * `groupRuns`.
 */
export function differences(
  runs: ColumnTable,
  { baseline: base = "no-migration", metrics, ...options }: DifferenceOptions = {},
): ColumnTable {
  const baseline = String(base);
  refuseUnknownKeys(options, GROUP_KEYS, "option of differences");
  const grouped = groupRuns(runs, options);
  const figures = metrics ?? usualFigures(grouped);
  checkFigures(grouped, figures);
  const others = grouped.groups.filter(({ contender }) => contender !== baseline);
  const of = options.of ?? "policy";
  const bases = others.map((group) => baselineOf(grouped, group, baseline, of));
  const columns = figures.map((metric) => {
    const paired = others.map((group, row): PairedDifference => {
      const samples = pairsOf(grouped, group, bases[row], metric);
      const found = pairedDifference(...samples, noise(group, metric));
      return areCopies(...samples) && found.mean !== 0 ? { ...found, low: NaN, high: NaN, p: NaN } : found;
    });
    const p = holm(paired.map((difference) => difference.p));
    return paired.map(({ mean, low, high, pairs }, row) => ({
      group: others[row],
      metric,
      difference: mean,
      low,
      high,
      pairs,
      p: p[row],
      verdict: verdictOf({ difference: mean, low, high, pairs, p: p[row] }),
    }));
  });
  return tidy(
    others.flatMap((_, row) => columns.map((column) => column[row])),
    grouped,
    options,
  );
}

/** Replicates without any variation are copies of one run, so they carry no information about chance. */
function areCopies(...samples: readonly Float64Array[]): boolean {
  return samples.every((values) => values.every((value) => value === values[0]));
}

const GROUP_KEYS = keysOf<Required<DifferenceOptions>>({
  of: true,
  by: true,
  over: true,
  metrics: true,
  baseline: true,
});

function baselineOf({ groups, axes }: GroupedRuns, { setting }: Group, baseline: string, of: string): Group {
  const known = [...new Set(groups.map(({ contender }) => contender))];
  if (!known.includes(baseline)) {
    const what = of === "policy" ? "the compared policies" : `the values of ${of}`;
    throw new InputError(`unknown baseline: ${baseline}; ${what} are ${known.join(", ")}`);
  }
  const fits = (own: readonly Cell[]): boolean =>
    own.every((value, axis) => value === null || value === setting[axis]);
  const found = groups.find((group) => group.contender === baseline && fits(group.setting));
  if (found !== undefined) return found;
  const where = axes.map((name, axis) => `${name} ${String(setting[axis])}`).join(", ");
  throw new InputError(
    `no run of the baseline ${baseline} with ${where}; simulate it as well, or filter the table`,
  );
}

function verdictOf({
  difference,
  low,
  high,
  pairs,
  p,
}: Record<"difference" | "low" | "high" | "pairs" | "p", number>): Verdict {
  if (pairs < LEAST_PAIRS || Number.isNaN(p)) return "too few replicates";
  if (!(p <= SIGNIFICANCE) || (low <= 0 && high >= 0)) return "no difference";
  return difference > 0 ? "higher" : "lower";
}

function usualFigures({ figures }: GroupedRuns): readonly string[] {
  const usual = figures.filter(isCompared);
  return usual.length === 0 ? figures : usual;
}

/** Returns the random stream of a group's bootstrap. It does not depend on the other rows of the table. */
function noise({ contender, setting }: Group, metric: string): Random {
  const numbers = setting.filter((value) => typeof value === "number");
  return randomStream(1, "noise", contender, ...numbers, metric);
}

type Row = Readonly<Record<string, unknown>> & { readonly group: Group };

/** Returns the rows as a table: the column of what is compared, the settings, then the other columns. */
function tidy(rows: readonly Row[], { axes }: GroupedRuns, { of = "policy" }: GroupOptions): ColumnTable {
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== "group");
  return table({
    [of]: rows.map(({ group }) => group.contender),
    ...Object.fromEntries(axes.map((name, axis) => [name, rows.map(({ group }) => group.setting[axis])])),
    ...Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])),
  });
}
