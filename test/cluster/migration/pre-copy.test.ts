import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preCopySeries } from "../../../src/cluster/migration/closed-form.js";
import { preCopy } from "../../../src/cluster/migration/pre-copy.js";
import {
  plainRules,
  qemuRules,
  thesisRules,
  xenRules,
  type PreCopyRules,
} from "../../../src/cluster/migration/stop-rules.js";

const MB = 1e6;
const MIB = 2 ** 20;
const RULES: Readonly<Record<string, PreCopyRules>> = {
  plain: plainRules(),
  xen: xenRules(),
  qemu: qemuRules(),
  "qemu without auto-converge": qemuRules({ autoConverge: false }),
  thesis: thesisRules(),
};

const arbitrary = fc.record({
  memory: fc.double({ min: 1e6, max: 1e11, noNaN: true }),
  bandwidth: fc.double({ min: 1e6, max: 1e10, noNaN: true }),
  lambda: fc.oneof(fc.double({ min: 0, max: 4, noNaN: true }), fc.constant(1)),
  workingSet: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe("preCopy", () => {
  it("sends the memory once if nothing is written", () => {
    expect(preCopy({ memory: 1000, bandwidth: 100, dirtyRate: 0 })).toEqual({
      bytes: 1000,
      rounds: 1,
      history: [{ sent: 1000, left: 0, total: 1000, rate: 100, throttle: 0 }],
      bytesAfter: 0,
      seconds: 10,
      switchAfter: 10,
      downtime: 0,
      degraded: 10,
      stalledAtSource: 0,
      stalledAtTarget: 0,
      passes: [1000, 0],
      endedBy: "little left",
    });
  });

  it("stops when the rest fits the downtime goal: 4096 MB at 119 MB/s, 20 MB/s written, 30 ms", () => {
    // Left after each round: 688.4, 115.7, 19.4, 3.27 MB; 3.27 < 119 * 0.03 = 3.57.
    const cost = preCopy({
      memory: 4096 * MB,
      bandwidth: 119 * MB,
      dirtyRate: 20 * MB,
      rules: plainRules({ downtimeGoal: 0.03 }),
    });
    const lambda = 20 / 119;
    expect(cost.bytes).toBeCloseTo((4096 * MB * (1 - lambda ** 5)) / (1 - lambda), 0);
    expect(cost.rounds).toBe(4);
    expect(cost.bytes / MB).toBeCloseTo(4923, 0);
    expect(cost.seconds).toBeCloseTo(41.4, 1);
    expect(cost.downtime).toBeCloseTo(0.0275, 4);
  });

  it("stops after one round if the task writes faster than the network sends", () => {
    expect(preCopy({ memory: 100, bandwidth: 10, dirtyRate: 20 })).toMatchObject({
      bytes: 200,
      rounds: 1,
      seconds: 20,
      downtime: 10,
      endedBy: "no progress",
    });
  });

  it("never leaves more dirty than the working set", () => {
    const cost = preCopy({ memory: 100, bandwidth: 10, dirtyRate: 20, workingSet: 30 });
    // Rounds of 100, then 30 every time: no progress, so it stops after the second.
    expect(cost).toMatchObject({ bytes: 160, seconds: 16, downtime: 3, passes: [100, 30, 30] });
  });

  it("agrees with the closed form to 1e-9 for any number of rounds", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e12, noNaN: true }),
        fc.double({ min: 0.001, max: 0.9999, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (memory, lambda, maxRounds) => {
          const bandwidth = 1e8;
          const dirtyRate = lambda * bandwidth;
          const rules = plainRules({ downtimeGoal: 0, maxRounds });
          const cost = preCopy({ memory, bandwidth, dirtyRate, rules });
          expect(cost.rounds).toBe(maxRounds);
          const closed = preCopySeries({ memory, bandwidth, dirtyRate, rounds: maxRounds });
          expect(Math.abs(cost.bytes / closed.bytes - 1)).toBeLessThan(1e-9);
          expect(Math.abs(cost.seconds / closed.seconds - 1)).toBeLessThan(1e-9);
          if (closed.downtime > 1e-200)
            expect(Math.abs(cost.downtime / closed.downtime - 1)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it("refuses an invalid bandwidth, and negative sizes", () => {
    expect(() => preCopy({ memory: 1, bandwidth: 0, dirtyRate: 0 })).toThrow("invalid bandwidth: 0; give");
    expect(() => preCopy({ memory: -1, bandwidth: 1, dirtyRate: 0 })).toThrow(
      "invalid memory of pre-copy: -1; give 0 or more",
    );
  });
});

describe.each(Object.entries(RULES))("by the rules of %s", (_, rules) => {
  it("ends, sends at least the memory, and the passes add up to the bytes", () => {
    fc.assert(
      fc.property(arbitrary, ({ memory, bandwidth, lambda, workingSet }) => {
        const cost = preCopy({
          memory,
          bandwidth,
          dirtyRate: lambda * bandwidth,
          workingSet: workingSet * memory,
          rules,
        });
        expect(cost.bytes).toBeGreaterThanOrEqual(memory);
        expect(cost.bytes).toBeCloseTo(
          cost.passes.reduce((a, b) => a + b),
          0,
        );
        expect(cost.passes).toHaveLength(cost.rounds + 1);
        expect(cost.downtime).toBeLessThanOrEqual(cost.seconds);
        expect(cost.degraded + cost.downtime).toBeCloseTo(cost.seconds, 6);
        expect(cost.seconds).toBeGreaterThanOrEqual((cost.bytes / bandwidth) * (1 - 1e-12));
        expect(cost.stalledAtSource).toBeLessThanOrEqual(cost.degraded);
        expect(cost.passes[cost.rounds]).toBeLessThanOrEqual(workingSet * memory);
      }),
    );
  });

  it("does not send more or stop longer if nothing is written", () => {
    fc.assert(
      fc.property(arbitrary, ({ memory, bandwidth, lambda }) => {
        const quiet = preCopy({ memory, bandwidth, dirtyRate: 0, rules });
        const busy = preCopy({ memory, bandwidth, dirtyRate: lambda * bandwidth, rules });
        expect(quiet.downtime).toBe(0);
        expect(quiet.bytes).toBe(memory);
        expect(busy.bytes).toBeGreaterThanOrEqual(quiet.bytes);
      }),
    );
  });
});

describe("downtime", () => {
  it("falls with more bandwidth and the same rounds", () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 10 }), ({ memory, bandwidth, lambda }, maxRounds) => {
        const rules = {
          stop: (past: readonly unknown[]) => (past.length >= maxRounds ? "rounds" : undefined),
        };
        const dirtyRate = lambda * bandwidth;
        const at = (factor: number): number =>
          preCopy({ memory, bandwidth: factor * bandwidth, dirtyRate, rules: rules }).downtime;
        expect(at(2)).toBeLessThanOrEqual(at(1));
      }),
    );
  });

  it("meets the goal if the rules end because of it", () => {
    fc.assert(
      fc.property(arbitrary, ({ memory, bandwidth, lambda }) => {
        for (const rules of [plainRules(), qemuRules()]) {
          const cost = preCopy({ memory, bandwidth, dirtyRate: lambda * bandwidth, rules });
          if (cost.endedBy === "little left") expect(cost.downtime).toBeLessThanOrEqual(0.3 * (1 + 1e-12));
        }
      }),
    );
  });
});

