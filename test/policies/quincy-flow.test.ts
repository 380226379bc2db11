import fc from "fast-check";
import { munkres } from "munkres";
import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/policies/index.js";
import type { TaskView } from "../../src/policies/policy.js";
import { randomStream } from "../../src/base/random.js";
import { moved, on, run } from "./hand-made.js";
import { viewOfTasks, type ViewMachine } from "./view-of-tasks.js";

const PRICE = 0.1;

/** Machine of each task after the policy's moves. */
function assignment(machines: readonly ViewMachine[], tasks: readonly TaskView[]): number[] {
  const policy = createPolicy("quincy-flow", { memoryPrice: PRICE });
  const after = tasks.map(({ machine }) => machine);
  const moves = policy.rebalance?.(viewOfTasks(machines, tasks), randomStream(1, "policy")) ?? [];
  for (const { task, to } of moves) after[task] = to;
  return after;
}

interface Instance {
  readonly machines: ViewMachine[];
  readonly tasks: TaskView[];
}

/** Machines of different sizes and LC loads, tasks of one size class, memory that never binds. */
function instances(machineCount: number, taskCount: number): fc.Arbitrary<Instance> {
  const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
  const machine = fc.record({ cpu: fc.constantFrom(0.25, 0.5, 1), lcLoad: number(0, 0.8) });
  const task = fc.record({
    cpu: number(0.0626, 0.125),
    memory: number(0, 0.5),
    machine: fc.nat(machineCount - 1),
  });
  return fc
    .tuple(
      fc.array(machine, { minLength: machineCount, maxLength: machineCount }),
      fc.array(task, { minLength: 1, maxLength: taskCount }),
    )
    .map(([machines, tasks]) => ({
      machines: machines.map((one) => ({ ...one, memory: 100 })),
      tasks: tasks.map((one, id) => bestEffort(id, one)),
    }));
}

function bestEffort(id: number, task: { cpu: number; memory: number; machine: number }): TaskView {
  return { id, ...task, latencyCritical: false, priority: 0, cpuRequest: 0, traceMachine: -1, age: 5 };
}

/**
 * Cost of the graph: every task counts with the mean size; the sum of capacity x load^2 / 2 and the prices of
 * the moved tasks.
 */
function costOf({ machines, tasks }: Instance, after: readonly number[]): number {
  const unit = unitOf(tasks);
  const load = Array.from(viewOfTasks(machines, tasks).load);
  let cost = 0;
  tasks.forEach(({ machine, memory }, id) => {
    if (after[id] === machine) return;
    load[machine] -= unit / machines[machine].cpu;
    load[after[id]] += unit / machines[after[id]].cpu;
    cost += PRICE * memory;
  });
  return machines.reduce((sum, { cpu }, m) => sum + (cpu * load[m] ** 2) / 2, cost);
}

function unitOf(tasks: readonly TaskView[]): number {
  return tasks.reduce((sum, { cpu }) => sum + cpu, 0) / tasks.length;
}

/** Least cost over every assignment of tasks to machines. */
function exhaustive(instance: Instance): number {
  const { machines, tasks } = instance;
  const after = tasks.map(() => 0);
  let least = Infinity;
  for (let code = 0; code < machines.length ** tasks.length; code++) {
    for (let i = 0, rest = code; i < tasks.length; i++, rest = Math.floor(rest / machines.length)) {
      after[i] = rest % machines.length;
    }
    least = Math.min(least, costOf(instance, after));
  }
  return least;
}

/**
 * Least cost by min-cost assignment of tasks to the machines' unit arcs, which the Hungarian method solves.
 */
function byAssignment(instance: Instance): number {
  const { machines, tasks } = instance;
  const unit = unitOf(tasks);
  const { load } = viewOfTasks(machines, tasks);
  const arcs = machines.flatMap(({ cpu }, m) => {
    const here = tasks.filter(({ machine }) => machine === m).length;
    const empty = load[m] - (here * unit) / cpu;
    return tasks.map((_, j) => ({ m, cost: unit * (empty + ((j + 0.5) * unit) / cpu) }));
  });
  const matrix = tasks.map(({ machine, memory }) =>
    arcs.map(({ m, cost }) => cost + (m === machine ? 0 : PRICE * memory)),
  );
  const after = tasks.map(({ machine }) => machine);
  for (const [row, column] of munkres(matrix)) after[row] = arcs[column].m;
  return costOf(instance, after);
}

