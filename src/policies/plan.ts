/** A draft of moves: what the cluster would look like if those listed so far were made. */
import { createLoadOrder } from "../cluster/load-order.js";
import type { ClusterView, Move, TaskView } from "./policy.js";

export interface Plan {
  readonly moves: Move[];
  /** Observed CPU load of each machine, with the plan's moves made. */
  readonly load: Float64Array;
  /** Whether the task fits on the machine, the plan's moves included. */
  fits(task: TaskView, machine: number): boolean;
  /** Adds a move: takes the task's load off its machine and puts it on the other. */
  move(task: TaskView, to: number): void;
  /** Takes the last move back. */
  undo(): void;
  /** Up to `count` of the least loaded machines that fit the task, coldest first. O(count log machines). */
  coldest(task: TaskView, count: number): number[];
}

/** What a move changed, as it was before. */
interface Before {
  readonly from: number;
  readonly fromLoad: number;
  readonly toLoad: number;
  readonly memory: number;
}

/** Machines looked at for each one that fits, before a search for targets gives up. */
const TRIES = 8;

/** Returns an empty plan for the cluster as it is seen now. */
export function createPlan(view: ClusterView): Plan {
  const load = Float64Array.from(view.load);
  const memory = new Float64Array(view.machines);
  const moves: Move[] = [];
  const before: Before[] = [];
  const cold = createLoadOrder(view.cpuCapacity, load);

  function fits(task: TaskView, machine: number): boolean {
    // Room at the source is free only once a task has left, hence the plan gives nothing back.
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
 * Returns the machines that are up and loaded above a mark, the one with the highest observed load first;
 * ties by number.
 */
export function hottestFirst(view: ClusterView, above = -Infinity): number[] {
  const machines: number[] = [];
  for (let m = 0; m < view.machines; m++) {
    if (view.cpuCapacity[m] > 0 && view.load[m] > above) machines.push(m);
  }
  return machines.sort((a, b) => view.load[b] - view.load[a] || a - b);
}
