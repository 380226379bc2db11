import { add } from "../../workload/build/counts.js";
import { INFERRED, inferExecutions, type InferOptions } from "../borg/infer.js";
import { orderBatch } from "./ordered-usage.js";
import type { ReadingOptions } from "./parts/parts.js";
import type { Execution } from "../../workload/build/executions.js";
import {
  BUCKETS,
  findSame,
  numberTasks,
  taskTable,
  type TaskIndex,
  type TaskNumbers,
  type TaskTable,
} from "../../workload/build/tasks.js";
import type { UsageReading } from "./usage-rows.js";
import type { KnownTasks } from "./wanted-usage.js";

/**
 * Returns the executions that only usage shows (see `inferExecutions`). It works batch by batch, because all
 * rows of a task are in one batch. The threads leave out the rows of tasks that have executions by their
 * events, usually nearly all rows. New tasks get a number.
 */
export async function inferredExecutions(
  { table, hasUnknownTasks }: UsageReading,
  tasks: TaskNumbers,
  known: KnownTasks,
  { onProgress, ...options }: InferOptions & Pick<ReadingOptions, "onProgress">,
): Promise<Execution[]> {
  for (const name of INFERRED) add(options.counts, `inferred.${name}`, 0);
  const inferred: Execution[] = [];
  if (!hasUnknownTasks) return inferred;
  const given = { tasks: known.tasks, verdicts: known.verdicts };
  const fresh: TaskTable[] = [];
  let count = tasks.count;
  for await (const batch of table.map("unknownUsage", () => given)) {
    // Duplicate rows are counted later, when the usage is sampled.
    const { rows, groups, tasks: own } = orderBatch(batch, {});
    const foreseen = foreseeNumbers(known.tasks, own, count);
    count += foreseen.fresh.index.length;
    fresh.push(foreseen.fresh);
    for (const execution of inferExecutions(rows, groups, { ...options, numbers: foreseen.numbers }))
      inferred.push(execution);
    onProgress?.({ phase: "inferring executions", done: batch.to, total: BUCKETS, unit: "buckets" });
  }
  for (const { job, index } of fresh) numberTasks(tasks, job, index);
  return inferred;
}

/**
 * Returns the numbers of a batch's tasks, and the new tasks among them. These will have the numbers from
 * `next` on, but they get them later, when no thread is searching the known tasks.
 */
function foreseeNumbers(
  known: TaskIndex,
  own: TaskNumbers,
  next: number,
): { numbers: Int32Array; fresh: TaskTable } {
  const found = Int32Array.from({ length: own.count }, (_, task) => findSame(known, own.known, task));
  const { job, index } = taskTable(own);
  const isNew = (_: unknown, task: number): boolean => found[task] < 0;
  let count = next;
  return {
    numbers: found.map((task) => (task < 0 ? count++ : task)),
    fresh: { job: job.filter(isNew), index: index.filter(isNew) },
  };
}
