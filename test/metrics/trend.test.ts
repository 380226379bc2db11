import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  extrapolate,
  extrapolateRobustly,
  holtForecast,
  predictNext,
  tricubeWeights,
} from "../../src/metrics/trend.js";

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);

describe("extrapolate", () => {
  it("equals ordinary least squares by hand", () => {
    // Means 2 and 5/3, Sxy = 1, Sxx = 2: slope 1/2, so 5/3 + 2/2 at x = 4.
    expect(extrapolate(numbers(1, 2, 2), 4)).toBeCloseTo(8 / 3, 12);
  });
  it("equals weighted least squares by hand", () => {
    // Weights 1, 1, 2: means 2.25 and 1.75, Sxx = 2.75, Sxy = 1.25.
    expect(extrapolate(numbers(1, 2, 2), 4, numbers(1, 1, 2))).toBeCloseTo(1.75 + (1.25 / 2.75) * 1.75, 12);
  });
  it("follows a line with all weights, but a curve depends on the weights", () => {
    const line = Float64Array.from({ length: 10 }, (_, i) => 0.3 + 0.05 * (i + 1));
    expect(extrapolate(line, 11, tricubeWeights(10))).toBeCloseTo(0.85, 12);
    expect(extrapolate(line, 11)).toBeCloseTo(0.85, 12);
    const curve = Float64Array.from({ length: 10 }, (_, i) => (i + 1) ** 2 / 100);
    // Least squares of x^2 over 1..10 is 11 x - 22: 99 at 11. The weights favor the steep end.
    expect(extrapolate(curve, 11)).toBeCloseTo(0.99, 12);
    expect(extrapolate(curve, 11, tricubeWeights(10))).toBeGreaterThan(1.02);
  });
  it("equals the closed formula for the slope (property)", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (y) => {
          const n = y.length;
          const sum = (value: (i: number) => number): number =>
            y.reduce((total, _, i) => total + value(i), 0);
          const slope =
            (n * sum((i) => (i + 1) * y[i]) - sum((i) => i + 1) * sum((i) => y[i])) /
            (n * sum((i) => (i + 1) ** 2) - sum((i) => i + 1) ** 2);
          const intercept = (sum((i) => y[i]) - slope * sum((i) => i + 1)) / n;
          expect(extrapolate(numbers(...y), n + 1)).toBeCloseTo(intercept + slope * (n + 1), 9);
        },
      ),
    );
  });
});

describe("tricubeWeights", () => {
  it("falls from the newest to the third-oldest point; the two oldest have the weight of the third", () => {
    const [a, b, c, d, e] = tricubeWeights(5);
    expect([a, b, c]).toEqual([(7 / 8) ** 3, (7 / 8) ** 3, (7 / 8) ** 3]);
    expect(d).toBeCloseTo((63 / 64) ** 3, 12);
    expect(e).toBe(1);
  });
});

describe("extrapolateRobustly", () => {
  it("is closer to the line of most points than a fit with an outlier", () => {
    const line = Float64Array.from({ length: 10 }, (_, i) => 0.3 + 0.05 * (i + 1));
    line[4] = 1;
    const weights = tricubeWeights(10);
    const plain = extrapolate(line, 11, weights) - 0.85;
    expect(Math.abs(plain)).toBeGreaterThan(0.02);
    expect(Math.abs(extrapolateRobustly(line, 11, weights) - 0.85)).toBeLessThan(Math.abs(plain) / 2);
  });
  it("equals one bisquare refit by hand", () => {
    // Weights 1 on 0, 1, 0, 1, 0: line y = 0.4, |r| = 0.4, 0.6, 0.4, 0.6, 0.4, median 0.4, reach 2.4:
    // weights (1 - 1/36)^2 and (1 - 1/16)^2, still symmetric, so the slope stays 0.
    const low = (35 / 36) ** 2;
    const high = (15 / 16) ** 2;
    const even = numbers(1, 1, 1, 1, 1);
    expect(extrapolateRobustly(numbers(0, 1, 0, 1, 0), 9, even)).toBeCloseTo(
      (2 * high) / (2 * high + 3 * low),
      12,
    );
  });
  it("is the plain fit where the points lie on a line", () => {
    expect(extrapolateRobustly(numbers(1, 2, 3, 4, 5), 7, numbers(1, 1, 1, 1, 1))).toBeCloseTo(7, 12);
  });
});

describe("predictNext", () => {
  it("equals the autoregression by hand", () => {
    // Mean 3, deviations -2, -1, 0, 1, 2: phi = (2 + 0 + 0 + 2) / (4 + 1 + 0 + 1) = 2/3.
    expect(predictNext([1, 2, 3, 4, 5])).toBeCloseTo(3 + (2 / 3) * 2, 12);
    // Deviations 1, -1, 1, -1: phi = -1.
    expect(predictNext([3, 1, 3, 1])).toBeCloseTo(3, 12);
  });
  it("predicts that a constant stays", () => {
    expect(predictNext([0.5, 0.5, 0.5])).toBe(0.5);
    expect(predictNext([0.25])).toBe(0.25);
  });
});

describe("holtForecast", () => {
  it("equals double exponential smoothing by hand", () => {
    // Level and trend with a = 0.5, b = 0.5: (4, 2); (0.5 x 6 + 0.5 x 6, 0.5 x 2 + 0.5 x 2) = (6, 2); (0.5 x
    // 5 + 0.5 x 8, 0.5 x 0.5 + 0.5 x 2) = (6.5, 1.25); (0.5 x 9 + 0.5 x 7.75, 0.5 x 1.875 + 0.5 x 1.25) =
    // (8.375, 1.5625).
    const options = { level: 0.5, trend: 0.5 };
    expect(holtForecast([4, 6, 5, 9], { ...options, ahead: 1 })).toBe(9.9375);
    expect(holtForecast([4, 6, 5, 9], { ...options, ahead: 3 })).toBe(13.0625);
    expect(holtForecast([4, 6, 5], { ...options, ahead: 2 })).toBe(9);
    // With a = 0.25, b = 0.75: (5, -1); (0.25 x 4 + 0.75 x 4, -1); (0.25 x 8 + 0.75 x 3, 0.75 x 0.25 - 0.25)
    // = (4.25, -0.0625).
    expect(holtForecast([5, 4, 8], { level: 0.25, trend: 0.75, ahead: 2 })).toBe(4.125);
  });
  it("takes a single value as a constant, and the last value if it does not smooth", () => {
    expect(holtForecast([0.25], { level: 0.5, trend: 0.1, ahead: 4 })).toBe(0.25);
    expect(holtForecast([1, 5, 2], { level: 1, trend: 1, ahead: 1 })).toBe(-1);
  });
  it("predicts a straight line exactly (property)", () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        share,
        share,
        number,
        number,
        fc.integer({ min: 2, max: 30 }),
        (level, trend, from, slope, n) => {
          const line = Array.from({ length: n }, (_, i) => from + slope * i);
          expect(holtForecast(line, { level, trend, ahead: 3 })).toBeCloseTo(from + slope * (n + 2), 9);
        },
      ),
    );
  });
});
