/** The metrics of a schedule, each declared once. */
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

/** All metrics of a schedule by name. Jobs that were not placed whole count in `unfinished` only. */
export const SCHEDULE_METRICS = {
  responseMean: mean("response", "mean time from a job's arrival to the end of its last task"),
  responseP50: quantile("response", 0.5, "median of the same"),
  responseP90: quantile("response", 0.9, "90th percentile of the same"),
  responseP99: quantile("response", 0.99, "99th percentile of the same"),
  slowdownMean: mean("slowdown", "mean response over the job's longest task, its lower bound"),
  waitToFirstMean: mean("waitToFirst", "mean time from a job's arrival to the start of its first task"),
  waitToFirstP50: quantile("waitToFirst", 0.5, "median of the same"),
  waitToFirstP90: quantile("waitToFirst", 0.9, "90th percentile of the same"),
  waitToFirstP99: quantile("waitToFirst", 0.99, "99th percentile of the same"),
  waitToFullMean: mean("waitToFull", "mean time from a job's arrival to the start of its last task"),
  waitToFullP90: quantile("waitToFull", 0.9, "90th percentile of the same"),
  overWaitObjective: plain(
    "share of jobs whose last task had not started by the objective",
    ({ times, waitObjective }) =>
      meanOf(times.waitToFull.map((wait) => (Number.isNaN(wait) || wait > waitObjective ? 1 : 0))),
  ),
  unfinished: plain("jobs with tasks that were not placed", ({ times }) =>
    times.response.reduce((count, response) => count + (Number.isNaN(response) ? 1 : 0), 0),
  ),
  abandoned: plain("jobs that their scheduler gave up", ({ schedule }) =>
    schedule.jobs.abandoned.reduce((count, one) => count + one, 0),
  ),
  busyness: plain("share of time that schedulers think, mean over schedulers", ({ schedule }) =>
    perScheduler(schedule, ({ useful, wasted }) => useful + wasted),
  ),
  busynessWasted: plain("the part of it that was in vain, because of conflicts", ({ schedule }) =>
    perScheduler(schedule, ({ wasted }) => wasted),
  ),
  conflictFraction: plain("decisions with a conflict, over decisions without", ({ schedule }) => {
    const done = sum(schedule, ({ transactions }) => transactions);
    return done === 0 ? NaN : sum(schedule, ({ failedTransactions }) => failedTransactions) / done;
  }),
  noFit: plain("decisions that found no machine for any task", ({ schedule }) =>
    schedule.schedulers.length === 0 ? NaN : sum(schedule, ({ noResources }) => noResources),
  ),
  messagesPerTask: plain("messages over tasks placed", ({ schedule }) => {
    const placed = schedule.tasks.machine.reduce((count, machine) => count + (machine >= 0 ? 1 : 0), 0);
    return placed === 0 ? NaN : schedule.messages / placed;
  }),
  makespan: time("from the first arrival to the end of the last task", ({ schedule }) => {
    const ends = placedValues(schedule.tasks.end);
    return ends.length === 0 ? NaN : ends[ends.length - 1] - firstArrival(schedule);
  }),
  cpuUse: plain("CPU in use over capacity, from the first arrival to the end", ({ schedule }) =>
    meanUse(schedule, "cpu", firstArrival(schedule)),
  ),
  memoryUse: plain("memory in use over capacity, from the first arrival to the end", ({ schedule }) =>
    meanUse(schedule, "memory", firstArrival(schedule)),
  ),
  cpuLocked: plain("CPU offered and not in use over capacity, mean of the samples", ({ schedule }) =>
    schedule.utilization === undefined ? NaN : schedule.utilization.cpuLocked / totalOf(schedule.cluster.cpu),
  ),
  dominantShareGap: plain(
    "greatest less least dominant share of the classes, mean over time",
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
