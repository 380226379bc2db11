import { expect, it } from "vitest";
import {
  checkClosedForm,
  compareMechanisms,
  compareStopRules,
  STOP_RULES,
} from "../../../src/cluster/migration/study.js";

interface StopRow {
  readonly rules: string;
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
  const beyond = Object.fromEntries(rows.filter(({ lambda }) => lambda === 2).map((row) => [row.rules, row]));
  expect(beyond.plain.endedBy).toBe("no progress");
  expect(beyond.thesis.endedBy).toBe("no progress");
  // Only QEMU reaches its downtime, at the cost of the task's CPU.
  expect(beyond.qemu.endedBy).toBe("little left");
  expect(beyond.qemu.downtime).toBeLessThan(0.3);
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
