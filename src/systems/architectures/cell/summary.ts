/** The summary that Omega's simulator prints of each class of jobs. */
import type { Schedule } from "../schedule.js";

/**
 * Waits in queues, in the jobs' unit, of the jobs that were thought about at least once; -1 where none was.
 */
export interface ClassSummary {
  readonly name: string;
  readonly jobs: number;
  /** Jobs that were thought about, and jobs all of whose tasks were placed. */
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
