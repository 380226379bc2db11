/** Tasks that run at the beginning, and machines that leave and join, under every architecture. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Prefill } from "../../src/architectures/capacity.js";
import { clusterOf, type CapacityChanges } from "../../src/architectures/cluster.js";
import { jobsFrom, type Jobs } from "../../src/architectures/jobs/jobs.js";
import { scheduleMetrics } from "../../src/architectures/metrics.js";
import { ARCHITECTURES } from "../../src/architectures/registry.js";
import { schedule, type Schedule } from "../../src/architectures/schedule.js";

const NAMES = ARCHITECTURES.map(({ name }) => name);

/** A small cluster has common workers only with few masters. */
const PIGEON = { reserved: 0, masters: 1 };

const run = (
  name: string,
  jobs: Jobs,
  { machines = 1, changes, prefill }: { machines?: number; changes?: CapacityChanges; prefill?: Prefill },
): Schedule =>
  schedule(jobs, { ...clusterOf({ machines, cpu: 2, memory: 2 }), ...(changes && { changes }) }, name, {
    prefill,
    parameters: name === "pigeon" ? PIGEON : {},
  });

const changesOf = (rows: readonly (readonly [number, number, number])[]): CapacityChanges => ({
  time: Float64Array.from(rows, ([time]) => time),
  machine: Int32Array.from(rows, ([, machine]) => machine),
  cpu: Float64Array.from(rows, ([, , cpu]) => cpu),
  memory: new Float64Array(rows.length),
});

/** Messages, think time and waits for the next decision take less than this in a small cluster. */
const DELAY = 2.5;

const expectStart = ({ tasks }: Schedule, task: number, earliest: number): void => {
  expect(tasks.start[task]).toBeGreaterThanOrEqual(earliest);
  expect(tasks.start[task]).toBeLessThan(earliest + DELAY);
};

const one = jobsFrom([{ arrival: 0, cpu: 1, duration: 10 }]);

