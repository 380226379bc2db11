import { describe, expect, it } from "vitest";
import { MIGRATION_MODELS } from "../../../src/cluster/migration/presets.js";
import {
  checkClosedForm,
  compareMechanisms,
  compareStopRules,
  migrationPhases,
  STOP_RULES,
} from "../../../src/cluster/migration/study.js";

interface StopRow {
  readonly migration: string;
  readonly lambda: number;
  readonly downtime: number;
  readonly endedBy: string;
}

const GIB = { memory: 2 ** 30, bandwidth: 125e6 };

it("simulated pre-copy agrees with the closed form to 1e-9, from lambda 0 to 0.99", () => {
  const lambdas = Array.from({ length: 100 }, (_, i) => i / 100);
  const closed = checkClosedForm(lambdas, GIB);
  expect(Math.max(...(closed.array("error") as number[]))).toBeLessThan(1e-9);
  const rounds = closed.array("rounds") as number[];
  expect(rounds[0]).toBe(1);
  expect(rounds[90]).toBeGreaterThan(rounds[10]);
});

it("compares every set of rules at every dirty rate", () => {
  const rows = compareStopRules([0.1, 2], GIB).objects() as StopRow[];
  expect(rows).toHaveLength(2 * Object.keys(STOP_RULES).length);
  const beyond = Object.fromEntries(
    rows.filter(({ lambda }) => lambda === 2).map((row) => [row.migration, row]),
  );
  expect(beyond["pre-copy"].endedBy).toBe("no progress");
  expect(beyond["pre-copy-thesis"].endedBy).toBe("no progress");
  // Only QEMU reaches its downtime, at the cost of the task's CPU.
  expect(beyond["pre-copy-qemu"].endedBy).toBe("little left");
  expect(beyond["pre-copy-qemu"].downtime).toBeLessThan(0.3);
});

it("has less dirty memory than the working set", () => {
  const [row] = compareStopRules([2], { ...GIB, workingSet: 1e6 }).objects() as StopRow[];
  expect(row.downtime).toBe(1e6 / 125e6);
});

it("adds up the losses of a task", () => {
  const given = {
    bandwidth: 125e6,
    dirtyShare: 0.01,
    workingSet: 0.1,
    downtimeGoal: 0.3,
    touchedShare: 0.5,
    warmShare: 0,
    pageFetch: 1e-3,
    faultLoss: 0.5,
    state: 125e3,
  };
  const [lazy, stop] = compareMechanisms(["lazy-copy", "stop-and-copy"], [4096e3], given).objects() as Record<
    "lost" | "downtime",
    number
  >[];
  // 500 pages of 1 ms, and 1 ms for the state.
  expect(lazy.lost).toBeCloseTo(0.501, 12);
  expect(lazy.downtime).toBeCloseTo(0.001, 12);
  expect(stop.lost).toBe(stop.downtime);
});

describe("migrationPhases", () => {
  const given = {
    bandwidth: 125e6,
    dirtyShare: 0.05,
    workingSet: 0.4,
    downtimeGoal: 0.3,
    touchedShare: 0.5,
    warmShare: 0,
    pageFetch: 1e-4,
    faultLoss: 0.5,
    state: 1e6,
  };
  interface Phase {
    readonly migration: string;
    readonly phase: string;
    readonly start: number;
    readonly seconds: number;
    readonly bytes: number;
    readonly lost: number;
  }

  it("adds up to what the mechanisms cost, for every mechanism and dirty rate", () => {
    for (const dirtyShare of [0, 0.05, 0.2, 3]) {
      const names = MIGRATION_MODELS.filter((name) => name !== "free");
      const phases = migrationPhases(names, { memory: 1e9, ...given, dirtyShare }).objects() as Phase[];
      const costs = compareMechanisms(names, [1e9], { ...given, dirtyShare }).objects() as (Phase & {
        downtime: number;
      })[];
      for (const { migration, bytes, seconds, downtime, lost } of costs) {
        const own = phases.filter((one) => one.migration === migration);
        const sum = (value: (one: Phase) => number) => own.reduce((total, one) => total + value(one), 0);
        expect(sum((one) => one.bytes) / bytes).toBeCloseTo(1, 12);
        expect(sum((one) => one.seconds) / seconds).toBeCloseTo(1, 9);
        expect(sum((one) => one.lost)).toBeCloseTo(lost, 9);
        expect(sum((one) => (one.phase === "stopped" ? one.seconds : 0))).toBeCloseTo(downtime, 9);
        // Each phase begins where the one before ends.
        own.slice(1).forEach((one, i) => {
          expect(one.start).toBeCloseTo(own[i].start + own[i].seconds, 6);
        });
      }
    }
  });

  it("splits post-copy at the switch: by hand", () => {
    const rows = migrationPhases(["post-copy"], { memory: 125e6, ...given }).objects();
    // 1 MB of state takes 8 ms, then 125 MB take 1 s; 21 % of the 40 % that are used are waited for.
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ phase: "stopped", start: 0, seconds: 0.008, bytes: 1e6, lost: 0.008 });
    expect(rows[1]).toMatchObject({ phase: "fetching", start: 0.008, bytes: 125e6 });
    expect((rows[1] as Phase).lost).toBeCloseTo(((0.21 * 0.4 * 125e6) / 4096) * 1e-4, 12);
  });
});
