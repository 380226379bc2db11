import { keepsUnplaced, type MachineChoice } from "../../workload/subset.js";
import type { MachineColumns } from "../../workload/workload.js";
import type { ExecutionRows } from "../../workload/build/executions.js";
import { indexOf, jobOf, type TaskNumbers } from "../../workload/build/tasks.js";

/** What decides whether a task comes along, as plain data: it may be sent to another thread. */
export interface Picked {
  /** Ids of the machines that were picked. */
  readonly machines: BigInt64Array;
  /** True where every machine is kept. */
  readonly isWhole: boolean;
  /** The share of the tasks without a machine that is kept, by a hash with this seed. */
  readonly fraction: number;
  readonly seed: number;
}

/** What comes along with the machines that were picked. */
export interface Keeper {
  readonly keeps: (task: number, machine: bigint) => boolean;
  readonly picked: Picked;
}

/** Executions on a machine that was picked are kept; of those whose machine is unknown, a seeded share is. */
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

/**
 * Returns a function that says whether a task comes along, on this machine or (-1) on one that is unknown.
 */
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

/** 1 for each task that has an execution, of those kept. */
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
