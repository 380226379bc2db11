/** Statistics of a list of numbers: all that the lab uses, with the definition of each. */
import { InputError } from "../base/errors.js";

/** Returns the median of at least one value: the mean of the middle two where their number is even. */
export function median(values: Float64Array): number {
  return middle(values.slice().sort());
}

function middle(sorted: Float64Array): number {
  const upper = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[upper];
  return sorted[upper - 1] + 0.5 * (sorted[upper] - sorted[upper - 1]);
}

/** Returns the median of the values' distances from their median. */
export function medianAbsoluteDeviation(values: Float64Array): number {
  const distances = values.slice().sort();
  const center = middle(distances);
  for (let i = 0; i < distances.length; i++) distances[i] = Math.abs(center - distances[i]);
  return middle(distances.sort());
}

/**
 * Returns the distance between the quartiles of at least two values, where quartile p is the value at place
 * round(p (n + 1)) of the n sorted values, counted from 1.
 */
export function interquartileRange(values: Float64Array): number {
  const sorted = values.slice().sort();
  const place = (quantile: number): number => Math.round(quantile * (sorted.length + 1)) - 1;
  return sorted[place(0.75)] - sorted[place(0.25)];
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

/** Returns the arithmetic mean of the values that are not NaN; NaN where there is none. */
export function meanOfDefined(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    sum += values[i];
    count++;
  }
  return sum / count;
}

/**
 * Returns the q-quantile of values in ascending order by nearest rank: the least value at or below which a
 * share of q of them lies. Unlike `quantileOfSorted`, it is always one of the values. NaN for no values.
 */
export function nearestRankOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return NaN;
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
