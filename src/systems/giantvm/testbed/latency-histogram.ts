/** Counts latencies in bins of equal width, which gives quantiles without storing every request. */
import { InputError } from "../../../base/errors.js";

export interface LatencyHistogram {
  readonly add: (value: number) => void;
  /** Adds the counts of another histogram with the same bins. */
  readonly merge: (other: LatencyHistogram) => void;
  readonly clear: () => void;
  readonly count: () => number;
  /** The exact mean of the added values; NaN without values. */
  readonly mean: () => number;
  /** The `q`-quantile, interpolated linearly within its bin; NaN without values. */
  readonly quantile: (q: number) => number;
  readonly counts: Uint32Array;
  readonly width: number;
  readonly sum: () => number;
}

/**
 * Returns an empty histogram of values from 0 to `limit`; larger values count in the last bin. Throws
 * InputError for no bins.
 */
export function createLatencyHistogram(limit: number, bins = 10_000): LatencyHistogram {
  if (!(limit > 0 && bins >= 1))
    throw new InputError(
      `invalid histogram: ${bins} bins up to ${limit}; give at least one bin and a limit above 0`,
    );
  const counts = new Uint32Array(bins);
  const width = limit / bins;
  let count = 0;
  let sum = 0;
  return {
    counts,
    width,
    count: () => count,
    sum: () => sum,
    mean: () => sum / count,
    add(value) {
      const bin = (value / width) | 0;
      counts[bin < bins ? bin : bins - 1]++;
      count++;
      sum += value;
    },
    merge(other) {
      for (let bin = 0; bin < bins; bin++) counts[bin] += other.counts[bin];
      count += other.count();
      sum += other.sum();
    },
    clear() {
      counts.fill(0);
      count = 0;
      sum = 0;
    },
    quantile(q) {
      let below = 0;
      for (let bin = 0; bin < bins; bin++) {
        const next = below + counts[bin];
        if (counts[bin] > 0 && next >= q * count) return (bin + (q * count - below) / counts[bin]) * width;
        below = next;
      }
      return NaN;
    },
  };
}
