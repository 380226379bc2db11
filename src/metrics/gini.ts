/**
 * How unevenly load is spread: the Gini coefficient, 0 where all machines are equally loaded, close to 1
 * where one machine carries everything. `gini` is the form that schedlab reports (population form, one value
 * per machine); the other forms have their own functions. The values may be in any order unless a name ends
 * in `OfSorted`.
 */
import { InputError } from "../base/errors.js";
import { spreadSort } from "../base/sort.js";
import { checkAllNonNegative, checkSameLength } from "./check.js";

/**
 * One of the thesis's bands: values from `from` (included) to `below` (not included, except in the last
 * band).
 */
export interface GiniBand {
  readonly name: string;
  readonly from: number;
  readonly below: number;
}

/**
 * The bands of the thesis draft (section 2.4). The draft gives them as below 0.2, 0.2-0.29, 0.3-0.39,
 * 0.4-0.59 and 0.6 or more, which leaves gaps such as 0.295; we use half-open intervals, so that 0.295 is
 * still "fairly even".
 */
export const GINI_BANDS: readonly GiniBand[] = [
  { name: "highly even", from: 0, below: 0.2 },
  { name: "fairly even", from: 0.2, below: 0.3 },
  { name: "medium", from: 0.3, below: 0.4 },
  { name: "large gap", from: 0.4, below: 0.6 },
  { name: "extremely uneven", from: 0.6, below: 1 },
];

/** The thesis draft calls a cluster's CPU load balanced where its Gini coefficient is below this. */
export const BALANCED_BELOW = 0.25;

/**
 * Returns the population Gini coefficient G = sum_ij |x_i - x_j| / (2 n^2 mean), between 0 and 1 - 1/n. NaN
 * where there are no values or their sum is 0: the coefficient is then not defined, and a chart should show a
 * gap. Throws InputError on a negative or non-finite value. O(n log n).
 */
export function gini(values: ArrayLike<number>): number {
  return giniOfSorted(sortedCopy(values));
}

/**
 * Returns `gini` of values in ascending order, without checks or allocation, for loops that sort into their
 * own buffer. Values that are negative or not in order give a meaningless number.
 */
export function giniOfSorted(sorted: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) sum += sorted[i];
  return sum > 0 ? pairDifferenceOfSorted(sorted) / (sorted.length * sum) : NaN;
}

/**
 * Returns D = sum_{i<j} |x_i - x_j| of values in ascending order, that is sum_i (2i - n + 1) x_i for i =
 * 0..n-1, so that gini = D / (n sum x). Values are paired from both ends, so that every term is at least 0,
 * equal values give exactly 0 and no digits are lost by cancellation.
 */
export function pairDifferenceOfSorted(sorted: Float64Array): number {
  let difference = 0;
  for (let low = 0, high = sorted.length - 1; low < high; low++, high--) {
    difference += (high - low) * (sorted[high] - sorted[low]);
  }
  return difference;
}

/**
 * Returns the small-sample form G n/(n-1), between 0 and 1 (1 where one machine carries everything). It
 * equals the expected |x_i - x_j| of two different machines over twice the mean. NaN for fewer than two
 * values or sum 0. Throws InputError on a negative or non-finite value.
 */
export function giniUnbiased(values: ArrayLike<number>): number {
  const n = values.length;
  return n > 1 ? (gini(values) * n) / (n - 1) : NaN;
}

/**
 * Returns the Gini coefficient of `values` (utilizations) where each counts `weights` (capacities) times:
 * sum_ij w_i w_j |x_i - x_j| / (2 W sum w x), twice the area between the diagonal and the Lorenz curve whose
 * horizontal axis is capacity. Equal weights give `gini`; a machine split into smaller ones of the same
 * utilization changes nothing. NaN where the weights or the loads w x sum to 0. Throws InputError on a
 * negative or non-finite value or weight and on unequal lengths. O(n log n).
 */
export function giniWeighted(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  checkSameLength("values", values, "weights", weights);
  checkAllNonNegative("value", values);
  checkAllNonNegative("weight", weights);
  const order = orderOf(values, weights);
  let total = 0;
  let load = 0;
  for (let at = 0; at < order.length; at++) {
    total += weights[order[at]];
    load += weights[order[at]] * values[order[at]];
  }
  let below = 0;
  let difference = 0;
  for (let at = 0; at + 1 < order.length; at++) {
    below += weights[order[at]];
    // The gap between two neighbours separates the weight `below` from the rest.
    difference += (values[order[at + 1]] - values[order[at]]) * below * Math.max(0, total - below);
  }
  // Where a weight is tiny, `total - below` keeps few digits.
  return load > 0 ? Math.min(1, difference / (total * load)) : NaN;
}

/** Rows by value, ties by weight, so that the input order has no effect on the rounding. */
function orderOf(values: ArrayLike<number>, weights: ArrayLike<number>): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i);
  const keys = Float64Array.from(weights);
  spreadSort(keys, order);
  for (let at = 0; at < order.length; at++) keys[at] = values[order[at]];
  spreadSort(keys, order);
  return order;
}

/**
 * Returns the coefficient as the thesis author's own script computes it (`analyzer.py` of
 * snake0/cpu-usage-monitor, after its fix in commit 6ff0f33): values are shifted up where the minimum is
 * negative, 1e-7 is added to each, then G = sum_i (2i - n + 1) x_i / (n sum x) over ascending x, i = 0..n-1.
 * The script applies it to the time-averaged utilization of each CPU, not to machines at one moment; here the
 * caller chooses the values. It differs from `gini` where a value is negative, and gives 0 instead of NaN
 * where all are 0. NaN for no values. Throws InputError on a non-finite value.
 */
export function giniAuthor(values: ArrayLike<number>): number {
  let least = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new InputError(`value ${i} is ${values[i]}: give finite numbers`);
    least = Math.min(least, values[i]);
  }
  return giniOfSorted(new Float64Array(values).map((value) => value - least + 1e-7).sort());
}

/** A Lorenz curve as two columns of n + 1 points, from (0, 0) to (1, 1). */
export interface Lorenz {
  /** Share of the machines, the least loaded first. */
  readonly population: Float64Array;
  /** Share of the whole load that they carry. */
  readonly share: Float64Array;
}

/**
 * Returns the Lorenz curve of the values; `gini` is 1 minus twice the area under it (by trapezoids). Where
 * the values sum to 0 every `share` is NaN; no values give the one point (0, NaN). Throws InputError on a
 * negative or non-finite value.
 */
export function lorenz(values: ArrayLike<number>): Lorenz {
  const sorted = sortedCopy(values);
  const n = sorted.length;
  const population = new Float64Array(n + 1);
  const share = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    population[i + 1] = (i + 1) / n;
    share[i + 1] = share[i] + sorted[i];
  }
  const sum = share[n];
  for (let i = 0; i <= n; i++) share[i] /= sum;
  return { population, share };
}

/**
 * Returns the thesis's band of a coefficient (see GINI_BANDS), undefined for NaN.
 * Throws InputError below 0 or above 1.
 */
export function giniBand(g: number): GiniBand | undefined {
  if (g < 0 || g > 1) throw new InputError(`Gini coefficient is ${g}: give a number from 0 to 1`);
  return GINI_BANDS.find((band) => g < band.below) ?? (g === 1 ? GINI_BANDS.at(-1) : undefined);
}

function sortedCopy(values: ArrayLike<number>): Float64Array {
  checkAllNonNegative("value", values);
  return new Float64Array(values).sort();
}
