/** Thresholds that make the mean completion time or the mean slowdown on one link least. */
import { InputError } from "../../../base/errors.js";
import { meanBytes, momentBelow, type SizeDistribution } from "../sizes/distribution.js";
import { minimize } from "./minimize.js";
import { oneLink } from "./one-link.js";

export type Objective = "completionTime" | "slowdown";

export interface OptimumOptions {
  /** Number of queues, at least 2. Default 4. */
  readonly queues?: number;
  /** Default "slowdown". */
  readonly objective?: Objective;
  /** Thresholds to begin with, beside two others. */
  readonly start?: ArrayLike<number>;
  /** Cells of the integral equation for each queue; fewer are faster. Default 48. */
  readonly cells?: number;
  /** Evaluations from each start. Default 90 for each queue. */
  readonly evaluations?: number;
}

export interface Optimum {
  readonly thresholds: Float64Array;
  /** Mean completion time in units of (mean size) / (link rate), or mean slowdown. */
  readonly value: number;
}

/**
 * Returns the best thresholds for queues by bytes sent on one link, by Nelder and Mead's search over their
 * logarithms. The value is good to about 1e-3; in flat directions the thresholds are not determined. With
 * piecewise-linear sizes, optimal thresholds tend to lie on the knots, which is an artefact of such tables.
 * Throws InputError for fewer than two queues, and as `oneLink` does.
 */
export function optimalThresholds(
  sizes: SizeDistribution,
  load: number,
  { queues = 4, objective = "slowdown", start, cells = 48, evaluations = 90 * queues }: OptimumOptions = {},
): Optimum {
  if (!(Number.isInteger(queues) && queues >= 2))
    throw new InputError(`queues is ${queues}: give a whole number of 2 or more`);
  const highest = Math.log(sizes.bytes[sizes.bytes.length - 1]);
  const lowest = Math.log(meanBytes(sizes) * 1e-9);
  const worth = (logs: Float64Array): number => {
    for (let k = 0; k < logs.length; k++)
      if (!(logs[k] < highest && logs[k] > (k > 0 ? logs[k - 1] : lowest))) return Infinity;
    return oneLink(sizes, load, "mlfq", { thresholds: logs.map(Math.exp), cells, limits: [] })[objective];
  };
  const starts = start === undefined ? starting(sizes, queues) : [Float64Array.from(start)];
  const found = starts
    .map((thresholds) => minimize(worth, thresholds.map(Math.log), { step: 0.7, evaluations }))
    .reduce((best, other) => (other.value < best.value ? other : best));
  return { thresholds: found.at.map(Math.exp), value: found.value };
}

/** Thresholds that divide the bytes equally, and thresholds at equal ratios. */
function starting(sizes: SizeDistribution, queues: number): Float64Array[] {
  const { bytes } = sizes;
  const mean = meanBytes(sizes);
  const largest = bytes[bytes.length - 1];
  const places = Array.from({ length: queues - 1 }, (_, k) => (k + 1) / queues);
  return [
    Float64Array.from(places, (share) => sizeOfBytes(sizes, share * mean)),
    Float64Array.from(places, (share) => mean * (largest / mean) ** (2 * share - 1) * 0.5),
  ];
}

/** Returns the size at which the smaller flows have the given bytes together, by halving. */
function sizeOfBytes(sizes: SizeDistribution, wanted: number): number {
  let low = 0;
  let high = sizes.bytes[sizes.bytes.length - 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (momentBelow(sizes, middle, 1) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
