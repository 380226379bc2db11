import { describe, expect, it } from "vitest";
import { rankCorrelation } from "../../src/metrics/rank-correlation.js";

describe("rankCorrelation", () => {
  it("is 1 for the same order, -1 for the reverse order, independent of the distances", () => {
    expect(rankCorrelation([1, 2, 30], [5, 6, 7])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 30], [9, 0, -1])).toBeCloseTo(-1, 12);
  });

  it("is 1 - 6 sum d^2 / (n (n^2 - 1)) without ties", () => {
    // Ranks 1 2 3 4 5 against 2 1 4 5 3: d^2 = 1, 1, 1, 1, 4.
    expect(rankCorrelation([10, 20, 30, 40, 50], [2, 1, 4, 5, 3])).toBeCloseTo(1 - (6 * 8) / (5 * 24), 12);
  });

  it("gives equal values their mean rank", () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5.
    expect(rankCorrelation([0, 7, 7, 9], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it("is not defined without two different values, nor with NaN", () => {
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(rankCorrelation([1, NaN, 3], [1, 2, 3])).toBeNaN();
    expect(() => rankCorrelation([1], [])).toThrow("1 x values and 0 y values: give one of each");
  });
});
