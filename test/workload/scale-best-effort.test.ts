import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFault } from "../../src/workload/check.js";
import { scaleBestEffort } from "../../src/workload/scale-best-effort.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { BEST_EFFORT, LATENCY_CRITICAL, type Workload } from "../../src/workload/workload.js";
import { tinyWorkload } from "../tiny-workload.js";

const WORKLOAD = generateWorkload({ machines: 12, steps: 40, seed: 3 });
const factor = fc.oneof(fc.double({ min: 0, max: 4, noNaN: true }), fc.constantFrom(0, 0.5, 1, 2, 3));
const seed = fc.nat(50);

/** Each execution in words, with its usage: what makes it the execution it is. */
function runsOf({ executions, usage }: Workload, taskClass: number): string[] {
  return Array.from(executions.start, (_, row) => row)
    .filter((row) => executions.taskClass[row] === taskClass)
    .map((row) =>
      [
        executions.job[row],
        executions.index[row],
        executions.start[row],
        executions.end[row],
        executions.submit[row],
        executions.priority[row],
        executions.machine[row],
        executions.initial[row],
        usage.firstStep[row],
        usage.cpu.subarray(usage.offsets[row], usage.offsets[row + 1]).join(" "),
      ].join("/"),
    );
}

function bestEffortCpu({ executions, usage }: Workload): number {
  let sum = 0;
  for (let row = 0; row < executions.start.length; row++) {
    if (executions.taskClass[row] !== BEST_EFFORT) continue;
    for (let at = usage.offsets[row]; at < usage.offsets[row + 1]; at++) sum += usage.cpu[at];
  }
  return sum;
}

function prioritiesOf({ executions }: Workload): Map<number, number> {
  const counts = new Map<number, number>();
  executions.priority.forEach((priority, row) => {
    if (executions.taskClass[row] === BEST_EFFORT) counts.set(priority, (counts.get(priority) ?? 0) + 1);
  });
  return counts;
}

