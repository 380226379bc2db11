/** Waits, response times and slowdowns of jobs, computed from the times of their tasks. */
import type { Schedule } from "./schedule.js";

/** One row per job. NaN where a task was not placed; for `waitToFirst`, only where no task was placed. */
export interface JobTimes {
  /** Time from the job's arrival to the start of its first task, and to the start of its last task. */
  readonly waitToFirst: Float64Array;
  readonly waitToFull: Float64Array;
  /** Time from its arrival to the end of its last task. */
  readonly response: Float64Array;
  /**
   * Response time divided by the duration of the job's longest task: at least 1. NaN where all tasks take 0.
   */
  readonly slowdown: Float64Array;
}

/** Returns waits, response time and slowdown of each job, in the jobs' unit of time. */
export function jobTimes({
  submitted,
  jobs,
  tasks,
}: Pick<Schedule, "submitted" | "jobs" | "tasks">): JobTimes {
  const count = submitted.ids.length;
  const column = (): Float64Array => new Float64Array(count).fill(NaN);
  const times = { waitToFirst: column(), waitToFull: column(), response: column(), slowdown: column() };
  for (let job = 0; job < count; job++) {
    let first = Infinity;
    let lastStart = -Infinity;
    let end = -Infinity;
    let longest = 0;
    for (let t = submitted.taskOffsets[job]; t < submitted.taskOffsets[job + 1]; t++) {
      if (tasks.start[t] < first) first = tasks.start[t];
      lastStart = Math.max(lastStart, tasks.start[t]);
      end = Math.max(end, tasks.end[t]);
      longest = Math.max(longest, submitted.duration[t]);
    }
    if (first < Infinity) times.waitToFirst[job] = first - jobs.arrived[job];
    // NaN where a task was not placed, because the maximum of NaN is NaN.
    times.waitToFull[job] = lastStart - jobs.arrived[job];
    times.response[job] = end - jobs.arrived[job];
    times.slowdown[job] = longest > 0 ? times.response[job] / longest : NaN;
  }
  return times;
}
