import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  extrapolate,
  interquartileRange,
  median,
  medianAbsoluteDeviation,
  tricubeWeights,
} from "../../../src/scenarios/cloudsim-planetlab/statistics.js";

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);

describe("median", () => {
  it("is the middle value, or the mean of the middle two", () => {
    expect(median(numbers(7))).toBe(7);
    expect(median(numbers(3, 1, 2))).toBe(2);
    expect(median(numbers(10, 1, 3, 2))).toBe(2.5);
  });
  it("orders by value, not by digits, and leaves its input alone", () => {
    const values = numbers(10, 9, 100);
    expect(median(values)).toBe(10);
    expect([...values]).toEqual([10, 9, 100]);
  });
});

describe("medianAbsoluteDeviation", () => {
  it("is the median distance from the median", () => {
    // Median 2; distances 1, 1, 0, 0, 2, 4, 7.
    expect(medianAbsoluteDeviation(numbers(1, 1, 2, 2, 4, 6, 9))).toBe(1);
  });
});

describe("interquartileRange", () => {
  it("takes the values in places round(p (n + 1)), halves up", () => {
    const squares = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => (i + 1) ** 2);
    // n = 12: places 3.25 -> 3 and 9.75 -> 10. n = 13: 3.5 -> 4 and 10.5 -> 11.
    expect(interquartileRange(squares(12).reverse())).toBe(100 - 9);
    expect(interquartileRange(squares(13))).toBe(121 - 16);
    // n = 30: places 7.75 -> 8 and 23.25 -> 23.
    expect(interquartileRange(squares(30))).toBe(529 - 64);
  });
});

describe("extrapolate", () => {
  it("equals ordinary least squares by hand", () => {
    // Means 2 and 5/3, Sxy = 1, Sxx = 2: slope 1/2, so 5/3 + 2/2 at x = 4.
    expect(extrapolate(numbers(1, 2, 2), 4)).toBeCloseTo(8 / 3, 12);
  });
  it("equals weighted least squares by hand", () => {
    // Weights 1, 1, 2: means 2.25 and 1.75, Sxx = 2.75, Sxy = 1.25.
    expect(extrapolate(numbers(1, 2, 2), 4, numbers(1, 1, 2))).toBeCloseTo(1.75 + (1.25 / 2.75) * 1.75, 12);
  });
  it("follows a line whatever the weights, but a curve only as they say", () => {
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
  it("falls from the newest to the third-oldest point, whose weight the oldest two share", () => {
    const [a, b, c, d, e] = tricubeWeights(5);
    expect([a, b, c]).toEqual([(7 / 8) ** 3, (7 / 8) ** 3, (7 / 8) ** 3]);
    expect(d).toBeCloseTo((63 / 64) ** 3, 12);
    expect(e).toBe(1);
  });
});
