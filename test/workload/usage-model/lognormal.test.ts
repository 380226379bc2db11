import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cappedLognormalMean, medianOfCappedLognormal } from "../../../src/workload/usage-model/lognormal.js";

describe("cappedLognormalMean", () => {
  it("is exp(sigma^2 / 2) without a cap that matters", () => {
    expect(cappedLognormalMean(1, 0.5, 1e9)).toBeCloseTo(Math.exp(0.125), 6);
  });

  it("agrees with numerical integration", () => {
    const [median, sigma, cap] = [0.2, 1.2, 0.9];
    let sum = 0;
    const width = 0.001;
    for (let z = -8 + width / 2; z < 8; z += width) {
      const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
      sum += Math.min(cap, median * Math.exp(sigma * z)) * density * width;
    }
    expect(cappedLognormalMean(median, sigma, cap)).toBeCloseTo(sum, 5);
  });

  it("is undone by medianOfCappedLognormal", () => {
    const share = fc.double({ min: 0.05, max: 0.8, noNaN: true });
    fc.assert(
      fc.property(share, fc.double({ min: 0.1, max: 2, noNaN: true }), (mean, sigma) => {
        const median = medianOfCappedLognormal(mean, sigma, 1);
        expect(cappedLognormalMean(median, sigma, 1)).toBeCloseTo(mean, 5);
      }),
    );
  });
});
