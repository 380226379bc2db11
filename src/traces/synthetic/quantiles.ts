import { drawUniform, type RandomState } from "../../base/random.js";

/** Knots (probability, value) in ascending order from probability 0 to 1; all values above 0. */
export type QuantileTable = readonly (readonly [probability: number, value: number])[];

/** Returns the value at probability u in [0, 1], interpolating the logarithm of the value between knots. */
export function quantileAt(table: QuantileTable, u: number): number {
  let high = 1;
  while (high < table.length - 1 && table[high][0] < u) high++;
  const [p0, v0] = table[high - 1];
  const [p1, v1] = table[high];
  return v0 * (v1 / v0) ** Math.min(1, Math.max(0, (u - p0) / (p1 - p0)));
}

/** Returns the probability that a value is at most this one: the inverse of `quantileAt`. */
export function probabilityOf(table: QuantileTable, value: number): number {
  const high = table.findIndex(([, knot]) => knot >= value);
  if (high <= 0) return high === 0 ? table[0][0] : 1;
  const [p0, v0] = table[high - 1];
  const [p1, v1] = table[high];
  return p0 + ((p1 - p0) * Math.log(value / v0)) / Math.log(v1 / v0);
}

/** Returns the mean of `transform(value)` over the distribution, by the midpoint rule on `parts` parts. */
export function tableMean(
  table: QuantileTable,
  transform: (value: number) => number = (value) => value,
  parts = 20_000,
): number {
  let sum = 0;
  for (let i = 0; i < parts; i++) sum += transform(quantileAt(table, (i + 0.5) / parts));
  return sum / parts;
}

/** The remaining times of executions that are observed at a random moment. */
export interface Remainders {
  /** Durations at equal steps of probability, and their cumulative sum. */
  readonly values: Float64Array;
  readonly cumulative: Float64Array;
}

/**
 * Returns the distribution of the remaining time of an execution that is observed at a random moment. Its
 * density is proportional to the survival function (renewal theory), so a population with these remaining
 * times is stationary.
 */
export function equilibriumRemainders(table: QuantileTable): Remainders {
  const parts = 20_000;
  const values = Float64Array.from({ length: parts }, (_, i) => quantileAt(table, (i + 0.5) / parts));
  const cumulative = new Float64Array(parts);
  let sum = 0;
  for (let i = 0; i < parts; i++) cumulative[i] = sum += values[i];
  return { values, cumulative };
}

/**
 * Returns the remaining time for u and v in [0, 1): u selects an execution, with a probability proportional
 * to its duration; v is the fraction of the duration that remains.
 */
export function remainderAt({ values, cumulative }: Remainders, u: number, v: number): number {
  const sum = cumulative[cumulative.length - 1];
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle] < u * sum) low = middle + 1;
    else high = middle;
  }
  return v * values[low];
}

/** Pairs of a value and its share; the shares sum to 1. */
export type Shares = readonly (readonly [value: number, share: number])[];

/** Returns the value in whose share u in [0, 1) lies. */
export function pickShare(shares: Shares, u: number): number {
  let sum = 0;
  for (const [value, share] of shares) {
    sum += share;
    if (u < sum) return value;
  }
  return shares[shares.length - 1][0];
}

/** Returns the entry for u in [0, 1); the entries stand for equal parts of this interval. */
export function pickPart(parts: readonly number[], u: number): number {
  return parts[Math.min(parts.length - 1, Math.floor(u * parts.length))];
}

/**
 * Returns u plus a uniform offset of at most half the width, reflected at 0 and 1. The result is near u, and
 * is uniform if u is.
 */
export function near(u: number, width: number, random: RandomState): number {
  const moved = Math.abs(u + width * (drawUniform(random) - 0.5));
  return moved > 1 ? 2 - moved : moved;
}

/**
 * Returns how many of n tasks are on a share of the machines; each task is independent of the others. Draws
 * the distance from one such task to the next, because a draw for every task would take longer.
 */
export function thin(n: number, share: number, random: RandomState): number {
  if (share >= 1) return n;
  const scale = Math.log1p(-share);
  let count = 0;
  let position = Math.floor(Math.log(1 - drawUniform(random)) / scale);
  while (position < n) {
    count++;
    position += 1 + Math.floor(Math.log(1 - drawUniform(random)) / scale);
  }
  return count;
}
