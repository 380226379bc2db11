/** How well each of several series can be predicted from the others. */
import { InputError } from "../base/errors.js";

/**
 * Added to the diagonal of the correlation matrix, so that it stays invertible where a series is a linear
 * combination of others. The R^2 of such a series is then about 1e-9 below 1.
 */
const RIDGE = 1e-9;

/**
 * Returns each series's multiple coefficient of determination R^2: the share of its variance that a
 * least-squares regression on all the other series, with an intercept, explains. It is 0 for a constant
 * series, which also has no effect on the others. All values are computed at once from the inverse of the
 * correlation matrix, R_i^2 = 1 - 1 / (C^-1)_ii: O(k^2 n + k^3) for k series of n values. Throws InputError
 * where the series differ in length, or have no more values than there are series, because then any
 * regression fits.
 */
export function multipleCorrelations(series: readonly ArrayLike<number>[]): Float64Array {
  const n = series.length > 0 ? series[0].length : 0;
  for (const { length } of series) {
    if (length !== n) throw new InputError(`series of ${n} and ${length} values: give equally many`);
  }
  if (series.length > 0 && n <= series.length) {
    throw new InputError(`${series.length} series of ${n} values: give more values than series`);
  }
  const explained = new Float64Array(series.length);
  const rows: number[] = [];
  const standard: Float64Array[] = [];
  series.forEach((values, row) => {
    const scaled = standardize(values);
    if (scaled === undefined) return;
    rows.push(row);
    standard.push(scaled);
  });
  inverseDiagonal(correlationMatrix(standard)).forEach((value, i) => {
    explained[rows[i]] = Math.min(1, Math.max(0, 1 - 1 / value));
  });
  return explained;
}

/** Returns the values scaled to mean 0 and sum of squares 1; undefined for a constant series. */
function standardize(values: ArrayLike<number>): Float64Array | undefined {
  const scaled = Float64Array.from(values);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
  let squares = 0;
  let largest = 0;
  for (let i = 0; i < scaled.length; i++) {
    largest = Math.max(largest, Math.abs(scaled[i]));
    scaled[i] -= mean;
    squares += scaled[i] ** 2;
  }
  const length = Math.sqrt(squares);
  // For a constant series, only the rounding error of the mean is left.
  if (length <= 1e-12 * largest * scaled.length) return undefined;
  return scaled.map((value) => value / length);
}

function correlationMatrix(standard: readonly Float64Array[]): Float64Array[] {
  return standard.map((a, i) =>
    Float64Array.from({ length: standard.length }, (_, j) => {
      if (i === j) return 1 + RIDGE;
      let product = 0;
      for (let t = 0; t < a.length; t++) product += a[t] * standard[j][t];
      return product;
    }),
  );
}

/**
 * Returns the diagonal of the inverse of a symmetric positive definite matrix, which it overwrites
 * (Cholesky).
 */
function inverseDiagonal(matrix: Float64Array[]): Float64Array {
  const k = matrix.length;
  const diagonal = new Float64Array(k);
  // matrix = L L^T, L below and on the diagonal.
  for (let j = 0; j < k; j++) {
    for (let i = j; i < k; i++) {
      let sum = matrix[i][j];
      for (let t = 0; t < j; t++) sum -= matrix[i][t] * matrix[j][t];
      matrix[i][j] = i === j ? Math.sqrt(sum) : sum / matrix[j][j];
    }
  }
  // Column j of L^-1 by forward substitution; (L L^T)^-1 = L^-T L^-1.
  const column = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    for (let i = j; i < k; i++) {
      let sum = i === j ? 1 : 0;
      for (let t = j; t < i; t++) sum -= matrix[i][t] * column[t];
      column[i] = sum / matrix[i][i];
      diagonal[j] += column[i] ** 2;
    }
  }
  return diagonal;
}
