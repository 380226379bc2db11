import type { Columns } from "../../base/columns/columns.js";
import type { Counts } from "../../workload/build/counts.js";
import { createTaskNumbers, numberTasks, taskTable } from "../../workload/build/tasks.js";
import type { Gap } from "../borg/gaps.js";
import { buildExecutions } from "../borg/lifecycle.js";
import type { BatchWork, ExecutionsOfBatch, Given, Made } from "./batch-work.js";
import type { Batch, EventRows } from "./rows.js";
import { sampleBatch } from "./sample-batch.js";
import { unknownUsage } from "./wanted-usage.js";

const BATCH_WORK: BatchWork = {
  unknownUsage,
  buildExecutions: executionsOfBatch,
  sampleUsage: sampleBatch,
};

/** Does the work with this name on a batch. */
export function workOnBatch<Name extends keyof BatchWork>(
  name: Name,
  batch: Batch<Columns>,
  given: Given<Name>,
): Made<Name> {
  const work = BATCH_WORK[name] as (batch: Batch<Columns>, given: Given<Name>) => Made<Name>;
  return work(batch, given);
}

/** Returns the executions from the events of a batch; all events of a task are in one batch. */
function executionsOfBatch({ columns }: Batch<EventRows>, gaps: readonly Gap[]): ExecutionsOfBatch {
  const { job, index, time, type, machine, schedulingClass, priority, cpu, memory } = columns;
  const tasks = createTaskNumbers();
  const task = numberTasks(tasks, job, index);
  const events = { time, type, machine, schedulingClass, priority, cpu, memory, task };
  const counts: Counts = {};
  const { executions, unstarted } = buildExecutions(events, tasks.count, gaps, counts);
  return { executions, unstarted: [...unstarted.values()], tasks: taskTable(tasks), counts };
}
