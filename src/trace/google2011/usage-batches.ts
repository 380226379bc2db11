import type { Counts } from "./counts.js";
import { numberTasks, type Groups, type TaskNumbers } from "./tasks.js";
import type { UsageReading, UsageRows } from "./usage-rows.js";
import { orderUsage } from "./usage-windows.js";

/** Usage rows of some tasks, and which rows are whose. */
export interface Measurements {
  readonly rows: UsageRows;
  /** Rows of each task, in order. */
  readonly groups: Groups;
  readonly longest: number;
  /** True where the rows of this task are among them, should there be rows of it. */
  readonly has: (job: bigint, index: number) => boolean;
}

/**
 * Returns a function that gives the rows of usage in order, batch by batch; every task gets a number. Rows that repeat another are
 * counted the first time.
 */
export function createUsageBatches(
  { table, longest }: UsageReading,
  tasks: TaskNumbers,
  counts: Counts,
): () => AsyncIterable<Measurements> {
  let only: Measurements | undefined;
  let isFirstTime = true;
  return async function* (): AsyncGenerator<Measurements> {
    if (only !== undefined) {
      yield only;
      return;
    }
    let batches = 0;
    for await (const { columns, has } of table.batches()) {
      const { job, index, ...values } = columns;
      const rows = { ...values, task: numberTasks(tasks, job, index) };
      const groups = orderUsage(rows, tasks.count(), isFirstTime ? counts : {});
      batches++;
      only = batches === 1 ? { rows, groups, longest, has } : undefined;
      yield { rows, groups, longest, has };
    }
    isFirstTime = false;
  };
}
