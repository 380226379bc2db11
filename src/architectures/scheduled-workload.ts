/** A workload with the starts and machines that an architecture gives its tasks, for experiments. */
import { pickColumns } from "../base/columns/columns.js";
import { takeUsage } from "../workload/narrow.js";
import type { Workload } from "../workload/workload.js";
import { asWorkload } from "./as-workload.js";
import { jobsOf, type JobsOfOptions, type WorkloadWork } from "./jobs/jobs-of.js";
import { scheduleMetrics, type ScheduleMetricName } from "./metrics.js";
import { RECORDED, recordedSchedule } from "./recorded.js";
import { schedule } from "./schedule.js";

/** An architecture with its parameters, and how the jobs of a workload are made for it. */
export interface ArchitectureRun {
  /** The name of a built-in architecture, or "trace": starts and machines stay as recorded. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly jobs: Pick<JobsOfOptions, "running" | "demand" | "overcommit" | "togetherSeconds">;
}

export interface ScheduledWorkload {
  readonly workload: Workload;
  readonly metrics: Readonly<Record<ScheduleMetricName, number>>;
}

/**
 * Returns the workload with the tasks of the jobs and those that run at the beginning, so that architectures
 * are compared with the trace on the same tasks.
 */
function withTasksOf({ jobs, cluster }: WorkloadWork, workload: Workload): Workload {
  const kept = Int32Array.of(...jobs.executions, ...cluster.running).sort();
  if (kept.length === workload.executions.job.length) return workload;
  return {
    ...workload,
    executions: pickColumns(workload.executions, kept),
    usage: takeUsage(workload.usage, kept, 0, workload.steps),
  };
}

/** Schedules the jobs of a workload. Throws the same errors as `jobsOf` and `schedule`. */
export function scheduledWorkload(
  workload: Workload,
  { name, parameters, seed, jobs }: ArchitectureRun,
): ScheduledWorkload {
  const work = jobsOf(workload, jobs);
  if (name === RECORDED)
    return {
      workload: withTasksOf(work, workload),
      metrics: scheduleMetrics(recordedSchedule(workload, work)),
    };
  const made = schedule(work.jobs, work.cluster, name, { parameters, seed, prefill: work.prefill });
  return { workload: asWorkload(workload, made), metrics: scheduleMetrics(made) };
}
