import type { ExecutionsOfBatch } from "./batch-work.js";
import type { Counts } from "../../../workload/build/counts.js";
import type { Gap } from "../../borg/gaps.js";
import { buildExecutions } from "../../borg/lifecycle.js";
import type { Batch, EventRows } from "../rows.js";
import { createTaskNumbers, numberTasks, taskTable } from "../../../workload/build/tasks.js";

/** Returns the executions that the events of a batch tell of: a task's events are all in one batch. */
export function executionsOfBatch({ columns }: Batch<EventRows>, gaps: readonly Gap[]): ExecutionsOfBatch {
  const { job, index, time, type, machine, schedulingClass, priority, cpu, memory } = columns;
  const tasks = createTaskNumbers();
  const task = numberTasks(tasks, job, index);
  const events = { time, type, machine, schedulingClass, priority, cpu, memory, task };
  const counts: Counts = {};
  const { executions, unstarted } = buildExecutions(events, tasks.count, gaps, counts);
  return { executions, unstarted: [...unstarted.values()], tasks: taskTable(tasks), counts };
}