describe.each(NAMES)("%s", (name) => {
  it("lets a job wait until a task that runs at the beginning ends", () => {
    const prefill = jobsFrom([{ arrival: 0, cpu: 2, duration: 50 }]);
    expectStart(run(name, one, { prefill }), 0, 50);
  });

  it("has room for a task of a whole machine, whatever the sums of amounts round to", () => {
    // .9 - .3 - .1 + .1 + .3 is less than .9 in floating point.
    const changes = changesOf([
      [0, 0, -0.3],
      [0, 0, -0.1],
      [1, 0, 0.1],
      [2, 0, 0.3],
    ]);
    const whole = jobsFrom([{ arrival: 0, cpu: 0.9, duration: 10 }]);
    const cluster = { ...clusterOf({ machines: 1, cpu: 0.9 }), changes };
    const parameters = name === "pigeon" ? PIGEON : {};
    expectStart(schedule(whole, cluster, name, { parameters }), 0, 2);
  });

  it("has no room on a machine with tasks that demand more than it has", () => {
    const tasks = jobsFrom([
      { arrival: 0, cpu: 1, duration: 100 },
      { arrival: 0, cpu: 3, duration: 50 },
      { arrival: 0, cpu: 0.5, duration: 200 },
    ]);
    // CPU 4.5 of 2 is in use until 50, CPU 1.5 until 100, and CPU .5 until 200.
    expectStart(run(name, one, { prefill: { ...tasks, machine: Int32Array.of(0, 0, 0) } }), 0, 100);
  });

  it("starts no task on a machine that has left, and tasks that run there end", () => {
    const jobs = jobsFrom([
      { arrival: 0, cpu: 1, duration: 20 },
      { arrival: 8, cpu: 1, duration: 10 },
    ]);
    const changes = changesOf([
      [5, 0, -2],
      [40, 0, 2],
    ]);
    const made = run(name, jobs, { changes });
    expectStart(made, 0, 0);
    expect(made.tasks.end[0]).toBe(made.tasks.start[0] + 20);
    expectStart(made, 1, 40);
  });

  it("leaves no task on a machine above its capacity", () => {
    const rows = fc.array(
      fc.record({
        arrival: fc.integer({ min: 0, max: 12 }),
        cpu: fc.constantFrom(0.5, 1, 2),
        durations: fc.array(fc.constantFrom(0.5, 3, 8), { minLength: 1, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const running = fc.array(
      fc.record({ cpu: fc.constantFrom(0.5, 1, 2), durations: fc.array(fc.constantFrom(2, 9, 30)) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(rows, running, (given, before) => {
        const held = before.filter(({ durations }) => durations.length > 0);
        const prefill = jobsFrom(held.map((row) => ({ arrival: 0, ...row })));
        const machine = prefill.duration.map((_, task) => task % 4);
        const made = run(name, jobsFrom(given), {
          machines: 4,
          prefill: { ...prefill, machine: Int32Array.from(machine) },
        });
        expect(Math.max(0, ...made.jobs.unplaced)).toBe(0);
        const at = (jobs: Jobs, tasks: { start: number[]; end: number[]; machine: number[] }) =>
          tasks.start.map((start, task) => ({
            start,
            end: tasks.end[task],
            machine: tasks.machine[task],
            cpu: jobs.cpu[jobs.taskOffsets.findIndex((offset) => offset > task) - 1],
          }));
        const placed = at(made.submitted, {
          start: [...made.tasks.start],
          end: [...made.tasks.end],
          machine: [...made.tasks.machine],
        });
        const all = [
          ...placed,
          ...at(prefill, {
            start: [...prefill.duration].fill(0),
            end: [...prefill.duration],
            machine: [...machine],
          }),
        ];
        for (const task of placed) {
          const beside = all.filter(
            ({ machine, start, end }) =>
              machine === task.machine && start <= task.start && end > task.start + 1e-9,
          );
          expect(beside.reduce((sum, { cpu }) => sum + cpu, 0)).toBeLessThanOrEqual(2 + 1e-9);
        }
      }),
      { numRuns: 20 },
    );
  });
});

it("computes the use of CPU from tasks, tasks of the beginning and capacity over time", () => {
  // 2 machines of CPU 2. From 0 to 10: a task of 1 CPU, and until 4 one of 2 CPUs that ran before. From 5 on,
  // one machine is away: (10 + 8) of 10 x 4 - 5 x 2 CPU seconds.
  const prefill = { ...jobsFrom([{ arrival: 0, cpu: 2, duration: 4 }]), machine: Int32Array.of(1) };
  const changes = changesOf([[5, 1, -2]]);
  const made = schedule(one, { ...clusterOf({ machines: 2, cpu: 2 }), changes }, "omniscient", {
    prefill,
    parameters: { delay: 0 },
  });
  expect([made.tasks.start[0], made.tasks.end[0]]).toEqual([0, 10]);
  expect(scheduleMetrics(made).cpuUse).toBeCloseTo(18 / 30, 12);
});

it.each(["omega", "mesos-offers", "mesos-drf", "sparrow"])(
  "%s needs no time while nothing happens",
  (name) => {
    const rows = [0, 0, 5].map((arrival, i) => ({ arrival, cpu: 2, duration: i < 2 ? 1e10 : 3 }));
    const { endTime, events } = run(name, jobsFrom(rows), {});
    expect(endTime).toBeGreaterThan(9e9);
    expect(events).toBeLessThan(10_000);
  },
);

describe("tasks that run at the beginning", () => {
  it("are on random machines with room where their machines are not known", () => {
    // Three of them fill three of four machines, so that the job's four tasks run on the fourth.
    const prefill = jobsFrom([{ arrival: 0, cpu: 2, durations: [50, 50, 50] }]);
    const jobs = jobsFrom([{ arrival: 0, cpu: 0.5, durations: [9, 9, 9, 9] }]);
    const { tasks } = run("omniscient", jobs, { machines: 4, prefill });
    expect(new Set(tasks.machine).size).toBe(1);
    expect(Math.max(...tasks.start)).toBeLessThan(1);
  });

  it("are left out where they fit nowhere and have no machine", () => {
    expectStart(run("omniscient", one, { prefill: jobsFrom([{ arrival: 0, cpu: 3, duration: 50 }]) }), 0, 0);
  });
});

it.each([
  [[-1, 0, 1] as const, "change 1 of the cluster is at time -1"],
  [[0, 1, 1] as const, "on machine 1"],
  [[0, 0, NaN] as const, "by CPU NaN"],
])("refuses the change %j", (change, message) => {
  expect(() => run("omega", one, { changes: changesOf([change]) })).toThrow(message);
});

describe("a machine larger than the cluster says", () => {
  it.each([
    [[[5, 0, 1]], "change 1 of the cluster makes machine 0 larger (CPU 3, memory 2) than the cluster says"],
    // The order of time decides, not that of the rows.
    [
      [
        [9, 0, -2],
        [5, 0, 2],
      ],
      "change 2",
    ],
    [
      [
        [1, 0, -1],
        [2, 0, 2],
      ],
      "change 2",
    ],
  ] as const)("is refused: %j", (rows, message) => {
    expect(() => run("omega", one, { changes: changesOf(rows) })).toThrow(message);
  });

  it("is not one that comes back with the rounding of sums", () => {
    // .9 - .3 - .1 + .1 + .3 is above .9 in floats.
    const cluster = clusterOf({ machines: 1, cpu: 0.9 });
    const changes = changesOf([
      [1, 0, -0.3],
      [2, 0, -0.1],
      [3, 0, 0.1],
      [4, 0, 0.3],
    ]);
    const jobs = jobsFrom([{ arrival: 5, cpu: 0.8, duration: 1 }]);
    expectStart(schedule(jobs, { ...cluster, changes }, "omega"), 0, 5);
  });
});

it.each([
  [{ machine: Int32Array.of(4) }, "task 0 of the prefill is on machine 4: give a number from 0 to 3, or -1"],
  [{ machine: Int32Array.of(-2) }, "on machine -2"],
  [{ machine: Int32Array.of(0, 1) }, "the prefill has 2 machines for 1 tasks"],
  [{ arrival: Float64Array.of(3) }, "job 0 of the prefill arrives at 3: give 0"],
])("refuses the prefill %j", (wrong, message) => {
  expect(() => run("omega", one, { machines: 4, prefill: { ...one, ...wrong } })).toThrow(message);
});

it("refuses changes and prefill where a reference program has none", () => {
  const cluster = clusterOf({ machines: 4, cpu: 2, memory: 2 });
  const changing = { ...cluster, changes: changesOf([[5, 0, -2]]) };
  expect(() => schedule(one, changing, "omega", { mode: "omega-sim" })).toThrow("takes no changes");
  const options = { mode: "sparrow-sim", prefill: one };
  expect(() => schedule(one, cluster, "sparrow", options)).toThrow("mode sparrow-sim takes no prefill");
});
