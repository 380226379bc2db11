import { createTaskKeeper, tasksWithExecutions, type Keeper, type Picked } from "./keep.js";
import { pickColumns, rowsWhere } from "../../base/columns/columns.js";
import { sharedColumn } from "../../base/columns/shared-column.js";
import { COLUMNS_OF, type Batch, type StoredUsage } from "./rows.js";
import type { ExecutionRows } from "../../workload/build/executions.js";
import {
  createTaskNumbers,
  findSame,
  findTask,
  numberTasks,
  type TaskIndex,
  type TaskNumbers,
} from "../../workload/build/tasks.js";

/** What the events say about tasks, in arrays that threads share. */
export interface KnownTasks {
  readonly tasks: TaskIndex;
  /** By task number: NO, YES, or BY_MACHINE for an unknown task (one that has no execution by its events). */
  readonly verdicts: Uint8Array;
}

type TaskColumns = Pick<StoredUsage, "job" | "index">;

/** The choice of usage rows to read, as plain data. */
export interface WantedUsage extends KnownTasks {
  /** Decides about unknown tasks. */
  readonly picked: Picked;
  /** True if every row is wanted. */
  readonly isEverything: boolean;
}

const NO = 0;
const YES = 1;
const BY_MACHINE = 2;

/** Selects the rows of tasks with a kept execution, and the rows of unknown tasks on kept machines. */
export function wantedUsage(
  executions: ExecutionRows,
  hasExecutions: Uint8Array,
  tasks: TaskNumbers,
  keeper: Keeper,
): WantedUsage {
  const hasKeptExecutions = tasksWithExecutions(executions, hasExecutions.length, keeper.keeps);
  const verdicts = sharedColumn(Uint8Array, hasExecutions.length);
  for (let task = 0; task < verdicts.length; task++) {
    const ofExecutions = hasKeptExecutions[task] === 1 ? YES : NO;
    verdicts[task] = hasExecutions[task] === 1 ? ofExecutions : BY_MACHINE;
  }
  const { picked } = keeper;
  const isEverything = picked.isWhole && picked.fraction === 1 && !verdicts.includes(NO);
  return { tasks: tasks.known, verdicts, picked, isEverything };
}

/** Decides whether a row is wanted. */
export interface WantsUsage extends KnownTasks {
  /** True if every row is wanted, so that no check is needed. */
  readonly isEverything: boolean;
  /** Called if the task does not decide. */
  readonly byMachine: (job: bigint, index: number, machine: bigint) => boolean;
}

export function createWants({ tasks, verdicts, picked, isEverything }: WantedUsage): WantsUsage {
  return {
    isEverything,
    // Copied field by field: an object from another thread has a different shape, for which V8 would compile
    // code again.
    tasks: { keys: tasks.keys, slots: tasks.slots },
    verdicts,
    byMachine: createTaskKeeper(picked),
  };
}

/**
 * Returns whether a task's rows are wanted; undefined if the machine decides. The job is given as its two
 * words.
 */
export function wantsTask(
  { tasks, verdicts }: WantsUsage,
  jobLow: number,
  jobHigh: number,
  index: number,
): boolean | undefined {
  const task = findTask(tasks, jobLow, jobHigh, index);
  const verdict = task < 0 ? BY_MACHINE : verdicts[task];
  return verdict === BY_MACHINE ? undefined : verdict === YES;
}

/**
 * Returns how many of the first `count` rows belong to unknown tasks. If every row is wanted, this is called
 * once for all rows of a part, so that each of its tasks is searched only once in the trace's tasks.
 */
export function countUnknown(known: KnownTasks, tasks: TaskColumns, count: number): number {
  const { numbers, isUnknown } = markUnknown(known, tasks, count);
  let unknown = 0;
  for (let row = 0; row < count; row++) unknown += isUnknown[numbers[row]];
  return unknown;
}

/** Returns a batch of the rows of unknown tasks: usually a few rows, or all. */
export function unknownUsage(batch: Batch<StoredUsage>, known: KnownTasks): Batch<StoredUsage> {
  const { columns } = batch;
  const { numbers, isUnknown } = markUnknown(known, columns, columns.index.length);
  if (!isUnknown.includes(1)) return { ...batch, columns: COLUMNS_OF.task_usage(0) };
  if (!isUnknown.includes(0)) return batch;
  const rows = rowsWhere(numbers.length, (row) => isUnknown[numbers[row]] === 1);
  return { ...batch, columns: pickColumns(columns, rows) };
}

/** Numbers the tasks of some rows and marks, by number, the unknown tasks. */
function markUnknown(
  { tasks, verdicts }: KnownTasks,
  { job, index }: TaskColumns,
  count: number,
): { numbers: Int32Array; isUnknown: Uint8Array } {
  const own = createTaskNumbers();
  const numbers = numberTasks(own, job, index, count);
  const isUnknown = new Uint8Array(own.count);
  for (let task = 0; task < own.count; task++) {
    const known = findSame(tasks, own.known, task);
    if (known < 0 || verdicts[known] === BY_MACHINE) isUnknown[task] = 1;
  }
  return { numbers, isUnknown };
}
