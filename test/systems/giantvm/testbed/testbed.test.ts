import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../../src/base/errors.js";
import {
  CONFIGURATIONS,
  type ConfigurationName,
} from "../../../../src/systems/giantvm/testbed/configurations.js";
import { runTestbed, type TestbedRun } from "../../../../src/systems/giantvm/testbed/run.js";

const NAMES = Object.keys(CONFIGURATIONS) as ConfigurationName[];
const QUICK = { dilation: 5000, duration: 60 };

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

function elapsed({ parameters: { duration, interval } }: TestbedRun): number {
  return Math.round(duration / interval) * interval;
}

describe("the testbed's CPU time", () => {
  it("is conserved, on every pCPU and vCPU, whatever the configuration", () => {
    const setting = fc.record({
      name: fc.constantFrom(...NAMES),
      seed: fc.nat(1000),
      threads: fc.integer({ min: 1, max: 12 }),
      processes: fc.integer({ min: 1, max: 3 }),
      background: fc.double({ min: 0, max: 0.9, noNaN: true }),
      think: fc.constantFrom(0, 3000),
    });
    fc.assert(
      fc.property(setting, ({ name, seed, ...given }) => {
        const run = runTestbed(name, { seed, parameters: { ...QUICK, ...given } });
        const seconds = elapsed(run);
        for (const utilization of run.cpuUtilization) {
          expect(utilization).toBeGreaterThanOrEqual(0);
          expect(utilization).toBeLessThanOrEqual(1 + 1e-9);
        }
        const { lc, background, be, probe } = run.used;
        expect(lc + background + be + probe).toBeCloseTo(sum(run.cpuUtilization) * seconds, 6);
        const { user, steal, idle } = run.stat;
        user.forEach((_, cpu) => {
          expect(user[cpu] + steal[cpu] + idle[cpu]).toBeCloseTo(seconds, 6);
          expect(Math.min(user[cpu], steal[cpu], idle[cpu])).toBeGreaterThanOrEqual(-1e-9);
        });
      }),
      { numRuns: 25 },
    );
  });

  it("leaves no pCPU idle on which a BE thread could run", () => {
    // 8 threads on each node, so every pCPU has one; nothing waits for the DSM.
    const run = runTestbed("naive", { parameters: { ...QUICK, threads: 32, spreadStall: 0 } });
    for (const utilization of run.cpuUtilization) expect(utilization).toBeCloseTo(1, 9);
  });
});

describe("sharing, as CFS does", () => {
  const parameters = { ...QUICK, threads: 1, background: 0, wander: 1000 };

  it("gives a BE thread beside a busy LC worker half of the pCPU", () => {
    const run = runTestbed("naive", { parameters });
    expect(run.used.be).toBeCloseTo(elapsed(run) / 2, 6);
    expect(sum(run.stat.steal)).toBeCloseTo(elapsed(run) / 2, 6);
    expect(run.used.lc).toBeCloseTo(7.5 * elapsed(run), 6);
  });

  it("gives it the whole pCPU without LC, and nothing is stolen", () => {
    const run = runTestbed("naive", { parameters, lc: false });
    expect(run.used.be).toBeCloseTo(elapsed(run), 6);
    expect(sum(run.stat.steal)).toBe(0);
  });

  it("gives a thread that waits 3/4 of its time for the DSM all that it wants, and nothing is stolen", () => {
    // Four threads, one per node; the one on host 0 wants a quarter of a pCPU, less than its fair half.
    const run = runTestbed("naive", { parameters: { ...parameters, threads: 4, spreadStall: 0.75 } });
    expect(run.used.be).toBeCloseTo(elapsed(run), 6);
    expect(sum(run.stat.steal)).toBeCloseTo(0, 9);
    expect(run.used.lc).toBeCloseTo(7.75 * elapsed(run), 6);
  });
});

describe("steal time", () => {
  it("is read as 0 on nodes where nothing runs, however busy their hosts are", () => {
    const run = runTestbed("las", { seed: 3, parameters: { dilation: 5000, background: 0.5 } });
    const { hosts } = run.parameters;
    let blind = 0;
    run.decisions.forEach(({ readings }, at) => {
      readings.forEach(({ stealTicks }, node) => {
        if (run.columns.beThreads[at * hosts + node] > 0) return;
        expect(stealTicks).toBe(0);
        if (run.columns.hostPressure[at * hosts + node] > 0.9) blind++;
      });
    });
    expect(blind).toBeGreaterThan(30);
  });

  it("is read on host 0 with a probe, where LaS reads 0", () => {
    const parameters = { dilation: 5000, background: 0 };
    const robust = runTestbed("las-robust", { parameters });
    const last = robust.decisions[robust.decisions.length - 1].readings[0];
    // The probe runs for 0.1 s as one of two runnable entities: 5 of 10 ticks.
    expect(last.stealTicks).toBe(5);
    expect(last.stealShare).toBe(0.5);
    const las = runTestbed("las", { parameters });
    expect(las.decisions[las.decisions.length - 1].readings[0].stealTicks).toBe(0);
  });

  it("makes both deciders leave host 0 permanently where no other host has other work", () => {
    for (const name of ["las", "las-robust"] as const) {
      const run = runTestbed(name, { parameters: { dilation: 5000, background: 0 } });
      expect(run.decisions.flatMap(({ moves }) => moves)).toEqual([{ work: "be-0", from: -1, to: 1 }]);
    }
  });
});

describe("a run", () => {
  it("is reproducible with the same seed, and differs with another", () => {
    const text = (seed: number): string =>
      JSON.stringify(runTestbed("las-robust", { seed, parameters: QUICK }));
    expect(text(5)).toBe(text(5));
    expect(text(5)).not.toBe(text(6));
  });

  it("has the same other work and the same load in every configuration", () => {
    const [one, other] = (["without-be", "naive"] as const).map((name) =>
      runTestbed(name, { parameters: { dilation: 5000, threads: 1 } }),
    );
    // The one BE thread of naive is on host 0.
    expect(other.columns.hostPressure.filter((_, i) => i % 4 > 0)).toEqual(
      one.columns.hostPressure.filter((_, i) => i % 4 > 0),
    );
  });

  it("refuses unknown names and parameters", () => {
    expect(() => runTestbed("lass" as ConfigurationName)).toThrow(InputError);
    expect(() => runTestbed("las", { parameters: { thread: 3 } })).toThrow(
      /unknown parameter of the testbed/,
    );
    expect(() => runTestbed("las", { parameters: { threads: 0 } })).toThrow(/invalid threads/);
    expect(() => runTestbed("las", { decider: { treshold: 3 } })).toThrow(/unknown parameter/);
  });
});
