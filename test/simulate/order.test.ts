import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POLICIES } from "../../src/policies/index.js";
import type { Policy } from "../../src/policies/policy.js";
import { environment } from "../../src/simulate/environment.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import { tasksTable } from "../../src/simulate/tables.js";
import { openWorkload } from "../../src/traces/open.js";
import { keepWindow } from "../../src/workload/narrow.js";
import { countDependencies } from "../../src/workload/task-order.js";
import type { Workload } from "../../src/workload/workload.js";
import { tinyWorkload, type TinyTask } from "../tiny-workload.js";

const place: NonNullable<Policy["place"]> = (task, view) => (view.fits(task, 0) ? 0 : -1);
const first: Policy = { name: "first", place };

/** Tasks that stand as in the trace while they have room, on one machine for which all are small. */
function run(
  tasks: readonly TinyTask[],
  steps: number,
  more: Partial<Parameters<typeof tinyWorkload>[0]> = {},
): Run {
  return simulate(tinyWorkload({ machines: [{}], tasks, steps, ...more }), first, { order: "enforced" });
}

const small = (more: Partial<TinyTask> = {}): TinyTask => ({ cpu: [0.1], ...more });
const timesOf = ({ tasks }: Run): number[][] =>
  Array.from(tasks.placed, (placed, row) => [placed, tasks.ended[row]]);

