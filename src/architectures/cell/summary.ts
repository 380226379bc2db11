/** The summary that Omega's simulator prints for each class of jobs. */
import type { Schedule } from "../schedule.js";

/**
 * Waits in queues, in the jobs' unit, of the jobs with at least one decision; -1 where there is no such job.
 */
export interface ClassSummary {
  readonly name: string;
  readonly jobs: number;
  /** Number of jobs with at least one decision, and of jobs whose tasks were all placed. */
  readonly scheduled: number;
  readonly full: number;
  readonly meanQueuedTillFirst: number;
  readonly meanQueuedTillFull: number;
  readonly p90QueuedTillFirst: number;
  readonly p90QueuedTillFull: number;
  readonly p90Attempts: number;
}

/** Returns the summary of each class, in the order of the classes. */
export function classSummaries({ submitted, jobs }: Pick<Schedule, "submitted" | "jobs">): ClassSummary[] {
  return submitted.classes.map((name, kind) => {
    const rows = [...submitted.ids.keys()].filter((j) => submitted.jobClass[j] === kind);
    const thought = rows.filter((j) => jobs.attempts[j] > 0);
    const first = Float64Array.from(thought, (j) => jobs.queuedTillFirst[j]);
    const full = Float64Array.from(thought, (j) => jobs.queuedTillFull[j]);
    return {
      name,
      jobs: rows.length,
      scheduled: thought.length,
      full: rows.filter((j) => jobs.unplaced[j] === 0).length,
      meanQueuedTillFirst: mean(first),
      meanQueuedTillFull: mean(full),
      p90QueuedTillFirst: ninetieth(first),
      p90QueuedTillFull: ninetieth(full),
      p90Attempts: ninetieth(Float64Array.from(thought, (j) => jobs.attempts[j])),
    };
  });
}

function mean(values: Float64Array): number {
  return values.length === 0 ? -1 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value at place floor(.9 (n - 1)) of the sorted values, from 0. */
function ninetieth(values: Float64Array): number {
  return values.length === 0 ? -1 : values.slice().sort()[Math.trunc((values.length - 1) * 0.9)];
}
