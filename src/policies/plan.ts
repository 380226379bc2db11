/** A list of planned moves, and the cluster as it would be after them. */
import { createLoadOrder } from "../cluster/load-order.js";
import type { ClusterView, Move, TaskView } from "./policy.js";

export interface Plan {
  readonly moves: Move[];
  /** Observed CPU load of each machine, after the plan's moves. */
  readonly load: Float64Array;
  /** Whether the task fits on the machine beside the tasks that the plan moves there. */
  fits(task: TaskView, machine: number): boolean;
  /** Adds a move, and shifts the task's load from its machine to the target. */
  move(task: TaskView, to: number): void;
  /** Removes the last move. */
  undo(): void;
  /**
   * Returns up to `count` of the least loaded machines that fit the task, in ascending order of load. O(count
   * log machines).
   */
  coldest(task: TaskView, count: number): number[];
}

/** The values that a move changed, before the move. */
interface Before {
  readonly from: number;
  readonly fromLoad: number;
  readonly toLoad: number;
  readonly memory: number;
}

/** Most machines tested per target that is wanted. */
const TRIES = 8;

/** Returns an empty plan for the cluster in the view. */
export function createPlan(view: ClusterView): Plan {
  const load = new Float64Array(view.load);
  const memory = new Float64Array(view.machines);
  const moves: Move[] = [];
  const before: Before[] = [];
  const cold = createLoadOrder(view.cpuCapacity, load);

  function fits(task: TaskView, machine: number): boolean {
    // The memory at the source is free only after the task has left, so the plan does not add it to the free
    // memory.
    return view.fits(task, machine) && task.memory + memory[machine] <= view.freeMemory[machine];
  }

  function change(machine: number, cpu: number): void {
    load[machine] += cpu / view.cpuCapacity[machine];
    cold.update(machine);
  }

  return {
    moves,
    load,
    fits,
    move(task, to) {
      before.push({ from: task.machine, fromLoad: load[task.machine], toLoad: load[to], memory: memory[to] });
      change(task.machine, -task.cpu);
      change(to, task.cpu);
      memory[to] += task.memory;
      moves.push({ task: task.id, to });
    },
    undo() {
      const move = moves.pop();
      const last = before.pop();
      if (move === undefined || last === undefined) return;
      load[last.from] = last.fromLoad;
      cold.update(last.from);
      load[move.to] = last.toLoad;
      cold.update(move.to);
      memory[move.to] = last.memory;
    },
    coldest: (task, count) =>
      cold.coldest((machine) => machine !== task.machine && fits(task, machine), count, TRIES * count),
  };
}

/**
 * Returns the machines that are up and have an observed load above a mark, in descending order of load; ties
 * by number.
 */
export function hottestFirst(view: ClusterView, above = -Infinity): number[] {
  const { cpuCapacity, load } = view;
  const machines: number[] = [];
  for (let m = 0; m < view.machines; m++) if (cpuCapacity[m] > 0 && load[m] > above) machines.push(m);
  return machines.sort((a, b) => load[b] - load[a] || a - b);
}
