import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { kaplanMeier, survivalAt, survivalQuantile } from "../../src/metrics/kaplan-meier.js";

describe("kaplanMeier", () => {
  // Ends at 1, 2 and 3; two are still running when last seen, at 2 and 4. By hand: S(1) = 1 - 1/5 = 0.8; S(2)
  // = 0.8 (1 - 1/4) = 0.6, the execution censored at 2 counts; S(3) = 0.6 (1 - 1/2) = 0.3.
  const curve = kaplanMeier([3, 1, 4, 2, 2], [true, true, false, false, true]);

  it("agrees with the example by hand", () => {
    expect([...curve.time]).toEqual([1, 2, 3]);
    [0.8, 0.6, 0.3].forEach((share, i) => {
      expect(curve.survival[i]).toBeCloseTo(share, 12);
    });
  });

  it.each([
    [0.5, 1],
    [1, 0.8],
    [2.9, 0.6],
    [99, 0.3],
  ])("survivalAt(%d) is %d", (time, share) => {
    expect(survivalAt(curve, time)).toBeCloseTo(share, 12);
  });

  it.each([
    [0.2, 1],
    [0.3, 2],
    [0.5, 3],
    [0.7, 3],
    [0.75, NaN],
  ])("the %d quantile is %d", (probability, time) => {
    expect(survivalQuantile(curve, probability)).toBe(time);
  });

  it("is the empirical distribution if all ended", () => {
    const { time, survival } = kaplanMeier([10, 30, 20, 20], [1, 1, 1, 1]);
    expect([...time]).toEqual([10, 20, 30]);
    [0.75, 0.25, 0].forEach((share, i) => {
      expect(survival[i]).toBeCloseTo(share, 12);
    });
  });

  it("refuses columns of different length", () => {
    expect(() => kaplanMeier([1, 2], [true])).toThrow(InputError);
  });
});
