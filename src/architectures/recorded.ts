/** The schedule that a trace recorded, in the form of a schedule under an architecture. */
import type { Workload } from "../workload/workload.js";
import type { WorkloadWork } from "./jobs/jobs-of.js";
import { createJobRecord, createTaskRecord } from "./record.js";
import type { Schedule } from "./schedule.js";

/** The name of the recorded schedule among those of architectures. */
export const RECORDED = "trace";

/**
 * Returns when and where the tasks of `jobsOf(workload)` ran in the trace, so that measured waits and
 * responses can stand beside modelled ones. It has no schedulers; the number of messages is unknown (NaN).
 */
export function recordedSchedule(workload: Workload, { jobs, cluster, prefill }: WorkloadWork): Schedule {
  const { executions, steps, stepSeconds } = workload;
  const place = new Map(Array.from(cluster.machines, (row, at) => [row, at]));
  const tasks = createTaskRecord(jobs.executions.length);
  jobs.executions.forEach((row, task) => {
    tasks.start[task] = executions.start[row];
    tasks.end[task] = executions.end[row];
    tasks.machine[task] = place.get(executions.machine[row]) ?? -1;
  });
  const record = createJobRecord(jobs);
  record.arrived.set(jobs.arrival);
  record.unplaced.fill(0);
  return {
    ...{ architecture: RECORDED, mode: "clean", seed: 0, parameters: {} },
    ...{ submitted: jobs, prefill, cluster, tasks, jobs: record, schedulers: [] },
    ...{ endTime: steps * stepSeconds, events: 0, messages: NaN },
  };
}