describe("order enforced", () => {
  it("moves a chain by whole steps, with its length and its usage", () => {
    // In the trace all three begin at once: 2 steps, 1 step from 0 s to 120 s, and 2 steps from 60 s to 400 s.
    const tasks = [
      small({ cpu: [0.1, 0.2] }),
      small({ cpu: [0.3], end: 120, after: [0] }),
      small({ cpu: [0.4, 0.05], start: 60, end: 400, after: [1] }),
    ];
    const chain = run(tasks, 6);
    expect(timesOf(chain)).toEqual([
      [0, 600],
      [600, 720],
      [960, 1300],
    ]);
    expect([...chain.tasks.arrived!]).toEqual([0, 600, 960]);
    expect([...chain.steps.utilization].map((use) => Number(use.toFixed(6)))).toEqual([
      0.1, 0.2, 0.3, 0.4, 0.05, 0,
    ]);
    // Waiting for others is not waiting for a machine, and each took as long as in the trace.
    expect([chain.summary.waitSeconds, chain.summary.beSlowdown, chain.summary.pending]).toEqual([0, 1, 0]);
    expect([...chain.steps.waiting]).toEqual([2, 2, 1, 0, 0, 0]);
    const trace = simulate(tinyWorkload({ machines: [{}], tasks, steps: 6 }), first);
    expect(timesOf(trace)).toEqual([
      [0, 600],
      [0, 120],
      [60, 400],
    ]);
    expect("arrived" in trace.tasks).toBe(false);
  });

  it("lets the parts of a fork go together, and their join when the last has ended", () => {
    const fork = run(
      [
        small(),
        small({ cpu: [0.1, 0.1, 0.1], after: [0] }),
        small({ after: [0] }),
        small({ cpu: [0.1, 0.1], after: [0] }),
        small({ after: [1, 2, 3] }),
      ],
      6,
    );
    expect([...fork.tasks.placed]).toEqual([0, 300, 300, 300, 1200]);
  });

  it("counts the wait of a predecessor for room: the diamond's end comes after it", () => {
    // Memory for two at a time: of the two sides of the diamond one has to wait for the task in the way.
    const tasks = [
      small({ cpu: [0.1, 0.1, 0.1], memory: 0.5, priority: 9 }),
      small({ memory: 0.5 }),
      small({ memory: 0.5, after: [1] }),
      small({ memory: 0.5, after: [1] }),
      small({ memory: 0.5, after: [2, 3] }),
    ];
    const diamond = run(tasks, 5);
    expect([...diamond.tasks.placed]).toEqual([0, 0, 300, 600, 900]);
    expect(diamond.summary.waitSeconds).toBe(300 / 5);
    expect([...diamond.steps.waiting]).toEqual([3, 2, 1, 0, 0]);
  });

  it("keeps the arrival of the trace where all have ended when its step begins", () => {
    const tasks = [
      small({ end: 200 }),
      small({ start: 310, end: 320, after: [0] }),
      // Its predecessor ends 1 s before it, but within its step: it begins a step later.
      small({ start: 321, end: 330, after: [1] }),
    ];
    expect(timesOf(run(tasks, 4))).toEqual([
      [0, 200],
      [310, 320],
      [621, 630],
    ]);
  });

  it("waits for best-effort work that is stretched", () => {
    const stretched = run(
      [{ lc: true, cpu: [0.75, 0.25, 0.25] }, { cpu: [0.5, 0.5] }, small({ start: 600, after: [1] })],
      5,
    );
    // As in "best-effort work is closed-loop" (simulate.test.ts): it ends at 750 s, in the middle of step 2.
    expect(timesOf(stretched)[1]).toEqual([0, 750]);
    expect(timesOf(stretched)[2]).toEqual([900, 1200]);
  });

  it("moves the demand of LC tasks, which is lost only while they wait for room", () => {
    const lc = run([small({ cpu: [0.1, 0.1] }), { lc: true, cpu: [0.5, 0.25], after: [0] }], 5);
    expect(timesOf(lc)[1]).toEqual([600, 1200]);
    expect([...lc.steps.lcUtilization]).toEqual([0, 0, 0.5, 0.25, 0]);
    expect([lc.summary.lcShortfall, lc.summary.lcViolations]).toEqual([0, 0]);
    // There is no room for it in step 1, in which it comes: it misses its first step.
    const late = run(
      [
        small(),
        small({ cpu: [0.1, 0.1], memory: 0.75 }),
        { lc: true, cpu: [0.5, 0.25], memory: 0.5, after: [0] },
      ],
      4,
    );
    expect(timesOf(late)[2]).toEqual([600, 900]);
    expect([...late.steps.lcUtilization]).toEqual([0, 0, 0.25, 0]);
    expect(late.summary.lcShortfall).toBeCloseTo(0.5 / 0.75, 12);
  });

  it("takes an LC task for over when its time is over, though it never ran", () => {
    const lost = run([{ lc: true, cpu: [0.5], memory: 2 }, small({ after: [0] })], 5);
    expect(lost.counts.expired).toBe(1);
    // Its time is over with step 0, which the queue sees in step 1.
    expect(lost.tasks.placed[1]).toBe(600);
  });

  it("lets a task wait to the end for one that finds no room, and tells it", () => {
    const { tasks, summary, counts } = run(
      [small({ memory: 2 }), small({ after: [0] }), small({ after: [1] }), small()],
      3,
    );
    expect([...tasks.placed]).toEqual([NaN, NaN, NaN, 0]);
    expect([...tasks.arrived!]).toEqual([0, NaN, NaN, 0]);
    expect(summary.pending).toBe(3);
    expect(counts).toMatchObject({ arrived: 4, ended: 1, waiting: 3, held: 2, running: 0 });
  });

  it("waits for what runs when the trace begins, which itself has not waited", () => {
    const tasks = [
      small({ initial: true, machine: 0, cpu: [0.1, 0.1] }),
      small({ initial: true, machine: 0, after: [0] }),
      small({ after: [1] }),
    ];
    // The last one comes after the first, too, by way of the second.
    expect([...run(tasks, 4).tasks.placed]).toEqual([0, 0, 600]);
  });

  it("does not wait for tasks that are not in the workload, but for those before them", () => {
    const whole = tinyWorkload({
      machines: [{}],
      tasks: [
        small({ cpu: [0.1, 0.1, 0.1, 0.1] }),
        small({ start: 300, end: 400, after: [0] }),
        small({ start: 600, after: [1] }),
      ],
      steps: 8,
    });
    expect([...simulate(whole, first, { order: "enforced" }).tasks.placed]).toEqual([0, 1200, 1500]);
    // From step 2 on: the second has ended in the trace, the first runs for two more steps.
    const window = keepWindow(whole, 2, 6);
    expect(window.executions.start.length).toBe(2);
    expect([...simulate(window, first, { order: "enforced" }).tasks.placed]).toEqual([0, 600]);
    // From step 4 on there is none of the two, and the third is not there either.
    expect(countDependencies(window)).toEqual({ count: 0, broken: 0 });
  });

  it("waits for a task that lost its machine, until that has ended elsewhere", () => {
    const { tasks, counts } = run([small({ cpu: [0.1, 0.1] }), small({ start: 600, after: [0] })], 8, {
      machines: [{}, {}],
      events: [
        { time: 450, machine: 0, kind: "remove" },
        { time: 1000, machine: 0, kind: "add" },
      ],
    });
    expect(counts.evicted).toBe(1);
    // It starts anew in step 3 (900 s) and ends at 1500 s.
    expect([tasks.ended[0], tasks.placed[1]]).toEqual([1500, 1500]);
  });

  it("takes the trace's end of a task with its machine for an end, in time", () => {
    const tasks = [small({ cpu: [0.1, 0.1, 0.1], end: 620, machine: 0 }), small({ start: 300, after: [0] })];
    const events = [{ time: 590, machine: 0, kind: "remove" as const }];
    const { tasks: outcome, counts } = simulate(
      tinyWorkload({ machines: [{}, {}], tasks, steps: 5, events }),
      "no-migration",
      { order: "enforced" },
    );
    expect(counts.evicted).toBe(0);
    // It ended 620 s after the beginning, in step 2.
    expect([outcome.ended[0], outcome.placed[1]]).toEqual([620, 900]);
  });

  it("restarts a moved task that loses its machine, whatever the trace says of its end", () => {
    const tasks = [small({ cpu: [0.1, 0.1] }), small({ cpu: [0.1, 0.1], machine: 0, after: [0] })];
    const events = [{ time: 950, machine: 0, kind: "remove" as const }];
    const { tasks: outcome, counts } = simulate(
      tinyWorkload({ machines: [{}, {}], tasks, steps: 8, events }),
      { name: "trace" },
      { order: "enforced" },
    );
    expect([counts.evicted, outcome.placed[1], outcome.ended[1]]).toEqual([1, 600, 1500]);
  });

  it("is the same in an environment, and is told in the manifest and the table of tasks", () => {
    const workload = tinyWorkload({ machines: [{}], tasks: [small(), small({ after: [0] })], steps: 3 });
    const agent = environment(workload, { order: "enforced", place });
    agent.reset();
    let last = agent.step([]);
    while (!last.terminated) last = agent.step([]);
    const own = simulate(workload, first, { order: "enforced" });
    expect(last.info.run!.tasks).toEqual(own.tasks);
    expect(own.manifest.simulation.order).toBe("enforced");
    expect(own.manifest.workload.dependencies).toEqual({ count: 1, broken: 1 });
    expect(tasksTable(own, workload).array("arrived")).toEqual([0, 300]);
    const { simulation, workload: origin } = simulate(workload, first, { order: "trace" }).manifest;
    expect("order" in simulation || "dependencies" in origin).toBe(false);
  });

  it("changes nothing where no task comes after another", () => {
    const workload = tinyWorkload({
      machines: [{}, {}],
      tasks: [small({ cpu: [0.6, 0.7] }), small({ cpu: [0.9] }), { lc: true, cpu: [0.5, 0.5] }],
      steps: 4,
    });
    const [trace, enforced] = (["trace", "enforced"] as const).map((order) =>
      simulate(workload, "gini-greedy", { order }),
    );
    expect(enforced.steps).toEqual(trace.steps);
    expect(enforced.summary).toEqual(trace.summary);
    expect(enforced.migrations).toEqual(trace.migrations);
  });
});

