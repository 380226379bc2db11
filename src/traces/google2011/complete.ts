import { pickRows } from "../../base/columns/move-rows.js";
import type { ExecutionTable } from "../../workload/build/assemble.js";
import { add } from "../../workload/build/counts.js";
import { NO_CLASS } from "../borg/event-types.js";
import { readJobClasses } from "./events.js";
import type { ReadingOptions } from "./parts/parts.js";
import { toTracePriorities } from "./priorities.js";
import { imputeRequests } from "../../workload/build/requests.js";
import type { ExecutionRows } from "../../workload/build/executions.js";
import type { Part } from "./tables.js";
import { taskTable, type TaskNumbers } from "../../workload/build/tasks.js";

/** Fills in what the events do not give: priorities of 0 to 11, scheduling classes and requests. */
export async function completeExecutions(
  rows: ExecutionRows,
  tasks: TaskNumbers,
  jobParts: readonly Part[],
  reading: ReadingOptions,
): Promise<ExecutionTable> {
  const { job, index } = taskTable(tasks);
  const jobOf = pickRows(job, rows.task);
  const priority = toTracePriorities(rows.priority, reading.counts);
  const request = imputeRequests(
    { job: jobOf, priority, cpu: rows.cpu, memory: rows.memory },
    reading.counts,
  );
  const hasAllClasses = !rows.schedulingClass.includes(NO_CLASS);
  const classes = hasAllClasses ? new Map<bigint, number>() : await readJobClasses(jobParts, reading);
  const schedulingClass = rows.schedulingClass.map((known, row) => {
    if (known !== NO_CLASS) return known;
    const ofJob = classes.get(jobOf[row]);
    add(reading.counts, ofJob === undefined ? "classes.assumedZero" : "classes.fromJob");
    return ofJob ?? 0;
  });
  return {
    ...rows,
    job: jobOf,
    index: pickRows(index, rows.task),
    priority,
    schedulingClass,
    cpu: request.cpu,
    memory: request.memory,
  };
}
