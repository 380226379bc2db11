import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { coefficientOfVariation, imbalanceFactor, jain } from "../../src/metrics/fairness.js";
import { meanOf, meanOfLargest, quantileOfSorted } from "../../src/metrics/statistics.js";

const loads = fc.array(fc.double({ min: 0.001, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 });

describe("jain and coefficientOfVariation", () => {
  it("agree with values computed by hand", () => {
    expect(jain([1, 2, 3])).toBeCloseTo(36 / 42, 15);
    expect(coefficientOfVariation([1, 2, 3])).toBeCloseTo(Math.sqrt(2 / 3) / 2, 15);
    expect(jain([0, 0, 0, 5])).toBe(0.25);
    expect(jain([0.1, 0.1, 0.1])).toBeCloseTo(1, 15);
  });

  it("are equivalent: J = 1 / (1 + CoV^2)", () => {
    fc.assert(
      fc.property(loads, (values) => {
        expect(Math.abs(jain(values) - 1 / (1 + coefficientOfVariation(values) ** 2))).toBeLessThan(1e-12);
      }),
    );
  });

  it("are undefined without load and refuse invalid loads", () => {
    for (const measure of [jain, coefficientOfVariation, imbalanceFactor]) {
      expect(measure([])).toBeNaN();
      expect(measure([0, 0])).toBeNaN();
      expect(() => measure([1, -1])).toThrow(InputError);
    }
  });
});

describe("imbalanceFactor", () => {
  it("is the largest over the mean", () => {
    expect(imbalanceFactor([1, 2, 3])).toBe(1.5);
    expect(imbalanceFactor([0, 0, 0, 5])).toBe(4);
  });
});

describe("quantileOfSorted", () => {
  it("interpolates like R's type 7", () => {
    // R: quantile(c(1, 2, 4, 8), c(0, 0.1, 0.25, 0.5, 0.95, 1))
    const values = [1, 2, 4, 8];
    const quantiles = [0, 0.1, 0.25, 0.5, 0.95, 1].map((q) => quantileOfSorted(values, q));
    [1, 1.3, 1.75, 3, 7.4, 8].forEach((expected, i) => {
      expect(quantiles[i]).toBeCloseTo(expected, 12);
    });
  });

  it("is the value itself for one value, NaN for none, and refuses quantiles outside 0 to 1", () => {
    expect(quantileOfSorted([3], 0.7)).toBe(3);
    expect(quantileOfSorted([], 0.7)).toBeNaN();
    expect(() => quantileOfSorted([1], 1.1)).toThrow(InputError);
    expect(() => quantileOfSorted([1], NaN)).toThrow(InputError);
  });
});

describe("meanOfLargest", () => {
  it("takes at least one value", () => {
    const values = Array.from({ length: 200 }, (_, i) => (i * 7) % 200);
    expect(meanOfLargest(values, 0.01)).toBe(198.5);
    expect(meanOfLargest([1, 5, 2], 0.01)).toBe(5);
    expect(meanOfLargest([1, 5, 3], 1)).toBe(meanOf([1, 5, 3]));
    expect(meanOfLargest([], 0.5)).toBeNaN();
    expect(() => meanOfLargest([1], 0)).toThrow(InputError);
  });
});
