/** A draft of moves: what the cluster would look like if those listed so far were made. */
import TinyQueue from "tinyqueue";
import type { ClusterView, Move, TaskView } from "./policy.js";

export interface Plan {
  readonly moves: Move[];
  /** Observed CPU load of each machine, with the plan's moves made. */
  readonly load: Float64Array;
  /** Whether the task fits on the machine, the plan's moves included. */
  fits(task: TaskView, machine: number): boolean;
  /** Adds a move: takes the task's load off its machine and puts it on the other. */
  move(task: TaskView, to: number): void;
  /** Up to `count` of the least loaded machines that fit the task, coldest first. O(count log machines). */
  coldest(task: TaskView, count: number): number[];
}

/** Machines looked at for each one that fits, before a search for targets gives up. */
const TRIES = 8;

/** Returns an empty plan for the cluster as it is seen now. */
export function createPlan(view: ClusterView): Plan {
  const load = Float64Array.from(view.load);
  const memory = new Float64Array(view.machines);
  const moves: Move[] = [];
  // An entry is out of date once its machine's load changed: a new one was put in then, and it is skipped.
  const entries = machinesUp(view).map((machine) => ({ machine, load: load[machine] }));
  const cold = new TinyQueue(entries, (a, b) => a.load - b.load || a.machine - b.machine);

  function fits(task: TaskView, machine: number): boolean {
    // Room at the source is free only once a task has left, hence the plan gives nothing back.
    return view.fits(task, machine) && task.memory + memory[machine] <= view.freeMemory[machine];
  }

  function change(machine: number, cpu: number): void {
    load[machine] += cpu / view.cpuCapacity[machine];
    cold.push({ machine, load: load[machine] });
  }

  return {
    moves,
    load,
    fits,
    move(task, to) {
      change(task.machine, -task.cpu);
      change(to, task.cpu);
      memory[to] += task.memory;
      moves.push({ task: task.id, to });
    },
    coldest(task, count) {
      const found: number[] = [];
      const looked = [];
      while (found.length < count && looked.length < TRIES * count) {
        const entry = cold.pop();
        if (entry === undefined) break;
        if (entry.load !== load[entry.machine]) continue;
        looked.push(entry);
        if (entry.machine !== task.machine && fits(task, entry.machine)) found.push(entry.machine);
      }
      for (const entry of looked) cold.push(entry);
      return found;
    },
  };
}

/** Returns the machines that are up, the one with the highest observed load first; ties by number. */
export function hottestFirst(view: ClusterView): number[] {
  return machinesUp(view).sort((a, b) => view.load[b] - view.load[a] || a - b);
}

function machinesUp(view: ClusterView): number[] {
  const machines: number[] = [];
  for (let m = 0; m < view.machines; m++) if (view.cpuCapacity[m] > 0) machines.push(m);
  return machines;
}