describe("a cycle", () => {
  /** Each row waits for the given row. */
  function cycle(...after: number[]): Workload {
    const plain = tinyWorkload({ machines: [{}], tasks: after.map(() => small()), steps: 2 });
    const rows = after.length;
    return {
      ...plain,
      dependencies: {
        job: plain.executions.job,
        firstIndex: new Int32Array(rows),
        instances: new Int32Array(rows).fill(1),
        offsets: Int32Array.from({ length: rows + 1 }, (_, row) => row),
        after: Int32Array.from(after),
      },
    };
  }

  it("is refused where it would have to be kept, by the names of its tasks", () => {
    const enforce = (workload: Workload) => (): unknown => simulate(workload, first, { order: "enforced" });
    expect(enforce(cycle(1, 2, 0))).toThrow(
      "the order of tasks cannot be enforced: tasks 0/0, 1/0, 2/0 wait for each other in a cycle",
    );
    expect(enforce(cycle(1, 1))).toThrow("task 1/0 waits for itself");
    expect(enforce(cycle(1, 2, 3, 4, 5, 6, 0))).toThrow("0/0, 1/0, 2/0, 3/0, 4/0 and 2 more wait");
    expect(simulate(cycle(1, 2, 0), first).counts.ended).toBe(3);
  });
});