describe("Xen's rules", () => {
  it("start at 100 Mbit/s and follow the dirty rate: by hand", () => {
    // 100 MB at 12.5 MB/s take 8 s: 20 MB written at 2.5 MB/s = 20 Mbit/s; next round at 70 Mbit/s = 8.75
    // MB/s.
    const cost = preCopy({ memory: 100 * MB, bandwidth: 125 * MB, dirtyRate: 2.5 * MB, rules: xenRules() });
    expect(cost.passes[1]).toBeCloseTo(20 * MB, 3);
    expect(cost.passes[2]).toBeCloseTo((20 * MB * 2.5) / 8.75, 3);
    expect(cost.passes[3]).toBeCloseTo((20 * MB * 2.5 ** 2) / 8.75 ** 2, 3);
    expect(cost.endedBy).toBe("little left");
    // Only the last round sent fewer than 50 pages.
    expect(cost.passes[cost.rounds - 1]).toBeLessThan(50 * 4096);
    expect(cost.passes[cost.rounds - 2]).toBeGreaterThanOrEqual(50 * 4096);
    expect(cost.seconds).toBeGreaterThan(8 + 20 / 8.75);
  });

  it("end after three times the memory if all of it is written again in each round", () => {
    const cost = preCopy({ memory: 100 * MB, bandwidth: 125 * MB, dirtyRate: 125 * MB, rules: xenRules() });
    // 3 rounds are not more than three times the memory; the fourth is; then the last pass at 500 Mbit/s.
    expect(cost).toMatchObject({ rounds: 4, endedBy: "traffic", bytes: 500 * MB });
    expect(cost.downtime).toBeCloseTo(100 / 62.5, 12);
    // The dirty memory is limited by the memory, so the dirty rate equals the rate of the round: each round
    // has 50 Mbit/s more.
    expect(cost.seconds).toBeCloseTo(100 / 12.5 + 100 / 18.75 + 100 / 25 + 100 / 31.25 + 100 / 62.5, 9);
  });
});

