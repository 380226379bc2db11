import type { Counts } from "./counts.js";
import type { Batch, StoredUsage, UsageRows } from "./rows.js";
import { createTaskNumbers, numberTasks, type Groups, type TaskNumbers } from "./tasks.js";
import { orderUsage } from "./usage-windows.js";

/** Usage rows of some tasks, which have numbers of their own, and which rows are whose. */
export interface OrderedUsage {
  readonly rows: UsageRows;
  readonly tasks: TaskNumbers;
  /** Rows of each task, in order. */
  readonly groups: Groups;
}

/** Puts the rows of a batch in order. Rows that repeat another are counted. */
export function orderBatch({ columns }: Batch<StoredUsage>, counts: Counts): OrderedUsage {
  const { job, index, start, end, machine, cpu, memory } = columns;
  const tasks = createTaskNumbers();
  const rows: UsageRows = { start, end, machine, cpu, memory, task: numberTasks(tasks, job, index) };
  return { rows, tasks, groups: orderUsage(rows, tasks.count, counts) };
}
