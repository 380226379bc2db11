import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { findFault } from "../../../src/workload/check.js";
import { describeWorkload } from "../../../src/workload/describe/describe.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import type { SyntheticOptions } from "../../../src/traces/synthetic/options.js";
import { MACHINE_EVENT, OUTCOME, type Workload } from "../../../src/workload/workload.js";

const SMALL: SyntheticOptions = { machines: 12, steps: 60, seed: 7 };

/** Every typed array of the workload, as text, to compare two of them. */
function contents({ machines, machineEvents, executions, usage }: Workload): string {
  const columns = [machines, machineEvents, executions, usage].flatMap(
    (table) => Object.values(table) as ArrayLike<unknown>[],
  );
  return columns.map((column) => Array.from(column, String).join(",")).join("\n");
}

describe.each([1, 2, 3])("a generated day of 800 machines, seed %d, is like the published cell", (seed) => {
  let workload: Workload;
  let rows: Map<string, number | null>;
  beforeAll(() => {
    workload = generateWorkload({ seed });
    rows = new Map(describeWorkload(workload).map((row) => [`${row.section}/${row.statistic}`, row.value]));
  });

  it.each([
    ["use/CPU used, first step", 0.37, 0.42],
    ["use/CPU used", 0.36, 0.42],
    ["use/memory used", 0.37, 0.45],
    ["use/production CPU, highest hour of the day over lowest", 1.15, 1.45],
    ["use/CPU used over requested, prod", 0.3, 0.36],
    ["use/memory used over requested, prod", 0.55, 0.61],
    ["balance/Gini of CPU, first step", 0.32, 0.37],
    ["balance/Gini of memory, first step", 0.2, 0.25],
    ["balance/change of a machine's CPU in 300 s, sd", 0.07, 0.1],
    ["balance/correlation of machines' CPU over 55 min", 0.8, 0.9],
    ["start/tasks per machine", 10.2, 10.26],
    ["start/tasks per machine, 5 %", 5, 7],
    ["start/tasks per machine, 95 %", 13, 17],
    ["start/machines with LC and BE tasks (class>=2)", 0.95, 1],
    ["start/share of tasks, prod", 0.4, 0.43],
    ["start/share of tasks, beb", 0.16, 0.18],
    ["start/share of tasks, free", 0.4, 0.43],
    ["start/share of tasks, class 0", 0.3, 0.34],
    ["start/share of tasks, class 3", 0.18, 0.22],
    ["start/CPU requested", 1.11, 1.19],
    ["start/CPU requested, LC (class>=2)", 0.757, 0.817],
    ["start/CPU requested, BE (class>=2)", 0.334, 0.394],
    ["start/memory requested", 0.84, 0.94],
    ["start/Gini of CPU requested", 0.065, 0.09],
    ["start/Gini of memory requested", 0.12, 0.17],
    ["arrivals/share of executions, beb", 0.45, 0.72],
    ["arrivals/share of executions, prod", 0.008, 0.025],
    ["arrivals/scheduling delay, median", 1.85, 2],
    ["durations/beb, 50 %", 300, 460],
    ["ends/finish", 0.5, 0.7],
    ["ends/evict", 0.03, 0.09],
  ])("%s is between %d and %d", (statistic, least, most) => {
    const value = rows.get(statistic);
    expect(value).toBeGreaterThanOrEqual(least);
    expect(value).toBeLessThanOrEqual(most);
  });

  it("executions 8.5 to 12 tasks a machine at any time", () => {
    const { executions, steps, stepSeconds } = workload;
    for (let step = 0; step < steps; step += 12) {
      const time = step * stepSeconds;
      let running = 0;
      for (let execution = 0; execution < executions.job.length; execution++) {
        if (executions.start[execution] <= time && executions.end[execution] > time) running++;
      }
      expect(running / 800).toBeGreaterThan(8.5);
      expect(running / 800).toBeLessThan(12);
    }
  });

  it("leaves room for the memory peaks of the first executions on every machine", () => {
    const { executions, usage, machines } = workload;
    const peaks = new Float64Array(machines.id.length);
    for (let execution = 0; execution < executions.job.length; execution++) {
      if (executions.initial[execution] === 0) continue;
      peaks[executions.machine[execution]] += Math.max(
        ...usage.memory.subarray(usage.offsets[execution], usage.offsets[execution + 1]),
      );
    }
    expect(peaks.filter((peak) => peak > 0.5)).toHaveLength(0);
  });
});

