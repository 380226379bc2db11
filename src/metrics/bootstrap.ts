/** How sure a mean over a few repetitions is. */
import { InputError } from "../errors.js";
import type { Random } from "../random.js";
import { meanOf, quantileOfSorted } from "./fairness.js";

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Share of resampled means inside the interval; default .95. */
  readonly level?: number;
  readonly resamples?: number;
}

/**
 * Returns the mean of the values and its percentile bootstrap interval (Efron and Tibshirani 1993, ch. 13): the values
 * are drawn anew with replacement, `resamples` (2,000) times, and the interval holds the middle `level` of the means.
 * With fewer than some ten values it is too narrow. All three are NaN for no values, equal for one.
 * Throws InputError where the level is not between 0 and 1.
 */
export function bootstrapMean(
  values: ArrayLike<number>,
  random: Random,
  { level = 0.95, resamples = 2000 }: BootstrapOptions = {},
): Interval {
  if (!(level > 0 && level < 1)) throw new InputError(`level is ${level}: give a number between 0 and 1`);
  const n = values.length;
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += values[Math.floor(random() * n)];
    means[i] = sum / n;
  }
  means.sort();
  const tail = (1 - level) / 2;
  const mean = meanOf(values);
  // Rounding may put the mean of equal values a hair outside of what resampling them gives.
  const low = Math.min(mean, quantileOfSorted(means, tail));
  return { mean, low, high: Math.max(mean, quantileOfSorted(means, 1 - tail)) };
}
