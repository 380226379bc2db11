import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preCopyRounds, preCopySeries } from "../../../src/cluster/migration/closed-form.js";
import { preCopy } from "../../../src/cluster/migration/pre-copy.js";
import { plainRules } from "../../../src/cluster/migration/stop-rules.js";

const MIB = 2 ** 20;
const GIB_AT_1_GBPS = { memory: 1024 * MIB, bandwidth: 119 * MIB };

describe("the examples of 1 GiB at 1 Gbit/s, until 1 MiB is left", () => {
  it("takes 4 rounds, 1.11 GiB, 9.6 s where 12 MiB/s are written", () => {
    const rounds = preCopyRounds({ memory: 1024, threshold: 1, lambda: 12 / 119 });
    const series = preCopySeries({ ...GIB_AT_1_GBPS, dirtyRate: 12 * MIB, rounds });
    expect(rounds).toBe(4);
    expect(series.bytes / 2 ** 30).toBeCloseTo(1.11, 2);
    expect(series.seconds).toBeCloseTo(9.6, 1);
    expect(series.downtime).toBeCloseTo(0.001, 3);
    // Three rounds leave 1.05 MiB, just too much.
    const three = preCopySeries({ ...GIB_AT_1_GBPS, dirtyRate: 12 * MIB, rounds: 3 });
    expect(three.downtime * 119).toBeCloseTo(1.05, 2);
  });

  it("takes 14 rounds, 2.5 GiB, 21 s at lambda 0.6", () => {
    const rounds = preCopyRounds({ memory: 1024, threshold: 1, lambda: 0.6 });
    const series = preCopySeries({ ...GIB_AT_1_GBPS, dirtyRate: 0.6 * 119 * MIB, rounds });
    expect(rounds).toBe(14);
    expect(series.bytes / 2 ** 30).toBeCloseTo(2.5, 1);
    expect(series.seconds).toBeCloseTo(21.5, 1);
  });

  it("agree with pre-copy that stops at 1 MiB", () => {
    for (const dirtyRate of [12 * MIB, 0.6 * 119 * MIB]) {
      const rules = plainRules({ downtimeGoal: 1 / 119 });
      const cost = preCopy({ ...GIB_AT_1_GBPS, dirtyRate, rules });
      const rounds = preCopyRounds({ memory: 1024, threshold: 1, lambda: dirtyRate / (119 * MIB) });
      const series = preCopySeries({ ...GIB_AT_1_GBPS, dirtyRate, rounds });
      expect(cost.rounds).toBe(rounds);
      expect(Math.abs(cost.bytes / series.bytes - 1)).toBeLessThan(1e-9);
      expect(Math.abs(cost.downtime / series.downtime - 1)).toBeLessThan(1e-9);
    }
  });
});

describe("preCopySeries", () => {
  it("is the sum of its passes, added one by one, for any lambda", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ min: 0, max: 3, noNaN: true }), fc.constantFrom(0, 1, 1 - 1e-12, 1 + 1e-12)),
        fc.integer({ min: 1, max: 30 }),
        (lambda, rounds) => {
          let sum = 0;
          for (let i = 0; i <= rounds; i++) sum += lambda ** i;
          const { bytes } = preCopySeries({ memory: 1, bandwidth: 1, dirtyRate: lambda, rounds });
          expect(Math.abs(bytes / sum - 1)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it("refuses less than one round", () => {
    expect(() => preCopySeries({ memory: 1, bandwidth: 1, dirtyRate: 0, rounds: 0 })).toThrow(
      "invalid number of rounds: 0",
    );
  });
});

describe("preCopyRounds", () => {
  it("is the first round that leaves at most the threshold", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.95, noNaN: true }),
        fc.double({ min: 1e-6, max: 2, noNaN: true }),
        (lambda, threshold) => {
          const rounds = preCopyRounds({ memory: 1, threshold, lambda });
          expect(lambda ** rounds).toBeLessThanOrEqual(threshold * (1 + 1e-9));
          if (rounds > 1) expect(lambda ** (rounds - 1)).toBeGreaterThan(threshold * (1 - 1e-9));
        },
      ),
    );
  });

  it("is infinite where the task writes as much as is sent", () => {
    expect(preCopyRounds({ memory: 10, threshold: 1, lambda: 1 })).toBe(Infinity);
    expect(preCopyRounds({ memory: 10, threshold: 10, lambda: 1 })).toBe(1);
    expect(preCopyRounds({ memory: 10, threshold: 1, lambda: 0 })).toBe(1);
  });
});
