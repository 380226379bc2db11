/** What evenness costs, and what it says about latency-critical work: over repetitions. */
import { bootstrapMean, type Interval } from "../metrics/bootstrap.js";
import { meanOf } from "../metrics/fairness.js";
import { LEAST_PAIRS, pairedDifference } from "../metrics/paired.js";
import { rankCorrelation } from "../metrics/rank-correlation.js";
import { randomStream, type Random } from "../random.js";
import { policiesOf, replicateDifferences, samplesOf } from "./differences.js";
import type { ReplicateRun } from "./replicate-run.js";
import { type RunMetricName } from "../simulate/metrics/catalogue.js";

type Replicates = readonly (readonly ReplicateRun[])[];

/** A point of Gini. */
const POINT = 0.01;

/**
 * Returns the migration traffic in GB that each policy spends for .01 of Gini below the baseline's: the mean
 * of the repetitions' own ratios with its 95 % interval, cheapest first. Only of policies that are lower in
 * Gini (`replicateDifferences`), in every repetition, and migrate.
 */
export function giniPrices(
  replicates: Replicates,
  baseline: string = "no-migration",
): (Interval & { readonly policy: string })[] {
  const policies = policiesOf(replicates);
  const base = samplesOf(replicates, policies.indexOf(baseline), "gini");
  return replicateDifferences(replicates, { baseline, metrics: ["gini"] })
    .filter(({ verdict }) => verdict === "lower")
    .map(({ policy }) => {
      const row = policies.indexOf(policy);
      const gini = samplesOf(replicates, row, "gini");
      const gains = base.map((value, i) => (value - gini[i]) / POINT);
      return { policy, gains, gb: samplesOf(replicates, row, "migrationGb") };
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

/** A pair of policies that two figures put in opposite order. */
export interface Disagreement {
  /** Lower in the first figure, higher in the second than `other`. */
  readonly policy: string;
  readonly other: string;
}

export interface RankAgreement {
  /**
   * Spearman's rank correlation over the policies, mean of the repetitions; NaN where a figure does not tell
   * policies apart.
   */
  readonly correlation: Interval;
  /** Pairs of policies. */
  readonly pairs: number;
  /** Those that the means of the two figures put in opposite order. */
  readonly opposite: number;
  /**
   * Those of which both differences have 95 % intervals without 0 (not adjusted for their number), the
   * clearest first.
   */
  readonly clear: readonly Disagreement[];
}

/** Returns how far two figures put the policies in the same order. Throws InputError for an unknown figure. */
export function rankAgreement(
  replicates: Replicates,
  first: RunMetricName,
  second: RunMetricName,
): RankAgreement {
  const policies = policiesOf(replicates);
  const correlations = replicates
    .map((runs) =>
      rankCorrelation(
        runs.map(({ summary }) => summary[first]),
        runs.map(({ summary }) => summary[second]),
      ),
    )
    .filter(Number.isFinite);
  const isEnough = correlations.length >= LEAST_PAIRS;
  const interval = bootstrapMean(correlations, randomStream(1, "noise", "ranks", first, second));
  const samples = policies.map((_, row) => ({
    a: samplesOf(replicates, row, first),
    b: samplesOf(replicates, row, second),
  }));
  const opposite = pairsOf(policies.length).filter(
    ([one, two]) => isBelow(samples[one].a, samples[two].a) && isBelow(samples[two].b, samples[one].b),
  );
  const clear = opposite
    .map(([one, two]) => {
      const random = (): Random => randomStream(1, "noise", "pair", one, two);
      const less = pairedDifference(samples[one].a, samples[two].a, random());
      const more = pairedDifference(samples[one].b, samples[two].b, random());
      const isClear = less.high < 0 && more.low > 0;
      return { policy: policies[one], other: policies[two], isClear, p: Math.max(less.p, more.p) };
    })
    .filter(({ isClear }) => isClear)
    .sort((x, y) => x.p - y.p);
  return {
    correlation: isEnough ? interval : { ...interval, low: NaN, high: NaN },
    pairs: (policies.length * (policies.length - 1)) / 2,
    opposite: opposite.length,
    clear: clear.map(({ policy, other }) => ({ policy, other })),
  };
}

/** Every pair of rows, both ways round. */
function pairsOf(count: number): (readonly [number, number])[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  return rows.flatMap((one) => rows.filter((two) => two !== one).map((two) => [one, two] as const));
}

/** Whether the mean is lower, where both are defined. */
function isBelow(values: Float64Array, others: Float64Array): boolean {
  return meanOf(values.map((value, i) => value - others[i]).filter(Number.isFinite)) < 0;
}
