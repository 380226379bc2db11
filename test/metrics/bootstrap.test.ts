import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapMean } from "../../src/metrics/bootstrap.js";
import { randomStream } from "../../src/base/random.js";

const random = () => randomStream(1, "noise");

describe("bootstrapMean", () => {
  it("is a point for one value and for equal values", () => {
    expect(bootstrapMean([3], random())).toEqual({ mean: 3, low: 3, high: 3 });
    expect(bootstrapMean([0.25, 0.25, 0.25], random())).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
    expect(bootstrapMean([], random()).mean).toBeNaN();
  });

  it("agrees with the exact distribution of all resamples of two values", () => {
    // Means 0, 1/2, 1 with probability 1/4, 1/2, 1/4. Student's t for one degree of freedom is tan(pi level /
    // 2): the 10 % interval cuts Phi(-1.414 x 0.1584) = 0.41 off each end and is 1/2 alone, the 40 % one cuts
    // 0.15 off and reaches both ends.
    expect(bootstrapMean([0, 1], random(), { level: 0.1 })).toEqual({ mean: 0.5, low: 0.5, high: 0.5 });
    expect(bootstrapMean([0, 1], random(), { level: 0.4 })).toEqual({ mean: 0.5, low: 0, high: 1 });
  });

  it("is close to the normal interval for many values", () => {
    const uniform = random();
    const values = Array.from({ length: 400 }, uniform);
    const { mean, low, high } = bootstrapMean(values, random());
    const half = 1.96 * Math.sqrt(1 / 12 / 400);
    expect(mean - low).toBeCloseTo(half, 2);
    expect(high - mean).toBeCloseTo(half, 2);
  });

  it("holds the mean, and lies within the values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (values) => {
          const { mean, low, high } = bootstrapMean(values, random(), { resamples: 100 });
          expect(low).toBeLessThanOrEqual(mean);
          expect(high).toBeGreaterThanOrEqual(mean);
          expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
          expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
        },
      ),
    );
  });

  it("refuses a level that is not a share", () => {
    expect(() => bootstrapMean([1], random(), { level: 1 })).toThrow(
      "level is 1: give a number between 0 and 1",
    );
  });
});
