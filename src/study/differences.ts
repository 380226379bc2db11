/** What policies change against a baseline, repetition by repetition. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../errors.js";
import { bootstrapMean, type Interval } from "../metrics/bootstrap.js";
import { holm } from "../metrics/holm.js";
import { LEAST_PAIRS, pairedDifference } from "../metrics/paired.js";
import { randomStream } from "../random.js";
import type { ReplicateRun } from "./replicate-run.js";
import { COMPARED, RUN_METRICS, type RunMetricName } from "../simulate/metrics/catalogue.js";

/** "no difference": none that these repetitions show, which is not to say that there is none. */
export type Verdict = "higher" | "lower" | "no difference" | "too few repetitions";

/** A figure of one policy less that of the baseline, mean over the repetitions with its 95 % interval. */
export interface Difference {
  readonly policy: string;
  readonly metric: RunMetricName;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Repetitions in which the figure is defined under both. */
  readonly pairs: number;
  /**
   * Two-sided p-value of the paired t-test, by Holm's method adjusted for the number of policies compared in
   * this figure.
   */
  readonly p: number;
  readonly verdict: Verdict;
}

/**
 * A figure of one policy: mean over the repetitions with its 95 % interval, whose ends are NaN where they are
 * too few.
 */
export interface ReplicateMean extends Interval {
  readonly policy: string;
  readonly metric: RunMetricName;
}

export interface DifferenceOptions {
  /** Default "no-migration". */
  readonly baseline?: string;
  readonly metrics?: readonly RunMetricName[];
}

/** Chance, for each figure, of calling any policy different that is not. */
const SIGNIFICANCE = 0.05;

/**
 * Returns the differences of each policy from the baseline, paired by repetition: in order of policies, then
 * of metrics. A policy is "higher" or "lower" where its own 95 % interval leaves out 0 and its p-value,
 * adjusted by Holm's method for all policies compared in that figure, is at most .05. Not adjusted for the
 * number of figures: they answer different questions. Below five repetitions there is neither interval nor
 * verdict. Throws InputError for an unknown figure and a baseline that was not simulated.
 */
export function replicateDifferences(
  replicates: readonly (readonly ReplicateRun[])[],
  { baseline = "no-migration", metrics = COMPARED }: DifferenceOptions = {},
): Difference[] {
  const policies = policiesOf(replicates);
  const base = policies.indexOf(baseline);
  if (base < 0) {
    throw new InputError(
      `unknown baseline: ${baseline}; it is not among the policies compared: ${policies.join(", ")}`,
    );
  }
  const columns = metrics.map((metric) => {
    const of = (row: number): Float64Array => samplesOf(replicates, row, metric);
    const paired = policies.map((policy, row) =>
      pairedDifference(of(row), of(base), randomStream(1, "noise", policy, metric)),
    );
    const p = holm(paired.map((difference, row) => (row === base ? NaN : difference.p)));
    return paired.map(({ mean: difference, low, high, pairs }, row): Difference => ({
      policy: policies[row],
      metric,
      difference,
      low,
      high,
      pairs,
      p: p[row],
      verdict: verdictOf({ difference, low, high, pairs, p: p[row] }),
    }));
  });
  return policies.flatMap((_, row) => (row === base ? [] : columns.map((column) => column[row])));
}

function verdictOf({
  difference,
  low,
  high,
  pairs,
  p,
}: Pick<Difference, "difference" | "low" | "high" | "pairs" | "p">): Verdict {
  if (pairs < LEAST_PAIRS) return "too few repetitions";
  if (!(p <= SIGNIFICANCE) || (low <= 0 && high >= 0)) return "no difference";
  return difference > 0 ? "higher" : "lower";
}

/**
 * Returns the means over the repetitions, in order of policies, then of metrics. Throws InputError for an
 * unknown figure.
 */
export function replicateMeans(
  replicates: readonly (readonly ReplicateRun[])[],
  metrics: readonly RunMetricName[] = COMPARED,
): ReplicateMean[] {
  return policiesOf(replicates).flatMap((policy, row) =>
    metrics.map((metric) => {
      const samples = samplesOf(replicates, row, metric).filter(Number.isFinite);
      const interval = bootstrapMean(samples, randomStream(1, "noise", policy, metric));
      const isEnough = samples.length >= LEAST_PAIRS;
      return { policy, metric, ...interval, ...(isEnough ? {} : { low: NaN, high: NaN }) };
    }),
  );
}

/** Returns the differences as an arquero table, a row each. */
export function differencesTable(differences: readonly Difference[]): ColumnTable {
  const column = <K extends keyof Difference>(name: K): Difference[K][] =>
    differences.map((row) => row[name]);
  return table({
    policy: column("policy"),
    metric: column("metric"),
    difference: column("difference"),
    low: column("low"),
    high: column("high"),
    pairs: column("pairs"),
    p: column("p"),
    verdict: column("verdict"),
  });
}

/**
 * Returns the names of the policies. Throws InputError where there is no run, or repetitions differ in their
 * policies.
 */
export function policiesOf(replicates: readonly (readonly ReplicateRun[])[]): string[] {
  const [first = []] = replicates;
  if (first.length === 0) throw new InputError("no repetition: simulate one first");
  const policies = first.map(({ policy }) => policy);
  replicates.forEach((runs, row) => {
    if (runs.length !== policies.length || runs.some(({ policy }, i) => policy !== policies[i]))
      throw new InputError(
        `repetition ${row + 1} has other policies than the first; compare the same in all`,
      );
  });
  return policies;
}

/** Returns a figure of one policy, one value per repetition. Throws InputError for an unknown figure. */
export function samplesOf(
  replicates: readonly (readonly ReplicateRun[])[],
  policyRow: number,
  metric: RunMetricName,
): Float64Array {
  if (!RUN_METRICS.includes(metric))
    throw new InputError(`unknown figure: ${metric}; known: ${RUN_METRICS.join(", ")}`);
  return Float64Array.from(replicates, (runs) => runs[policyRow].summary[metric]);
}
