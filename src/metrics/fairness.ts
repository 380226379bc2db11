/** Measures of how evenly load is spread, other than the Gini coefficient. */
import { checkAllNonNegative } from "./check.js";
import { meanOf } from "./statistics.js";

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