const STEPS = 8;
const MACHINES = 3;

const task = fc.record({
  lc: fc.boolean(),
  priority: fc.nat(3),
  step: fc.nat(STEPS - 1),
  offset: fc.constantFrom(0, 0, 100, 299),
  isInitial: fc.boolean(),
  cpu: fc.array(
    fc.integer({ min: 0, max: 8 }).map((x) => x / 16),
    { minLength: 1, maxLength: 4 },
  ),
  memory: fc.integer({ min: 1, max: 8 }).map((x) => x / 16),
  machine: fc.integer({ min: -1, max: MACHINES - 1 }),
  /** A task comes only after tasks of a lower rank, so that there is no cycle. */
  rank: fc.nat(100),
});
const scenario = fc.record({
  tasks: fc.array(task, { minLength: 2, maxLength: 20 }),
  edges: fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 25 }),
  events: fc.array(
    fc.record({
      time: fc.integer({ min: 1, max: STEPS * 300 - 1 }),
      machine: fc.nat(MACHINES - 1),
      kind: fc.constantFrom("add", "remove" as const),
    }),
    { maxLength: 3 },
  ),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** Returns the workload, and for each row the rows that it comes after, directly or by way of others. */
function build({ tasks, edges, events }: Scenario): { workload: Workload; before: Set<number>[] } {
  const rows = tasks
    .map(({ step, offset, ...rest }) => ({ ...rest, step, start: step * 300 + offset }))
    .sort((a, b) => a.start - b.start);
  const after = rows.map(() => new Set<number>());
  for (const [a, b] of edges.map((edge) => edge.map((end) => end % rows.length))) {
    const [earlier, later] = rows[a].rank <= rows[b].rank ? [a, b] : [b, a];
    if (rows[earlier].rank < rows[later].rank) after[later].add(earlier);
  }
  const before = after.map((direct) => new Set(direct));
  const byRank = [...rows.keys()].sort((a, b) => rows[a].rank - rows[b].rank);
  for (const row of byRank) for (const one of after[row]) for (const far of before[one]) before[row].add(far);
  const workload = tinyWorkload({
    machines: Array.from({ length: MACHINES }, () => ({})),
    tasks: rows.map(({ rank: _, step, isInitial, ...rest }, row): TinyTask => ({
      ...rest,
      cpu: rest.cpu.slice(0, STEPS - step),
      initial: isInitial && rest.start === 0,
      after: [...after[row]],
    })),
    events: events.slice().sort((a, b) => a.time - b.time),
    steps: STEPS,
  });
  return { workload, before };
}

describe("with order enforced, in every scenario", () => {
  it.each(POLICIES.map(({ name }) => name))("no task starts before all that it comes after: %s", (policy) => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { workload, before } = build(s);
        const { executions, usage } = workload;
        const { tasks, counts } = simulate(workload, policy, { order: "enforced" });
        expect(counts.ended + counts.running + counts.waiting + counts.expired).toBe(s.tasks.length);
        /** When an execution is over; an LC task also where it never ran to its end. */
        const over = (row: number): number => {
          if (!Number.isNaN(tasks.ended[row])) return tasks.ended[row];
          const isLc = executions.taskClass[row] === 1;
          const samples = usage.offsets[row + 1] - usage.offsets[row];
          const arrival = Math.floor(tasks.arrived![row] / 300);
          return isLc ? (arrival + samples) * 300 : Infinity;
        };
        before.forEach((others, row) => {
          const [start, arrived] = [executions.start[row], tasks.arrived![row]];
          if (executions.initial[row] === 1) {
            expect(arrived).toBe(start);
            return;
          }
          const latest = Math.max(0, ...Array.from(others, over));
          if (!Number.isNaN(tasks.placed[row])) {
            expect(tasks.placed[row]).toBeGreaterThanOrEqual(latest);
            expect(tasks.placed[row]).toBeGreaterThanOrEqual(arrived);
          }
          if (Number.isNaN(arrived) || s.events.length > 0 || s.tasks.some(({ lc }) => lc)) return;
          // Not a step later than it must.
          const steps = Math.max(usage.firstStep[row], Math.ceil(latest / 300)) - usage.firstStep[row];
          expect(arrived).toBe(start + steps * 300);
        });
      }),
      { numRuns: 12 },
    );
  });

  it("a task is held at the end only where one that it comes after is not over", () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { workload, before } = build({ ...s, events: [] });
        const { tasks, counts } = simulate(workload, first, { order: "enforced" });
        const held = [...tasks.arrived!.keys()].filter((row) => Number.isNaN(tasks.arrived![row]));
        expect(held).toHaveLength(counts.held);
        for (const row of held) {
          // Over only in the last step, or not at all.
          const open = [...before[row]].filter((other) => !(tasks.ended[other] <= (STEPS - 1) * 300));
          expect(open).not.toEqual([]);
        }
      }),
    );
  });
});