describe("generateWorkload", () => {
  it("holds together: columns, order, samples", () => {
    const options = fc.record({
      machines: fc.integer({ min: 1, max: 30 }),
      steps: fc.integer({ min: 1, max: 80 }),
      seed: fc.integer(),
      stepSeconds: fc.constantFrom(60, 300, 1000),
      failures: fc.boolean(),
      tasksPerMachine: fc.constantFrom(0, 1, 10),
    });
    fc.assert(
      fc.property(options, (given) => {
        const workload = generateWorkload(given);
        const { executions, usage, steps, stepSeconds } = workload;
        expect(findFault(workload)).toBeUndefined();
        const { submit, start, end, outcome } = executions;
        const wrong = Array.from(start.keys()).filter((i) => {
          const samples = Math.ceil(end[i] / stepSeconds) - Math.floor(start[i] / stepSeconds);
          const isSound =
            submit[i] <= start[i] &&
            start[i] < end[i] &&
            end[i] <= steps * stepSeconds &&
            (outcome[i] === OUTCOME.alive) === (end[i] === steps * stepSeconds) &&
            (i === 0 || start[i] >= start[i - 1]) &&
            usage.offsets[i + 1] - usage.offsets[i] === samples;
          return !isSound;
        });
        expect(wrong).toEqual([]);
        expect(usage.cpu.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(usage.memory.every((value) => value >= 0 && value <= 1)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("gives the same bytes for the same options, others for another seed", () => {
    expect(contents(generateWorkload(SMALL))).toBe(contents(generateWorkload(SMALL)));
    expect(contents(generateWorkload({ ...SMALL, seed: 8 }))).not.toBe(contents(generateWorkload(SMALL)));
    expect(generateWorkload(SMALL).provenance).toEqual(generateWorkload(SMALL).provenance);
  });

  it("keeps the number of tasks level over weeks", () => {
    const { executions, steps, stepSeconds } = generateWorkload({ machines: 100, steps: 16 * 288, seed: 1 });
    const running = [1, 5, 10, 15].map((day) => {
      const time = day * 288 * stepSeconds;
      return (
        executions.start.filter((start, execution) => start <= time && executions.end[execution] > time)
          .length / 100
      );
    });
    expect(steps).toBe(4608);
    for (const tasks of running) {
      expect(tasks).toBeGreaterThan(8.5);
      expect(tasks).toBeLessThan(13);
    }
  });

  it("executions nothing on a machine that is down, and executions the tasks elsewhere", () => {
    const workload = generateWorkload({ machines: 60, steps: 6 * 288, seed: 3, failures: true });
    const { machineEvents, executions } = workload;
    expect(machineEvents.time.length).toBeGreaterThan(4);
    let cut = 0;
    machineEvents.time.forEach((down, row) => {
      if (machineEvents.kind[row] !== MACHINE_EVENT.remove) return;
      const machine = machineEvents.machine[row];
      const back = machineEvents.time.findIndex(
        (time, later) => later > row && time > down && machineEvents.machine[later] === machine,
      );
      const up = back < 0 ? Infinity : machineEvents.time[back];
      for (let execution = 0; execution < executions.job.length; execution++) {
        if (executions.machine[execution] !== machine) continue;
        expect(executions.start[execution] >= up || executions.end[execution] <= down).toBe(true);
        if (executions.end[execution] !== down) continue;
        cut++;
        expect(executions.outcome[execution]).toBe(OUTCOME.evict);
        const again = executions.job.findIndex(
          (job, later) =>
            later > execution &&
            job === executions.job[execution] &&
            executions.index[later] === executions.index[execution],
        );
        if (again >= 0) expect(executions.submit[again]).toBe(down);
      }
    });
    expect(cut).toBeGreaterThan(10);
  });

  it("takes the LC rule", () => {
    const lc = (lcRule: SyntheticOptions["lcRule"]): number =>
      generateWorkload({ ...SMALL, steps: 1, lcRule }).executions.taskClass.filter((c) => c === 1).length;
    expect(lc("class==3")).toBeLessThan(lc("class>=2"));
  });

  it("reports progress", () => {
    const phases = new Map<string, number>();
    generateWorkload({ ...SMALL, onProgress: ({ phase, done, total }) => phases.set(phase, done / total!) });
    expect([...phases]).toEqual([
      ["generating executions", 1],
      ["modelling usage", 1],
    ]);
  });

  it.each([
    [{ machines: 0 }, "invalid machines: 0; use a whole number of at least 1"],
    [{ steps: 1.5 }, "invalid steps: 1.5; use a whole number of at least 1"],
    [{ seed: NaN }, "invalid seed: NaN; use a whole number"],
    [{ cpu: 0 }, "invalid cpu: 0; use a number above 0"],
    [{ tasksPerMachine: -1 }, "invalid tasksPerMachine: -1; use a number of at least 0"],
    [
      { lcRule: "class>2" as "class>=2" },
      "unknown lcRule: class>2; use one of class>=2, class==3, priority>=9",
    ],
    [{ arrivalShares: { free: 0, beb: 0, prod: 0 } }, /invalid arrivalShares: 0, 0, 0/],
  ] as const)("refuses %j", (options, message) => {
    expect(() => generateWorkload(options)).toThrow(InputError);
    expect(() => generateWorkload(options)).toThrow(message);
  });
});
