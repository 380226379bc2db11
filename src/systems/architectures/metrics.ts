/** The metrics of a schedule; each metric is declared only here. */
import { meanOf, quantileOfSorted } from "../../metrics/statistics.js";
import { totalOf } from "./cluster.js";
import { jobTimes, type JobTimes } from "./job-times.js";
import type { SchedulerRecord } from "./record.js";
import type { Schedule } from "./schedule.js";
import { dominantShareGap, meanUse } from "./use.js";

export interface ScheduleMetric {
  readonly unit: string;
  readonly description: string;
  /** Returns the value; NaN where the schedule has none. */
  of(given: Given): number;
}

interface Given {
  readonly schedule: Schedule;
  readonly times: JobTimes;
  /** Jobs should not wait longer than this for their last task. */
  readonly waitObjective: number;
}

const time = (description: string, of: ScheduleMetric["of"]): ScheduleMetric => ({
  unit: "s",
  description,
  of,
});
const plain = (description: string, of: ScheduleMetric["of"]): ScheduleMetric => ({
  unit: "",
  description,
  of,
});

const placedValues = (column: Float64Array): Float64Array =>
  column.filter((value) => !Number.isNaN(value)).sort();
const quantile = (name: keyof JobTimes, q: number, words: string): ScheduleMetric =>
  (name === "slowdown" ? plain : time)(words, ({ times }) => quantileOfSorted(placedValues(times[name]), q));
const mean = (name: keyof JobTimes, words: string): ScheduleMetric =>
  (name === "slowdown" ? plain : time)(words, ({ times }) => meanOf(placedValues(times[name])));

const sum = ({ schedulers }: Schedule, of: (record: SchedulerRecord) => number): number =>
  schedulers.reduce((total, record) => total + of(record), 0);

const perScheduler = (schedule: Schedule, of: (record: SchedulerRecord) => number): number =>
  schedule.schedulers.length === 0 ? NaN : sum(schedule, of) / schedule.schedulers.length / schedule.endTime;

/**
 * All metrics of a schedule by name. Means and quantiles leave out jobs whose time is NaN (see `JobTimes`).
 */
export const SCHEDULE_METRICS = {
  responseMean: mean("response", "mean response time: from a job's arrival to the end of its last task"),
  responseP50: quantile("response", 0.5, "median response time"),
  responseP90: quantile("response", 0.9, "90th percentile of the response time"),
  responseP99: quantile("response", 0.99, "99th percentile of the response time"),
  slowdownMean: mean("slowdown", "mean slowdown: response time divided by the job's longest task"),
  waitToFirstMean: mean("waitToFirst", "mean wait: from a job's arrival to the start of its first task"),
  waitToFirstP50: quantile("waitToFirst", 0.5, "median wait to the first task"),
  waitToFirstP90: quantile("waitToFirst", 0.9, "90th percentile of the wait to the first task"),
  waitToFirstP99: quantile("waitToFirst", 0.99, "99th percentile of the wait to the first task"),
  waitToFullMean: mean("waitToFull", "mean wait: from a job's arrival to the start of its last task"),
  waitToFullP90: quantile("waitToFull", 0.9, "90th percentile of the wait to the last task"),
  overWaitObjective: plain(
    "share of jobs whose last task did not start within the wait objective",
    ({ times, waitObjective }) =>
      meanOf(times.waitToFull.map((wait) => (Number.isNaN(wait) || wait > waitObjective ? 1 : 0))),
  ),
  unfinished: plain("jobs with tasks that were not placed", ({ times }) =>
    times.response.reduce((count, response) => count + (Number.isNaN(response) ? 1 : 0), 0),
  ),
  abandoned: plain("jobs that their scheduler abandoned", ({ schedule }) =>
    schedule.jobs.abandoned.reduce((count, one) => count + one, 0),
  ),
  busyness: plain("share of time spent on decisions, mean over schedulers", ({ schedule }) =>
    perScheduler(schedule, ({ useful, wasted }) => useful + wasted),
  ),
  busynessWasted: plain(
    "share of time spent on decisions with a conflict, mean over schedulers",
    ({ schedule }) => perScheduler(schedule, ({ wasted }) => wasted),
  ),
  conflictFraction: plain("decisions with a conflict divided by decisions without one", ({ schedule }) => {
    const done = sum(schedule, ({ transactions }) => transactions);
    return done === 0 ? NaN : sum(schedule, ({ failedTransactions }) => failedTransactions) / done;
  }),
  noFit: plain("decisions that found no machine for any task", ({ schedule }) =>
    schedule.schedulers.length === 0 ? NaN : sum(schedule, ({ noResources }) => noResources),
  ),
  messagesPerTask: plain("messages divided by placed tasks", ({ schedule }) => {
    const placed = schedule.tasks.machine.reduce((count, machine) => count + (machine >= 0 ? 1 : 0), 0);
    return placed === 0 ? NaN : schedule.messages / placed;
  }),
  makespan: time("time from the first arrival to the end of the last task", ({ schedule }) => {
    const ends = placedValues(schedule.tasks.end);
    return ends.length === 0 ? NaN : ends[ends.length - 1] - firstArrival(schedule);
  }),
  cpuUse: plain("share of the CPU in use, mean from the first arrival to the end", ({ schedule }) =>
    meanUse(schedule, "cpu", firstArrival(schedule)),
  ),
  memoryUse: plain("share of the memory in use, mean from the first arrival to the end", ({ schedule }) =>
    meanUse(schedule, "memory", firstArrival(schedule)),
  ),
  cpuLocked: plain("share of the CPU offered but not in use, mean of samples", ({ schedule }) =>
    schedule.utilization === undefined ? NaN : schedule.utilization.cpuLocked / totalOf(schedule.cluster.cpu),
  ),
  dominantShareGap: plain(
    "greatest minus least dominant share of the classes, mean over time",
    ({ schedule }) => dominantShareGap(schedule, firstArrival(schedule)),
  ),
} as const satisfies Record<string, ScheduleMetric>;

export type ScheduleMetricName = keyof typeof SCHEDULE_METRICS;

/** Returns all metrics of a schedule. `waitObjective` is in the jobs' unit of time (default 30). */
export function scheduleMetrics(
  schedule: Schedule,
  { waitObjective = 30 }: { readonly waitObjective?: number } = {},
): Record<ScheduleMetricName, number> {
  const given = { schedule, times: jobTimes(schedule), waitObjective };
  return Object.fromEntries(
    Object.entries(SCHEDULE_METRICS).map(([name, metric]) => [name, metric.of(given)]),
  ) as Record<ScheduleMetricName, number>;
}

function firstArrival({ submitted }: Schedule): number {
  return submitted.arrival.reduce((first, arrival) => Math.min(first, arrival), Infinity);
}
