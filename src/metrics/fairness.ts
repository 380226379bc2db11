/** Measures of how evenly load is spread, other than the Gini coefficient. */
import { InputError } from "../base/errors.js";
import { checkAllNonNegative } from "./check.js";

/**
 * Returns Jain's fairness index (sum x)^2 / (n sum x^2), from 1/n (one machine carries everything) to 1 (all
 * equal); the same as 1 / (1 + CoV^2). NaN where there are no values or all are 0. Throws InputError on a
 * negative or non-finite value. Jain, Chiu, Hawe, DEC TR-301 (1984).
 */
export function jain(values: ArrayLike<number>): number {
  checkAllNonNegative("value", values);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    squares += values[i] * values[i];
  }
  return sum > 0 ? (sum * sum) / (values.length * squares) : NaN;
}

/**
 * Returns the coefficient of variation: population standard deviation over mean. NaN where there are no
 * values or all are 0. Throws InputError on a negative or non-finite value.
 */
export function coefficientOfVariation(values: ArrayLike<number>): number {
  checkAllNonNegative("value", values);
  const n = values.length;
  const mean = meanOf(values);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  return mean > 0 ? Math.sqrt(squares / n) / mean : NaN;
}

/**
 * Returns the largest value over the mean, from 1 (all equal) to n. NaN where there are no values or all are
 * 0. Throws InputError on a negative or non-finite value.
 */
export function imbalanceFactor(values: ArrayLike<number>): number {
  checkAllNonNegative("value", values);
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  return most > 0 ? most / meanOf(values) : NaN;
}

/**
 * Returns the q-quantile of values in ascending order, interpolated linearly between neighbours (type 7 of
 * Hyndman and Fan 1996, the default of R and numpy). NaN for no values. Throws InputError where q is not from
 * 0 to 1.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (!(q >= 0 && q <= 1)) throw new InputError(`quantile is ${q}: give a number from 0 to 1`);
  if (sorted.length === 0) return NaN;
  const position = (sorted.length - 1) * q;
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
}

/**
 * Returns the mean of the largest `share` of the values (at least one of them), for example of the worst 1 %
 * of machines. NaN for no values. Throws InputError where the share is not above 0 and at most 1.
 */
export function meanOfLargest(values: ArrayLike<number>, share: number): number {
  if (!(share > 0 && share <= 1)) throw new InputError(`share is ${share}: give a number above 0, at most 1`);
  const sorted = new Float64Array(values).sort();
  return meanOf(sorted.subarray(sorted.length - Math.max(1, Math.round(share * sorted.length))));
}

/** Returns the arithmetic mean, NaN for no values. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
