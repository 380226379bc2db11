import { keepsUnplaced, type MachineChoice } from "../subset.js";
import type { Machines } from "./machines.js";
import type { RunRows } from "./runs.js";
import type { TaskNumbers } from "./tasks.js";

/** What comes along with the machines that were picked. */
export interface Keeper {
  readonly run: (task: number, machine: bigint) => boolean;
  /** For a task of which no event says that it ran. */
  readonly task: (job: bigint, index: number, machine: bigint) => boolean;
}

/** Runs on a machine that was picked are kept; of those whose machine is unknown, a seeded share is. */
export function createKeeper(
  machines: Machines,
  choice: MachineChoice,
  tasks: TaskNumbers,
  seed: number,
): Keeper {
  const chosen = new Set<bigint>();
  for (const row of choice.rows) chosen.add(machines.id[row]);
  const unplaced = new Map<string, boolean>();
  const keepTask = (job: bigint, index: number, machine: bigint): boolean => {
    if (machine >= 0n) return choice.isWhole || chosen.has(machine);
    const key = `${job.toString()}/${index}`;
    const known = unplaced.get(key) ?? keepsUnplaced(seed, job, index, choice.fraction);
    unplaced.set(key, known);
    return known;
  };
  return {
    task: keepTask,
    run: (task, machine) => keepTask(tasks.jobOf(task), tasks.indexOf(task), machine),
  };
}

/** 1 for each task that has a run, of those kept. */
export function tasksWithRuns(
  runs: RunRows,
  tasks: number,
  keep: (task: number, machine: bigint) => boolean = () => true,
): Uint8Array {
  const has = new Uint8Array(tasks);
  for (let row = 0; row < runs.task.length; row++) {
    if (keep(runs.task[row], runs.machine[row])) has[runs.task[row]] = 1;
  }
  return has;
}
