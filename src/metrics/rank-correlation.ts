/** Whether two metrics order the same things in the same way. */
import { InputError } from "../base/errors.js";
import { meanOf } from "./statistics.js";

/**
 * Returns Spearman's rank correlation, from -1 to 1: Pearson's correlation of the ranks, equal values sharing
 * their mean rank (Kendall, Rank Correlation Methods, 1948, ch. 3). NaN where all values of one column are
 * equal, and where a value is NaN. Throws InputError on columns of unequal length.
 */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length)
    throw new InputError(`${x.length} x values and ${y.length} y values: give one of each`);
  const [a, b] = [meanRanks(x), meanRanks(y)];
  const [middleA, middleB] = [meanOf(a), meanOf(b)];
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    both += (a[i] - middleA) * (b[i] - middleB);
    squaresA += (a[i] - middleA) ** 2;
    squaresB += (b[i] - middleB) ** 2;
  }
  return both / Math.sqrt(squaresA * squaresB);
}

/**
 * Returns each value's rank, counted from 1; equal values get their mean rank. All ranks are NaN where a
 * value is NaN.
 */
function meanRanks(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  return Float64Array.from(values, (value) => {
    const first = sorted.indexOf(value);
    return first < 0 || Number.isNaN(sorted[sorted.length - 1])
      ? NaN
      : (first + sorted.lastIndexOf(value)) / 2 + 1;
  });
}
