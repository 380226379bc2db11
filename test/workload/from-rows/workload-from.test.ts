import { from as fromRows } from "arquero";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { createPolicy } from "../../../src/policies/index.js";
import { simulate } from "../../../src/simulate/simulate.js";
import { findFault } from "../../../src/workload/check.js";
import { predecessorsOf } from "../../../src/workload/dependencies.js";
import type { OwnRows } from "../../../src/workload/from-rows/rows.js";
import { workloadFrom } from "../../../src/workload/from-rows/workload-from.js";
import { BEST_EFFORT, LATENCY_CRITICAL, OUTCOME, type Workload } from "../../../src/workload/workload.js";

interface WholeSteps {
  readonly lc: boolean;
  readonly first: number;
  readonly cpu: readonly number[];
  readonly memory: number;
  readonly machine: number;
}

/** Two machines, and tasks that are there for whole steps, written out without workloadFrom. */
function columnByColumn(tasks: readonly WholeSteps[], steps: number): Workload {
  const none = new Float64Array(0);
  const offsets = [0];
  for (const { cpu } of tasks) offsets.push(offsets[offsets.length - 1] + cpu.length);
  return {
    source: "by hand",
    stepSeconds: 300,
    steps,
    originSeconds: 0,
    lcRule: "class>=2",
    machines: {
      id: BigInt64Array.of(1n, 2n),
      cpu: Float64Array.of(1, 1),
      memory: Float64Array.of(1, 1),
      up: Uint8Array.of(1, 1),
    },
    machineEvents: {
      time: none,
      machine: new Int32Array(0),
      kind: new Uint8Array(0),
      cpu: none,
      memory: none,
    },
    executions: {
      job: BigInt64Array.from(tasks, (_, i) => BigInt(i)),
      index: new Int32Array(tasks.length),
      taskClass: Uint8Array.from(tasks, ({ lc }) => (lc ? LATENCY_CRITICAL : BEST_EFFORT)),
      priority: Uint8Array.from(tasks, ({ lc }) => (lc ? 9 : 2)),
      schedulingClass: Uint8Array.from(tasks, ({ lc }) => (lc ? 3 : 0)),
      submit: Float64Array.from(tasks, ({ first }) => 300 * first),
      start: Float64Array.from(tasks, ({ first }) => 300 * first),
      end: Float64Array.from(tasks, ({ first, cpu }) => 300 * (first + cpu.length)),
      outcome: Uint8Array.from(tasks, () => OUTCOME.finish),
      cpuRequest: Float64Array.from(tasks, ({ cpu }) => Math.max(...cpu)),
      memoryRequest: Float64Array.from(tasks, ({ memory }) => memory),
      machine: Int32Array.from(tasks, ({ machine }) => machine),
      initial: new Uint8Array(tasks.length),
      measured: new Uint8Array(tasks.length).fill(1),
    },
    usage: {
      offsets: Int32Array.from(offsets),
      firstStep: Int32Array.from(tasks, ({ first }) => first),
      cpu: Float32Array.from(tasks.flatMap(({ cpu }) => cpu)),
      memory: Float32Array.from(tasks.flatMap(({ cpu, memory }) => cpu.map(() => memory))),
    },
    provenance: { inputs: [], options: {}, usage: "measured", report: {} },
  };
}