describe("quincy-flow", () => {
  it("is as cheap as the best of all assignments of up to 6 tasks to 4 machines", () => {
    let movesSeen = 0;
    fc.assert(
      fc.property(instances(4, 6), (instance) => {
        const after = assignment(instance.machines, instance.tasks);
        movesSeen += after.filter((machine, id) => machine !== instance.tasks[id].machine).length;
        expect(costOf(instance, after)).toBeCloseTo(exhaustive(instance), 10);
      }),
      { numRuns: 400, seed: 1 },
    );
    expect(movesSeen).toBeGreaterThan(400);
  });

  it("is as cheap as a min-cost assignment of up to 40 tasks to 8 machines", () => {
    fc.assert(
      fc.property(instances(8, 40), (instance) => {
        const after = assignment(instance.machines, instance.tasks);
        expect(costOf(instance, after)).toBeCloseTo(byAssignment(instance), 10);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it("has an oracle that agrees with exhaustive search", () => {
    fc.assert(
      fc.property(instances(4, 5), (instance) => {
        expect(byAssignment(instance)).toBeCloseTo(exhaustive(instance), 10);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it("balances loads, least memory first, and moves only if the gap is worth the price", () => {
    // Four of 0.125 on machine 0 (load 0.5), nothing on machine 1. The first to leave meets 0.0625 and
    // relieves 0.4375, the second 0.1875 and 0.3125, the third would meet 0.3125 and relieve 0.1875. At 0.1
    // for all memory the second pays up to a memory of 0.125 x 0.125 / 0.1 = 0.15625.
    const tasks = [0.16, 0.15, 0.02, 0.2].map((memory) => on(0, 0.125, false, { memory }));
    const parameters = { memoryPrice: PRICE };
    expect(moved(run("quincy-flow", tasks, { machines: 2, parameters }))).toEqual([
      [2, 0, 1],
      [1, 0, 1],
    ]);
    const dearer = tasks.map((task, i) => (i === 1 ? { ...task, memory: 0.16 } : task));
    expect(moved(run("quincy-flow", dearer, { machines: 2, parameters }))).toEqual([[2, 0, 1]]);
  });

  it("distributes the large tasks first, then the smaller ones", () => {
    // Loads 0.875 and 0.5; each of 0.5, 0.25 and 0.0625 is a class of its own. 0.5 would relieve 0.625 and
    // meet 0.75: it stays. 0.25 relieves 0.75 and meets 0.625: it goes, and leaves 0.625 and 0.75. So a small
    // one comes back from machine 1: it relieves 0.71875 and meets 0.65625. The loads are equal then.
    const tasks = [
      on(0, 0.125, true),
      on(0, 0.5),
      on(0, 0.25),
      on(1, 0.375, true),
      on(1, 0.0625),
      on(1, 0.0625),
    ];
    const result = run("quincy-flow", tasks, { machines: 2, parameters: { memoryPrice: 0 } });
    expect(moved(result)).toEqual([
      [2, 0, 1],
      [4, 1, 0],
    ]);
    expect(result.steps.gini[1]).toBeCloseTo(0, 12);
  });

  it("skips a machine without room; LC tasks and tasks with very little CPU stay", () => {
    const tasks = [
      on(0, 0.5, true),
      on(0, 0.25),
      on(0, 0.003),
      on(1, 0.01, true, { memory: 0.995 }),
      on(2, 0.125, true),
    ];
    expect(moved(run("quincy-flow", tasks, { machines: 3 }))).toEqual([[1, 0, 2]]);
  });

  it("moves nothing if all loads are equal", () => {
    const tasks = [0, 0, 1, 1].map((machine) => on(machine, 0.2));
    expect(moved(run("quincy-flow", tasks, { machines: 2 }))).toEqual([]);
  });
});
