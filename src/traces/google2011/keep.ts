import { keepsUnplaced, type MachineChoice } from "../../workload/subset.js";
import type { MachineColumns } from "../../workload/workload.js";
import type { ExecutionRows } from "../../workload/build/executions.js";
import { indexOf, jobOf, type TaskNumbers } from "../../workload/build/tasks.js";

/** Decides whether a task is kept. Plain data, so that it can be sent to another thread. */
export interface Picked {
  /** Ids of the machines that were picked. */
  readonly machines: BigInt64Array;
  /** True if every machine is kept. */
  readonly isWhole: boolean;
  /** The share of the tasks on unknown machines that is kept, by a hash with this seed. */
  readonly fraction: number;
  readonly seed: number;
}

/** Decides which executions are kept with the picked machines. */
export interface Keeper {
  readonly keeps: (task: number, machine: bigint) => boolean;
  readonly picked: Picked;
}

/** Keeps the executions on picked machines, and a seeded share of the executions on unknown machines. */
export function createKeeper(
  { id }: Pick<MachineColumns, "id">,
  { rows, isWhole, fraction }: MachineChoice,
  tasks: TaskNumbers,
  seed: number,
): Keeper {
  const machines = new BigInt64Array(rows.length);
  rows.forEach((row, place) => (machines[place] = id[row]));
  const picked: Picked = { machines, isWhole, fraction, seed };
  const keepTask = createTaskKeeper(picked);
  return {
    picked,
    keeps: (task, machine) => keepTask(jobOf(tasks, task), indexOf(tasks, task), machine),
  };
}

/** Returns a function that tells whether a task is kept, on this machine or (-1) on an unknown one. */
export function createTaskKeeper({
  machines,
  isWhole,
  fraction,
  seed,
}: Picked): (job: bigint, index: number, machine: bigint) => boolean {
  const chosen = new Set(machines);
  const unplaced = new Map<string, boolean>();
  return (job, index, machine) => {
    if (machine >= 0n) return isWhole || chosen.has(machine);
    const key = `${job.toString()}/${index}`;
    const known = unplaced.get(key) ?? keepsUnplaced(seed, job, index, fraction);
    unplaced.set(key, known);
    return known;
  };
}

/** Returns, by task number, 1 for each task with a kept execution, else 0. */
export function tasksWithExecutions(
  executions: ExecutionRows,
  tasks: number,
  keep: (task: number, machine: bigint) => boolean = () => true,
): Uint8Array {
  const has = new Uint8Array(tasks);
  for (let row = 0; row < executions.task.length; row++) {
    if (keep(executions.task[row], executions.machine[row])) has[executions.task[row]] = 1;
  }
  return has;
}