const REAL = "../shared/data/alibaba2018-real";

describe.skipIf(!existsSync(REAL))("12,000 real rows of Alibaba (skipped without ../shared/data)", () => {
  it("run to the end in order, with what is left told", async () => {
    const workload = await openWorkload(`alibaba2018:${REAL}`, { machines: "all" });
    const { executions, dependencies } = workload;
    // Counted again from the rows: names such as R2_1 whose task 1 is one of the job's.
    const rows = gunzipSync(readFileSync(`${REAL}/batch_task-first-12000-rows.csv.gz`))
      .toString()
      .split("\n");
    const spans = new Map<string, readonly [number, number, readonly string[]]>();
    for (const row of rows.slice(1)) {
      const [name, instances, job, , status, start, end] = row.split(",");
      if (!/^[A-Za-z]\d+(_|$)/.test(name) || !(Number(instances) > 0)) continue;
      const [own, ...after] = name.split("_");
      const stop = status === "Running" ? Infinity : Number(end);
      spans.set(`${job}/${own.slice(1)}`, [
        Number(start),
        stop,
        [...new Set(after)].map((number) => `${job}/${number}`).filter((key) => key !== `${job}/`),
      ]);
    }
    let [edges, broken, atOnce] = [0, 0, 0];
    for (const [start, , after] of spans.values())
      for (const [from, to] of after.flatMap((key) =>
        [spans.get(key)].filter((span) => span !== undefined),
      )) {
        edges++;
        if (to > start) broken++;
        // Tasks that begin and end in the same second are taken to last for half of it.
        else if (from === to && to === start) atOnce++;
      }
    expect(countDependencies(workload)).toEqual({ count: edges, broken: broken + atOnce });
    expect([edges, broken, atOnce]).toEqual([7897, 6137, 364]);

    const { tasks, counts, summary } = simulate(workload, "no-migration", { order: "enforced" });
    expect(counts.ended + counts.running + counts.waiting + counts.expired).toBe(executions.start.length);
    expect(summary.pending).toBe(counts.waiting);
    expect(counts.held).toBeGreaterThan(0);
    // By row of the dependencies: the first placement, and the last end (Infinity: there is none yet).
    const { job, firstIndex, instances, offsets, after } = dependencies!;
    const rowOf = new Map<string, number>();
    job.forEach((id, row) => {
      for (let i = 0; i < instances[row]; i++) rowOf.set(`${id}/${firstIndex[row] + i}`, row);
    });
    const placed = new Float64Array(job.length).fill(Infinity);
    const ended = new Float64Array(job.length);
    executions.job.forEach((id, execution) => {
      const row = rowOf.get(`${id}/${executions.index[execution]}`);
      if (row === undefined) return;
      if (tasks.placed[execution] < placed[row]) placed[row] = tasks.placed[execution];
      const end = Number.isNaN(tasks.ended[execution]) ? Infinity : tasks.ended[execution];
      ended[row] = Math.max(ended[row], end);
    });
    let early = 0;
    for (let row = 0; row < job.length; row++)
      for (const other of after.subarray(offsets[row], offsets[row + 1]))
        if (placed[row] < Infinity && placed[row] < ended[other]) early++;
    expect(early).toBe(0);
  });
});
