/** The price of evenness, and how well evenness predicts harm to latency-critical work, over replicates. */
import type { ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { bootstrapMean, type Interval } from "../metrics/bootstrap.js";
import { meanOf } from "../metrics/statistics.js";
import { LEAST_PAIRS, pairedDifference } from "../metrics/paired.js";
import { rankCorrelation } from "../metrics/rank-correlation.js";
import { randomStream, type Random } from "../base/random.js";
import { differences, type DifferenceRow } from "./differences.js";
import { checkFigures, groupRuns, pairsOf, samplesOf, type Group, type GroupedRuns } from "./groups.js";

/** One point of Gini. */
const POINT = 0.01;

/**
 * Returns the migration traffic in GB that each policy needs per 0.01 of Gini below the baseline: the mean of
 * the ratios of all replicates with its 95 % interval, cheapest first. Includes only policies that migrate
 * and whose Gini is lower, both by the verdict of `differences` and in every replicate. Throws InputError for
 * runs that differ in a setting, and the same errors as `differences`.
 */
export function giniPrices(
  runs: ColumnTable,
  baseline: string = "no-migration",
): (Interval & { readonly policy: string })[] {
  const grouped = groupOneSetting(runs);
  checkFigures(grouped, ["gini", "migrationGb"]);
  const lower = differences(runs, { baseline, metrics: ["gini"] }).objects() as DifferenceRow[];
  const base = grouped.groups.find(({ contender }) => contender === baseline)!;
  return lower
    .filter(({ verdict }) => verdict === "lower")
    .map(({ policy }) => {
      const group = grouped.groups.find(({ contender }) => contender === policy)!;
      const [gini, before] = pairsOf(grouped, group, base, "gini");
      const gains = before.map((value, i) => (value - gini[i]) / POINT);
      return { policy, gains, gb: samplesOf(grouped, group, "migrationGb") };
    })
    .filter(({ gains, gb }) => gains.every((gain) => gain > 0) && gb.some((bytes) => bytes > 0))
    .map(({ policy, gains, gb }) => ({
      policy,
      ...bootstrapMean(
        gb.map((bytes, i) => bytes / gains[i]),
        randomStream(1, "noise", policy, "price"),
      ),
    }))
    .sort((a, b) => a.mean - b.mean);
}

/** A pair of policies that two metrics order oppositely. */
export interface Disagreement {
  /** Lower than `other` in the first metric and higher in the second. */
  readonly policy: string;
  readonly other: string;
}

export interface RankAgreement {
  /**
   * Spearman's rank correlation over the policies, as a mean over the replicates; NaN where a metric is the
   * same for all policies.
   */
  readonly correlation: Interval;
  /** The number of pairs of policies. */
  readonly pairs: number;
  /** The number of pairs that the means of the two metrics order oppositely. */
  readonly opposite: number;
  /**
   * The opposite pairs whose 95 % intervals of both differences exclude 0 (not adjusted for the number of
   * pairs), the clearest first.
   */
  readonly clear: readonly Disagreement[];
}

/**
 * Returns how well two metrics agree on the order of the policies. Throws InputError for an unknown metric
 * and for runs that differ in a setting.
 */
export function rankAgreement(runs: ColumnTable, first: string, second: string): RankAgreement {
  const grouped = groupOneSetting(runs);
  checkFigures(grouped, [first, second]);
  const { groups } = grouped;
  const correlations = correlationsOf(grouped, first, second).filter(Number.isFinite);
  const isEnough = correlations.length >= LEAST_PAIRS;
  const interval = bootstrapMean(correlations, randomStream(1, "noise", "ranks", first, second));
  const opposite = ordersOf(groups.length).filter(
    ([one, two]) =>
      isBelow(...pairsOf(grouped, groups[one], groups[two], first)) &&
      isBelow(...pairsOf(grouped, groups[two], groups[one], second)),
  );
  const clear = opposite
    .map(([one, two]) => {
      const random = (): Random => randomStream(1, "noise", "pair", one, two);
      const less = pairedDifference(...pairsOf(grouped, groups[one], groups[two], first), random());
      const more = pairedDifference(...pairsOf(grouped, groups[one], groups[two], second), random());
      const isClear = less.high < 0 && more.low > 0;
      return {
        policy: groups[one].contender,
        other: groups[two].contender,
        isClear,
        p: Math.max(less.p, more.p),
      };
    })
    .filter(({ isClear }) => isClear)
    .sort((x, y) => x.p - y.p);
  return {
    correlation: isEnough ? interval : { ...interval, low: NaN, high: NaN },
    pairs: (groups.length * (groups.length - 1)) / 2,
    opposite: opposite.length,
    clear: clear.map(({ policy, other }) => ({ policy, other })),
  };
}

/**
 * Returns the runs grouped by policy. Throws InputError where runs of one policy differ in more than the
 * replicate.
 */
function groupOneSetting(runs: ColumnTable): GroupedRuns {
  const grouped = groupRuns(runs);
  const policies = new Set(grouped.groups.map(({ contender }) => contender));
  if (policies.size === grouped.groups.length) return grouped;
  throw new InputError(`the runs differ in ${grouped.axes.join(", ")}; filter the table to one setting`);
}

/** Returns the rank correlation in each replicate that all policies have. */
function correlationsOf({ groups, column }: GroupedRuns, first: string, second: string): number[] {
  const shared = [...groups[0].rows.keys()].filter((at) => groups.every(({ rows }) => rows.has(at)));
  const values = (figure: string, at: string): number[] =>
    groups.map(({ rows }: Group) => Number(column(figure)[rows.get(at)!]));
  return shared.map((at) => rankCorrelation(values(first, at), values(second, at)));
}

/** Returns all ordered pairs of different rows. */
function ordersOf(count: number): (readonly [number, number])[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  return rows.flatMap((one) => rows.filter((two) => two !== one).map((two) => [one, two] as const));
}

/** Whether the mean is lower, over the replicates in which both values are defined. */
function isBelow(values: Float64Array, others: Float64Array): boolean {
  return meanOf(values.map((value, i) => value - others[i]).filter(Number.isFinite)) < 0;
}
