import { createTaskNumbers, numberTask, taskTable, type TaskTable } from "./tasks.js";

/**
 * Gives each task a number in order of first occurrence, as `TaskNumbers` does, but for readers that hold job
 * ids as 64-bit integers.
 */
export interface TaskKeys {
  /** Returns the task's number; a new one if it is not known yet. */
  readonly number: (job: bigint, index: number) => number;
  readonly count: () => number;
  readonly finish: () => TaskTable;
}

export function createTaskKeys(): TaskKeys {
  const tasks = createTaskNumbers();
  const id = new BigInt64Array(1);
  const words = new Int32Array(id.buffer);
  return {
    number: (job, index) => {
      id[0] = job;
      return numberTask(tasks, words[0], words[1], index);
    },
    count: () => tasks.count,
    finish: () => taskTable(tasks),
  };
}