describe("workloadFrom", () => {
  it("makes a workload of rows, in order of start, with what they do not name as stated", () => {
    const workload = workloadFrom({
      machines: [
        { id: "big", cpu: 2 },
        { id: "small", memory: 0.5 },
      ],
      tasks: [
        { id: "late", start: 450, end: 900, cpu: 0.5, after: "web" },
        {
          id: "web",
          start: 0,
          end: 600,
          cpu: [0.25, 1],
          memory: 0.5,
          class: "LC",
          machine: "small",
          initial: true,
        },
      ],
    });
    expect(findFault(workload)).toBeUndefined();
    const { machines, executions, usage, steps, dependencies } = workload;
    expect([...machines.id, ...machines.cpu, ...machines.memory]).toEqual([1n, 2n, 2, 1, 1, 0.5]);
    expect([steps, ...executions.start, ...executions.end]).toEqual([3, 0, 450, 600, 900]);
    // Jobs are numbered as the rows were given.
    expect([...executions.job, ...executions.index]).toEqual([2n, 1n, 0, 0]);
    expect([
      ...executions.taskClass,
      ...executions.priority,
      ...executions.machine,
      ...executions.initial,
    ]).toEqual([1, 0, 9, 2, 1, -1, 1, 0]);
    expect([...executions.cpuRequest, ...executions.memoryRequest]).toEqual([1, 0.5, 0.5, 0]);
    // "late" is there for half of step 1, and all of step 2.
    expect([...usage.offsets, ...usage.firstStep]).toEqual([0, 2, 4, 0, 1]);
    expect([...usage.cpu]).toEqual([0.25, 1, 0.25, 0.5]);
    expect([...usage.memory]).toEqual([0.5, 0.5, 0, 0]);
    expect(predecessorsOf(dependencies)(1n, 0)).toEqual([{ job: 2n, firstIndex: 0, instances: 1 }]);
  });

  it("takes use from a table of measurements, each of which holds to the next", () => {
    const { usage, executions } = workloadFrom({
      machines: { count: 2 },
      tasks: [{ id: 7, start: 0, end: 600 }],
      usage: [
        { task: 7, time: 450, cpu: 1, memory: 0.25 },
        { task: 7, time: 0, cpu: 0.5, memory: 0.125 },
      ],
    });
    // Step 1: half at .5, half at 1.
    expect([...usage.cpu]).toEqual([0.5, 0.75]);
    expect([...usage.memory]).toEqual([0.125, 0.1875]);
    expect(executions.measured[0]).toBe(1);
  });

  it("requests the largest use, in whichever form the use is given", () => {
    const step = fc.record({ cpu: fc.integer({ min: 0, max: 9 }), memory: fc.integer({ min: 0, max: 9 }) });
    const task = fc.array(step, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(task, { minLength: 1, maxLength: 4 }), (tasks) => {
        const machines = { count: 2 };
        const spans = tasks.map((steps, id) => ({ id, start: 0, end: 300 * steps.length }));
        const rows = tasks.flatMap((steps, task) =>
          steps.map((use, step) => ({ task, time: 300 * step, ...use })),
        );
        const after = tasks.map((steps, task) => ({ task, time: 300 * steps.length, cpu: 99, memory: 99 }));
        const listed = tasks.map((steps, id) => ({
          ...spans[id],
          cpu: steps.map(({ cpu }) => cpu),
          memory: steps.map(({ memory }) => memory),
        }));
        const largest = (key: "cpu" | "memory"): number[] =>
          tasks.map((steps) => Math.max(...steps.map((use) => use[key])));
        for (const given of [
          { machines, tasks: listed },
          { machines, tasks: spans, usage: rows },
          { machines, tasks: spans, usage: [...rows, ...after] },
        ]) {
          const { executions } = workloadFrom(given);
          expect([...executions.cpuRequest]).toEqual(largest("cpu"));
          expect([...executions.memoryRequest]).toEqual(largest("memory"));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("requests nothing that was measured before the start, and keeps a request that is given", () => {
    const { executions } = workloadFrom({
      machines: { count: 1 },
      tasks: [
        { id: 1, start: 600, end: 900 },
        { id: 2, start: 600, end: 900, cpuRequest: 0.5, memoryRequest: 0.75, memory: 0.25 },
        { id: 3, start: 600, end: 900, memory: 0.25 },
      ],
      usage: [1, 2, 3].flatMap((task) => [
        { task, time: 0, cpu: 9 },
        { task, time: 300, cpu: 0.25 },
        { task, time: 700, cpu: 0.125 },
      ]),
    });
    expect([...executions.cpuRequest]).toEqual([0.25, 0.5, 0.25]);
    expect([...executions.memoryRequest]).toEqual([0, 0.75, 0.25]);
  });

  it("spreads tasks of a table of usage over machines, as it spreads tasks with cpu of their own", () => {
    const cells = { a: [0.5, 0.6], b: [0.6, 0.6], c: [0.7, 0.2] };
    const usage = Object.entries(cells).flatMap(([task, values]) =>
      values.map((cpu, step) => ({ task, time: 300 * step, cpu })),
    );
    const tasks = Object.keys(cells).map((id) => ({ id, start: 0, end: 600, class: "LC" as const }));
    const { utilization } = simulate(
      workloadFrom({ machines: { count: 3 }, tasks, usage }),
      createPolicy("no-migration"),
    ).summary;
    // Each has a machine of its own: (1.8 + 1.4) / 2 steps / 3 machines, with CPU kept as 32-bit numbers.
    expect(utilization).toBeCloseTo(3.2 / 6, 6);
  });

  it("takes a first measurement for what was before it, also where only that is kept", () => {
    const { usage } = workloadFrom(
      {
        machines: { count: 1 },
        tasks: [{ id: 1, start: 0, end: 1200 }],
        usage: [{ task: 1, time: 900, cpu: 0.5 }],
      },
      { steps: 1 },
    );
    expect([...usage.cpu]).toEqual([0.5]);
  });

  it("gives a task of which no job is named a job of its own", () => {
    const task = { start: 0, end: 300, cpu: 0.5 };
    const { executions } = workloadFrom({
      machines: { count: 1 },
      tasks: [{ ...task, job: 2 }, task, { ...task, job: 2 }],
    });
    expect([...executions.job, ...executions.index]).toEqual([2n, 2n, 4n, 0, 1, 0]);
  });

  it("takes more tasks than a function takes arguments", () => {
    const tasks = Array.from({ length: 200_000 }, () => ({ start: 0, end: 300, cpu: 0.5 }));
    expect(workloadFrom({ machines: { count: 1 }, tasks }).executions.job).toHaveLength(200_000);
  });

  it("takes arquero tables as it takes arrays", () => {
    const rows = {
      machines: [{ id: 1, cpu: 1, memory: 1 }],
      tasks: [
        { start: 0, end: 300, cpu: 0.5 },
        { start: 300, end: 900, cpu: 0.25 },
      ],
    };
    expect(workloadFrom({ machines: fromRows(rows.machines), tasks: fromRows(rows.tasks) })).toEqual(
      workloadFrom(rows),
    );
  });

  it("cuts at the steps that are asked for", () => {
    const { executions, steps } = workloadFrom(
      {
        machines: { count: 1 },
        tasks: [
          { start: 0, end: 900, cpu: 0.5 },
          { start: 600, end: 900, cpu: 0.5 },
        ],
      },
      { steps: 1 },
    );
    // Alive.
    expect([steps, ...executions.end, ...executions.outcome]).toEqual([1, 300, 255]);
  });

  it("replays as a workload that is written out column by column", () => {
    const task = fc.record({
      lc: fc.boolean(),
      first: fc.nat(3),
      cpu: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 4 }),
      memory: fc.constantFrom(0, 0.125, 0.25),
      machine: fc.constantFrom(-1, 0, 1),
    });
    fc.assert(
      fc.property(fc.array(task, { minLength: 1, maxLength: 8 }), (tasks) => {
        const ordered = tasks.map((one, i) => ({ ...one, i })).sort((a, b) => a.first - b.first || a.i - b.i);
        const use = (cpu: readonly number[]): number[] => cpu.map((eighths) => eighths / 8);
        const steps = Math.max(...tasks.map(({ first, cpu }) => first + cpu.length));
        const byHand = columnByColumn(
          ordered.map(({ cpu, ...task }) => ({ ...task, cpu: use(cpu) })),
          steps,
        );
        const ours = workloadFrom({
          machines: { count: 2 },
          tasks: tasks.map(({ lc, first, cpu, memory, machine }) => ({
            class: lc ? "LC" : "BE",
            start: 300 * first,
            cpu: use(cpu),
            memory,
            memoryRequest: memory,
            ...(machine < 0 ? {} : { machine: machine + 1 }),
          })),
        });
        const stepsOf = (workload: typeof ours): unknown =>
          simulate(workload, createPolicy("threshold"), { seed: 1 }).steps;
        expect(stepsOf(ours)).toEqual(stepsOf(byHand));
      }),
      { numRuns: 50 },
    );
  });
});

describe("workloadFrom refuses", () => {
  const good = { machines: { count: 1 }, tasks: [{ start: 0, end: 300, cpu: 0.5 }] };
  it.each<[string, object, string]>([
    ["an unknown table", { ...good, task: [] }, "unknown table of workloadFrom: task (did you mean tasks?)"],
    ["no machine", { ...good, machines: [] }, "machines has no rows"],
    ["no task", { ...good, tasks: [] }, "tasks has no rows"],
    [
      "an unknown column",
      { ...good, tasks: [{ start: 0, ends: 3, cpu: 1 }] },
      "tasks, row 1: unknown column ends (did you mean end?)",
    ],
    [
      "no start",
      { ...good, tasks: [{ end: 300, cpu: 1 }] },
      'tasks, row 1, column "start": is missing, and has no default',
    ],
    ["no end", { ...good, tasks: [{ start: 0, cpu: 1 }] }, 'tasks, row 1, column "end": is missing'],
    [
      "an end before the start",
      { ...good, tasks: [{ start: 5, end: 4, cpu: 1 }] },
      'column "end": 4 is not after its start 5',
    ],
    [
      "a text for a number",
      { ...good, tasks: [{ start: "0", end: 4, cpu: 1 }] },
      'column "start": "0" is not a number',
    ],
    ["negative use", { ...good, tasks: [{ start: 0, end: 4, cpu: -1 }] }, 'column "cpu": -1 is below 0'],
    ["no use", { ...good, tasks: [{ start: 0, end: 4 }] }, "tasks: 1 has no use of CPU"],
    [
      "another class",
      { ...good, tasks: [{ start: 0, end: 4, cpu: 1, class: "lc" }] },
      'column "class": "lc" is none of LC, BE',
    ],
    [
      "a machine that is none",
      { ...good, tasks: [{ start: 0, end: 4, cpu: 1, machine: 9 }] },
      'column "machine": no machine has the id 9',
    ],
    [
      "an order after nothing",
      { ...good, tasks: [{ start: 0, end: 4, cpu: 1, after: ["x"] }] },
      '"after" of 1 names x',
    ],
    [
      "an order that leads back",
      {
        ...good,
        tasks: [
          { id: "a", start: 0, end: 4, cpu: 1, after: ["c"] },
          { id: "b", start: 0, end: 4, cpu: 1, after: ["a"] },
          { id: "c", start: 0, end: 4, cpu: 1, after: ["a"] },
        ],
      },
      'tasks: by "after", tasks a, c wait for each other in a cycle; leave a name out',
    ],
    [
      "too few values",
      { ...good, tasks: [{ start: 0, end: 900, cpu: [1] }] },
      "cpu of 1 has 1 values, but the task is present in 3 steps",
    ],
    [
      "use of no task",
      { ...good, tasks: [{ start: 0, end: 4 }], usage: [{ task: 2, time: 0, cpu: 1 }] },
      'usage, row 1, column "task": no task has the id 2',
    ],
    [
      "measurements after the end",
      { ...good, tasks: [{ start: 0, end: 4 }], usage: [{ task: 1, time: 4, cpu: 1 }] },
      "usage: all rows of 1 are after its end at 4",
    ],
    [
      "two measurements at one time",
      { ...good, tasks: [{ start: 0, end: 4 }], usage: [1, 2].map((cpu) => ({ task: 1, time: 0, cpu })) },
      "usage: two rows of 1 have the time 0",
    ],
    [
      "a list of memory beside measurements",
      { ...good, tasks: [{ start: 0, end: 4, memory: [1] }], usage: [{ task: 1, time: 0, cpu: 1 }] },
      "tasks: 1 has a list of memory and rows of usage",
    ],
    [
      "two ids alike",
      { ...good, tasks: [1, 1].map((id) => ({ id, start: 0, end: 4, cpu: 1 })) },
      'tasks, row 2, column "id": 1 is also the id of an earlier row',
    ],
    ["what is no row", { ...good, tasks: [7] }, "tasks, row 1: is not an object"],
  ])("%s", (_, rows, message) => {
    const attempt = (): unknown => workloadFrom(rows as OwnRows);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(message);
  });
});
