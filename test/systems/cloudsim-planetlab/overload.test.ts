import { describe, expect, it } from "vitest";
import {
  HISTORY_LENGTH,
  addMember,
  removeMember,
} from "../../../src/systems/cloudsim-planetlab/datacenter.js";
import {
  overInterquartileRange,
  overLocalRegression,
  overMedianAbsoluteDeviation,
  overThreshold,
  readHostHistory,
} from "../../../src/systems/cloudsim-planetlab/overload.js";
import { CLEAN, CLOUDSIM, small } from "./small.js";

describe("overThreshold", () => {
  it("is true above the limit, not at it", () => {
    const half = small(1, [{ mips: 1860, demand: 1860, host: 0 }]);
    expect(overThreshold(0.5)(half, 0)).toBe(false);
    expect(overThreshold(0.49)(half, 0)).toBe(true);
  });

  it("counts demand, not served CPU, including a newcomer", () => {
    const datacenter = small(1, [
      { mips: 2500, demand: 2500, host: 0 },
      { mips: 1000, demand: 600 },
    ]);
    // 2500 of 3720 is 0.672, with the newcomer 0.833. The core serves 1860, with the newcomer 0.661.
    expect(overThreshold(0.67)(datacenter, 0)).toBe(true);
    expect(overThreshold(0.8)(datacenter, 0)).toBe(false);
    expect(overThreshold(0.8)(datacenter, 0, 1)).toBe(true);
  });
});

describe("readHostHistory", () => {
  it("sums the members' histories by age, as shares of the host, up to the oldest above 0", () => {
    const datacenter = small(1, [
      { mips: 1860, demand: 0, host: 0, history: [0.5, 0, 1, 0, 0] },
      { mips: 930, demand: 0, host: 0, history: [0.4, 0.8] },
      { mips: 372, demand: 0, history: [1, 1, 1, 1] },
    ]);
    const read = (newcomer: number): number[] => {
      const history = new Float64Array(HISTORY_LENGTH);
      const length = readHostHistory(datacenter, 0, newcomer, history);
      return [...history.subarray(0, length)].map((value) => Number(value.toFixed(9)));
    };
    expect(read(-1)).toEqual([0.35, 0.2, 0.5]);
    expect(read(2)).toEqual([0.45, 0.3, 0.6, 0.1]);
    addMember(datacenter, 0, 2);
    expect(read(-1)).toEqual([0.45, 0.3, 0.6, 0.1]);
    removeMember(datacenter, 0, 0);
    expect(read(-1)).toEqual([0.2, 0.3, 0.1, 0.1]);
  });
});

/** A host with one VM of 3720 MIPS, so the VM's history is the host's. */
function alone(demand: number, history: readonly number[], rules = CLOUDSIM): ReturnType<typeof small> {
  return small(1, [{ mips: 3720, demand: demand * 3720, host: 0, history }], rules);
}

describe("overMedianAbsoluteDeviation and overInterquartileRange", () => {
  // Six values of each: the median is 0.5, all distances are 0.1, the quartiles are 0.4 and 0.6.
  const spread = [0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.6];

  it("lower the threshold by the spread of the history", () => {
    // 1 - 2.5 x 0.1 = 0.75 and 1 - 1.5 x 0.2 = 0.7.
    expect(overMedianAbsoluteDeviation(2.5)(alone(0.74, spread), 0)).toBe(false);
    expect(overMedianAbsoluteDeviation(2.5)(alone(0.76, spread), 0)).toBe(true);
    expect(overInterquartileRange(1.5)(alone(0.69, spread), 0)).toBe(false);
    expect(overInterquartileRange(1.5)(alone(0.71, spread), 0)).toBe(true);
  });

  it("use the threshold 0.7 where there are fewer than 12 samples", () => {
    const steady = Array<number>(12).fill(0.5);
    for (const detect of [overMedianAbsoluteDeviation(2.5), overInterquartileRange(1.5)]) {
      expect(detect(alone(0.9, steady), 0)).toBe(false);
      expect(detect(alone(0.9, steady.slice(1)), 0)).toBe(true);
      expect(detect(alone(0.65, steady.slice(1)), 0)).toBe(false);
    }
  });
});

describe("overLocalRegression", () => {
  /** Ten samples of f(1) ... f(10), newest first, and older ones that must not count. */
  const series = (value: (x: number) => number): number[] => [
    ...Array.from({ length: 10 }, (_, i) => value(10 - i)),
    ...[0.01, 0.9, 0.02],
  ];

  it("extends the line of the last 10 samples by one step", () => {
    // At x = 11: 0.281 + 0.05 x 11 = 0.831, times 1.2 is 0.997; with 0.285 it is 1.002.
    expect(
      overLocalRegression(1.2)(
        alone(
          0.9,
          series((x) => 0.281 + 0.05 * x),
        ),
        0,
      ),
    ).toBe(false);
    expect(
      overLocalRegression(1.2)(
        alone(
          0.1,
          series((x) => 0.285 + 0.05 * x),
        ),
        0,
      ),
    ).toBe(true);
  });

  it("weights the samples only in the clean mode", () => {
    // x^2 / 120: least squares give 0.825 at x = 11 (x 1.2 = 0.99), the weighted line gives more.
    const curve = series((x) => x ** 2 / 120);
    expect(overLocalRegression(1.2)(alone(0.5, curve), 0)).toBe(false);
    expect(overLocalRegression(1.2)(alone(0.5, curve, CLEAN), 0)).toBe(true);
  });

  it("uses the threshold 0.7 where there are fewer than 10 samples", () => {
    const steep = series((x) => 0.1 * x).slice(0, 9);
    expect(overLocalRegression(1.2)(alone(0.69, steep), 0)).toBe(false);
    expect(overLocalRegression(1.2)(alone(0.71, steep), 0)).toBe(true);
  });
});