describe("scaleBestEffort", () => {
  it("holds together inside the trace, in order of start, job and index, no execution twice", () => {
    fc.assert(
      fc.property(factor, seed, (f, s) => {
        const scaled = scaleBestEffort(WORKLOAD, f, s);
        expect(findFault(scaled)).toBeUndefined();
        const { executions, usage, steps, stepSeconds } = scaled;
        const keys = Array.from(
          executions.start,
          (start, row) => [start, executions.job[row], executions.index[row]] as const,
        );
        for (let row = 0; row < keys.length; row++) {
          const samples = usage.offsets[row + 1] - usage.offsets[row];
          expect(usage.firstStep[row]).toBe(Math.floor(executions.start[row] / stepSeconds));
          expect(usage.firstStep[row] + samples).toBeLessThanOrEqual(steps);
          expect(executions.end[row]).toBeLessThanOrEqual(steps * stepSeconds);
          if (row === 0) continue;
          const [a, b] = [keys[row - 1], keys[row]];
          const at = a.findIndex((part, i) => part !== b[i]);
          expect(at >= 0 && a[at] < b[at]).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("only adds executions as the factor grows, and with them CPU time", () => {
    fc.assert(
      fc.property(factor, factor, seed, (a, b, s) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((f) => scaleBestEffort(WORKLOAD, f, s));
        const larger = new Set(runsOf(more, BEST_EFFORT));
        for (const execution of runsOf(less, BEST_EFFORT)) expect(larger.has(execution)).toBe(true);
        expect(bestEffortCpu(more)).toBeGreaterThanOrEqual(bestEffortCpu(less) - 1e-9);
      }),
      { numRuns: 25 },
    );
  });

  it("leaves latency-critical executions as they are", () => {
    const before = runsOf(WORKLOAD, LATENCY_CRITICAL);
    fc.assert(
      fc.property(factor, seed, (f, s) => {
        expect(runsOf(scaleBestEffort(WORKLOAD, f, s), LATENCY_CRITICAL)).toEqual(before);
      }),
      { numRuns: 15 },
    );
  });

  it("multiplies work and every priority's executions exactly by a whole factor", () => {
    const before = prioritiesOf(WORKLOAD);
    for (const times of [2, 3]) {
      const scaled = scaleBestEffort(WORKLOAD, times, 7);
      expect(bestEffortCpu(scaled)).toBeCloseTo(times * bestEffortCpu(WORKLOAD), 6);
      expect(prioritiesOf(scaled)).toEqual(new Map([...before].map(([p, count]) => [p, times * count])));
    }
  });

  it("keeps about the factor's share of tasks, whole with all their executions", () => {
    const tasks = Array.from({ length: 2000 }, () => ({ cpu: [0.1] }));
    const many = tinyWorkload({ machines: [{}], steps: 2, tasks });
    const counts = [0.25, 0.5, 1.25].map((f) => scaleBestEffort(many, f, 1).executions.start.length / 2000);
    for (const [i, f] of [0.25, 0.5, 1.25].entries()) expect(Math.abs(counts[i] - f)).toBeLessThan(0.04);

    const repeated = {
      ...WORKLOAD.executions,
      job: WORKLOAD.executions.job.map(() => 5n),
      index: WORKLOAD.executions.index.map((_, row) => row % 9),
    };
    const half = scaleBestEffort({ ...WORKLOAD, executions: repeated }, 0.5, 1);
    const rowsBy = (index: number, executions: Workload["executions"]): number =>
      executions.index.filter((i, row) => i === index && executions.taskClass[row] === BEST_EFFORT).length;
    for (let index = 0; index < 9; index++)
      expect([0, rowsBy(index, repeated)]).toContain(rowsBy(index, half.executions));
  });

  it("leaves none at 0 and is the identity at 1", () => {
    expect(runsOf(scaleBestEffort(WORKLOAD, 0), BEST_EFFORT)).toEqual([]);
    expect(scaleBestEffort(WORKLOAD, 1)).toBe(WORKLOAD);
  });

  it("gives copies an index and a start of their own, and no machine; residents keep their times", () => {
    const workload = tinyWorkload({
      machines: [{}],
      steps: 40,
      tasks: [
        { cpu: Array.from({ length: 40 }, () => 0.2), machine: 0, initial: true },
        { cpu: [0.1, 0.3], start: 20 * 300 + 100, machine: 0 },
      ],
    });
    const { executions, usage, provenance } = scaleBestEffort(workload, 9, 1);
    const later = Array.from(executions.start, (_, row) => row).filter((row) => executions.job[row] === 1n);
    expect(later).toHaveLength(9);
    for (const row of later) {
      expect(Math.abs(usage.firstStep[row] - 20)).toBeLessThanOrEqual(12);
      expect(executions.start[row]).toBe(usage.firstStep[row] * 300 + 100);
      expect(executions.end[row] - executions.start[row]).toBe(500);
      expect(executions.machine[row]).toBe(executions.index[row] === 0 ? 0 : -1);
      expect(executions.measured[row]).toBe(executions.index[row] === 0 ? 1 : 0);
    }
    expect(new Set(later.map((row) => executions.start[row])).size).toBeGreaterThan(4);
    const residents = executions.start.filter((_, row) => executions.job[row] === 0n);
    expect([...residents]).toEqual(Array.from({ length: 9 }, () => 0));
    expect(executions.initial.reduce((sum, value) => sum + value, 0)).toBe(1);
    expect(provenance).toMatchObject({ usage: "mixed", options: { bestEffortFactor: 9, bestEffortSeed: 1 } });
  });

  it("refuses a factor that is no number of at least 0, and one for which indices run out", () => {
    for (const bad of [-0.1, NaN, Infinity])
      expect(() => scaleBestEffort(WORKLOAD, bad)).toThrow(`invalid factor of best-effort work: ${bad}`);
    expect(() => scaleBestEffort(WORKLOAD, 2 ** 32)).toThrow("too large");
  });
});
