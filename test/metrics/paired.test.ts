import { randomNormal } from "d3-random";
import { describe, expect, it } from "vitest";
import { pairedDifference } from "../../src/metrics/paired.js";
import { randomStream } from "../../src/base/random.js";

const random = () => randomStream(1, "noise");

describe("pairedDifference", () => {
  it("agrees with the paired t-test of Student's own sleep data", () => {
    // Student, "The probable error of a mean" (1908), two drugs on ten patients: mean 1.58, t = 4.0621, p =
    // 0.002833.
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { mean, low, high, pairs, p } = pairedDifference(second, first, random());
    expect(mean).toBeCloseTo(1.58, 12);
    expect(p).toBeCloseTo(0.002833, 6);
    expect(pairs).toBe(10);
    // The t interval is 0.70 to 2.46; the bootstrap interval is longer on the side of the long tail (one
    // patient gained 4.6).
    expect(low).toBeGreaterThan(0.7);
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(2.46);
    expect(high).toBeLessThan(3);
  });

  it("removes the variation that the pairs share", () => {
    const luck = [10, 50, 20, 90, 40, 70];
    const { mean, low, high } = pairedDifference(
      luck.map((x, i) => x + 1 + (i % 2) / 10),
      luck,
      random(),
    );
    expect(mean).toBeCloseTo(1.05, 12);
    expect(low).toBeGreaterThan(0.99);
    expect(high).toBeLessThan(1.11);
  });

  it("is certain of a constant difference, and finds no difference in rounding errors", () => {
    const five = [1, 2, 3, 4, 5];
    expect(pairedDifference([2, 3, 4, 5, 6], five, random())).toEqual({
      mean: 1,
      low: 1,
      high: 1,
      pairs: 5,
      p: 0,
    });
    expect(pairedDifference(five, five, random())).toMatchObject({ mean: 0, low: 0, high: 0, p: 1 });
    const hairAbove = five.map((x) => x * (1 + 2 ** -50));
    expect(pairedDifference(hairAbove, five, random())).toMatchObject({ mean: 0, low: 0, high: 0, p: 1 });
  });

  it("gives no interval for fewer than five defined pairs", () => {
    expect(pairedDifference([1, 2, 3, NaN, 5], [0, 0, 0, 0, 0], random())).toEqual({
      mean: 11 / 4,
      low: NaN,
      high: NaN,
      pairs: 4,
      p: NaN,
    });
    expect(() => pairedDifference([1], [1, 2], random())).toThrow(
      "1 values and 2 of the baseline: give one of each",
    );
  });

  // The plain percentile interval holds it in 0.88 of the samples of eight pairs, and would fail here.
  it.each([8, 20])("with %d pairs holds the true difference in about 0.95 of 400 draws", (pairs) => {
    const noise = randomNormal.source(randomStream(1, "noise", "draws", pairs))(0, 1);
    const resampling = random();
    let [held, different] = [0, 0];
    for (let draw = 0; draw < 400; draw++) {
      const luck = Array.from({ length: pairs }, () => 100 * noise());
      const { low, high, p } = pairedDifference(
        luck.map((x) => x + 3 + noise()),
        luck.map((x) => x + noise()),
        resampling,
      );
      if (low <= 3 && high >= 3) held++;
      const nothing = pairedDifference(
        luck.map((x) => x + noise()),
        luck.map((x) => x + noise()),
        resampling,
      );
      if (nothing.p <= 0.05) different++;
      expect(p).toBeLessThan(1);
    }
    expect(held / 400).toBeGreaterThan(0.9);
    expect(held / 400).toBeLessThan(0.98);
    // Binomial: 0.05 of 400 is 20, with a standard deviation of 4.4.
    expect(different).toBeGreaterThan(7);
    expect(different).toBeLessThan(34);
  });
});