describe("QEMU's rules", () => {
  it("send at most 128 MiB/s and stop for at most 300 ms", () => {
    // 1 GiB takes 8 s; 0.25 of it is left; 64 MiB need 0.5 s; 16 MiB 0.125 s.
    const cost = preCopy({ memory: 1024 * MIB, bandwidth: 1e10, dirtyRate: 32 * MIB, rules: qemuRules() });
    expect(cost.passes.map((bytes) => bytes / MIB)).toEqual([1024, 256, 64, 16]);
    expect(cost.downtime).toBe(0.125);
  });

  it("slow the task down until it converges: 20 % after two slow rounds, then 10 % more", () => {
    // lambda = 1 at 128 MiB/s: rounds of 1024, 1024; then 0.8 each; 0.8 * 0.8 -> two more, then 0.7.
    const cost = preCopy({ memory: 1024 * MIB, bandwidth: 1e10, dirtyRate: 128 * MIB, rules: qemuRules() });
    const [, second, third, fourth, fifth] = cost.passes.map((bytes) => bytes / MIB);
    expect([second, third]).toEqual([1024, 1024]);
    expect(fourth).toBeCloseTo(1024 * 0.8, 9);
    expect(fifth).toBeCloseTo(1024 * 0.64, 9);
    expect(cost.passes[5] / MIB).toBeCloseTo(1024 * 0.64 * 0.7, 9);
    expect(cost.endedBy).toBe("little left");
    expect(cost.stalledAtSource).toBeGreaterThan(0.2 * 8);
  });
});

describe("the thesis's rule", () => {
  it("stops after the first round that resends no fewer pages than the previous one", () => {
    // Every round but the first sends the working set: the third is the first that is no smaller.
    const cost = preCopy({
      memory: 100 * MB,
      bandwidth: 10 * MB,
      dirtyRate: 20 * MB,
      workingSet: 30 * MB,
      rules: thesisRules(),
    });
    expect(cost.passes.map((bytes) => bytes / MB)).toEqual([100, 30, 30, 30]);
    expect(cost.endedBy).toBe("no progress");
  });

  it("continues until less than a page is left if each round is smaller", () => {
    const cost = preCopy({
      memory: 1024 * MIB,
      bandwidth: 100 * MB,
      dirtyRate: 10 * MB,
      rules: thesisRules(),
    });
    // 2^30 * 0.1^5 = 10,737 bytes, 0.1^6 1,073: less than 4,096.
    expect(cost).toMatchObject({ rounds: 6, endedBy: "little left" });
  });
});
