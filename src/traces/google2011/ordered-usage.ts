import { putRows } from "../../base/columns/move-rows.js";
import type { Counts } from "../../workload/build/counts.js";
import type { Batch, StoredUsage } from "./rows.js";
import type { UsageValues } from "../../workload/build/usage-rows.js";
import {
  createTaskNumbers,
  numberTasks,
  placeRows,
  type Groups,
  type TaskNumbers,
} from "../../workload/build/tasks.js";
import { orderUsage } from "../../workload/build/usage-windows.js";

/** Usage rows of some tasks, which have their own numbers here. */
export interface OrderedUsage {
  readonly rows: UsageValues;
  readonly tasks: TaskNumbers;
  /** Rows of each task, in order. */
  readonly groups: Groups;
}

/**
 * Sorts the rows of a batch so that the rows of each task are adjacent, because the later work goes through
 * them task by task. Sorting is fast: only some hundred tasks are alive at the same time, so it writes to
 * only as many places. Duplicate rows are counted.
 */
export function orderBatch({ columns }: Batch<StoredUsage>, counts: Counts): OrderedUsage {
  const { job, index, start, end, machine, cpu, memory } = columns;
  const tasks = createTaskNumbers();
  const { offsets, places } = placeRows(numberTasks(tasks, job, index), tasks.count);
  const rows: UsageValues = {
    start: putRows(start, places),
    end: putRows(end, places),
    machine: putRows(machine, places),
    cpu: putRows(cpu, places),
    memory: putRows(memory, places),
  };
  for (let row = 0; row < places.length; row++) places[row] = row;
  return { rows, tasks, groups: orderUsage(rows, { offsets, rows: places }, counts) };
}
