import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multipleCorrelations } from "../../src/metrics/correlation.js";

/** Solves A x = b by Gaussian elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const k = rows.length;
  for (let j = 0; j < k; j++) {
    const pivot = rows.slice(j).reduce((best, row) => (Math.abs(row[j]) > Math.abs(best[j]) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(j, 0, pivot);
    for (let i = 0; i < k; i++) {
      if (i === j) continue;
      const factor = rows[i][j] / rows[j][j];
      for (let t = j; t <= k; t++) rows[i][t] -= factor * rows[j][t];
    }
  }
  return rows.map((row, i) => row[k] / row[i]);
}

/** 1 - residual sum of squares over total, the coefficients by the normal equations. */
function byNormalEquations(series: readonly (readonly number[])[], which: number): number {
  const y = series[which];
  const columns = [y.map(() => 1), ...series.filter((_, i) => i !== which)];
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  const beta = solve(
    columns.map((a) => columns.map((b) => dot(a, b))),
    columns.map((a) => dot(a, y)),
  );
  const mean = dot(y, columns[0]) / y.length;
  let residual = 0;
  let total = 0;
  y.forEach((value, t) => {
    residual += (value - columns.reduce((sum, column, i) => sum + beta[i] * column[t], 0)) ** 2;
    total += (value - mean) ** 2;
  });
  return 1 - residual / total;
}

describe("multipleCorrelations", () => {
  it("is the squared correlation of two series", () => {
    // Deviations -1.5, -0.5, 0.5, 1.5 and -1, 1, -1, 1: products 2, squares 5 and 4, 2^2 / 20.
    const [a, b] = multipleCorrelations([
      [1, 2, 3, 4],
      [1, 3, 1, 3],
    ]);
    expect(a).toBeCloseTo(0.2, 8);
    expect(b).toBeCloseTo(0.2, 8);
  });

  it("adds the explained shares of two uncorrelated series", () => {
    // u and v are orthogonal and of mean 0, r likewise: y = 2 u + v + r has variance 4 + 1 + 1 in their unit.
    const u = [1, 1, -1, -1, 1, 1, -1, -1];
    const v = [1, -1, 1, -1, 1, -1, 1, -1];
    const r = [1, 1, 1, 1, -1, -1, -1, -1];
    const y = u.map((value, i) => 5 + 2 * value + v[i] + r[i]);
    const [ofY, ofU, ofV] = multipleCorrelations([y, u, v]);
    expect(ofY).toBeCloseTo(5 / 6, 8);
    // u given y and v: y - v = 2 u + r, hence 4 / 5; v given y and u: v + r, hence 1 / 2.
    expect(ofU).toBeCloseTo(4 / 5, 8);
    expect(ofV).toBeCloseTo(1 / 2, 8);
  });

  it("is 1 for a combination of other series, and 0 for a constant, which has no effect on others", () => {
    const a = [1, 2, 4, 7, 11, 3];
    const b = [2, 1, 5, 3, 9, 9];
    const sum = a.map((value, i) => value - 3 * b[i] + 0.1);
    const constant = a.map(() => 0.1);
    const found = multipleCorrelations([a, constant, b, sum]);
    [1, 0, 1, 1].forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 7);
    });
    const [r] = multipleCorrelations([a, b]);
    expect(multipleCorrelations([a, constant, b])[0]).toBe(r);
    expect(multipleCorrelations([a, a, b])[0]).toBeCloseTo(1, 7);
  });

  it("equals a regression by the normal equations (property)", () => {
    const value = fc.integer({ min: -1000, max: 1000 }).map((x) => x / 1000);
    const series = fc
      .integer({ min: 2, max: 5 })
      .chain((k) =>
        fc.array(fc.array(value, { minLength: 12, maxLength: 12 }), { minLength: k, maxLength: k }),
      );
    fc.assert(
      fc.property(series, (rows) => {
        // Independent noise ensures that no series depends on the others or is constant.
        const own = rows.map((row, i) => row.map((x, t) => x + Math.sin(7 * i + t * (i + 1.3))));
        multipleCorrelations(own).forEach((found, i) => {
          expect(found).toBeCloseTo(byNormalEquations(own, i), 5);
        });
      }),
    );
  });

  it("refuses series that any regression would fit", () => {
    expect(() =>
      multipleCorrelations([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow("2 series of 2 values: give more values than series");
    expect(() => multipleCorrelations([[1, 2, 3], [1]])).toThrow(
      "series of 3 and 1 values: give equally many",
    );
    expect(multipleCorrelations([])).toEqual(new Float64Array(0));
  });
});
