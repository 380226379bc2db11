/** The difference between two treatments of the same subjects. */
import { InputError } from "../base/errors.js";
import type { Random } from "../base/random.js";
import { bootstrapMean, type Interval } from "./bootstrap.js";
import { meanOf } from "./statistics.js";
import { studentTwoSided } from "./student.js";

/**
 * Two values with a relative difference up to this count as equal, because sums in another order round
 * differently.
 */
const ROUNDING = 1e-12;

/**
 * Least number of pairs for an interval; see `bootstrapMean` for the quality of an interval of few values.
 */
export const LEAST_PAIRS = 5;

export interface PairedDifference extends Interval {
  /** Number of pairs in which both values are defined. */
  readonly pairs: number;
  /** Two-sided p-value of Student's paired t-test; 1 where no pair differs, NaN below LEAST_PAIRS pairs. */
  readonly p: number;
}

/**
 * Returns the mean of `values[i] - baseline[i]` with its 95 % interval (`bootstrapMean` of the differences)
 * and p-value. Pairs with a value that is not finite are left out; with fewer than LEAST_PAIRS pairs, the
 * ends and p are NaN. Throws InputError on columns of unequal length.
 */
export function pairedDifference(
  values: ArrayLike<number>,
  baseline: ArrayLike<number>,
  random: Random,
): PairedDifference {
  if (values.length !== baseline.length)
    throw new InputError(`${values.length} values and ${baseline.length} of the baseline: give one of each`);
  const differences = Float64Array.from(values, (value, i) => differ(value, baseline[i])).filter(
    Number.isFinite,
  );
  const pairs = differences.length;
  if (pairs < LEAST_PAIRS) return { mean: meanOf(differences), low: NaN, high: NaN, pairs, p: NaN };
  return { ...bootstrapMean(differences, random), pairs, p: pairedT(differences) };
}

function differ(value: number, base: number): number {
  const difference = value - base;
  return Math.abs(difference) <= ROUNDING * Math.max(Math.abs(value), Math.abs(base)) ? 0 : difference;
}

function pairedT(differences: Float64Array): number {
  const n = differences.length;
  const mean = meanOf(differences);
  const squares = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0);
  if (mean === 0) return 1;
  return studentTwoSided(mean / Math.sqrt(squares / (n - 1) / n), n - 1);
}
