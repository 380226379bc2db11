/** The metrics of a schedule; each metric is declared only here. */
import type { Text } from "../base/text.js";
import { meanOf, quantileOfSorted } from "../metrics/statistics.js";
import { totalOf } from "./cluster.js";
import { jobTimes, type JobTimes } from "./job-times.js";
import type { SchedulerRecord } from "./record.js";
import type { Schedule } from "./schedule.js";
import { dominantShareGap, meanUse } from "./use.js";

export interface ScheduleMetric {
  /** Label on an axis, without the unit. */
  readonly label: Text;
  /** A few short words for the head of a narrow column. Default: the label. */
  readonly short?: string;
  /** Unit of the value times `scale`; "" where it has none. */
  readonly unit: string;
  /** Factor from the computed to the drawn value, such as 100 for a share drawn in percent. */
  readonly scale: number;
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

type Of = ScheduleMetric["of"];

const kind =
  (unit: string, scale: number) =>
  (label: Text, description: string, of: Of): ScheduleMetric => ({ label, unit, scale, description, of });
const time = kind("s", 1);
const plain = kind("", 1);
const share = kind("%", 100);

const placedValues = (column: Float64Array): Float64Array =>
  column.filter((value) => !Number.isNaN(value)).sort();
/** The times of jobs that have metrics, with their labels. */
const TIMES = {
  response: { en: "response time", zh: "响应时间", short: "response" },
  slowdown: { en: "slowdown", zh: "减速比", short: "slowdown" },
  waitToFirst: { en: "wait to the first task", zh: "至首个任务的等待", short: "wait" },
  waitToFull: { en: "wait to the last task", zh: "至最后任务的等待", short: "full wait" },
} as const satisfies Record<keyof JobTimes, Text & { readonly short: string }>;

const ofTime = (name: keyof JobTimes): typeof time => (name === "slowdown" ? plain : time);
const quantile = (name: keyof JobTimes, percent: number, words: string): ScheduleMetric => {
  const { en, zh, short } = TIMES[name];
  const label = { en: `${percent}th percentile of the ${en}`, zh: `${zh}的第 ${percent} 百分位` };
  const of: Of = ({ times }) => quantileOfSorted(placedValues(times[name]), percent / 100);
  return { ...ofTime(name)(label, words, of), short: `${short} p${percent}` };
};
const mean = (name: keyof JobTimes, words: string): ScheduleMetric => {
  const { en, zh, short } = TIMES[name];
  const of: Of = ({ times }) => meanOf(placedValues(times[name]));
  return { ...ofTime(name)({ en: `Mean ${en}`, zh: `平均${zh}` }, words, of), short };
};

const sum = ({ schedulers }: Schedule, of: (record: SchedulerRecord) => number): number =>
  schedulers.reduce((total, record) => total + of(record), 0);

const perScheduler = (schedule: Schedule, of: (record: SchedulerRecord) => number): number =>
  schedule.schedulers.length === 0 ? NaN : sum(schedule, of) / schedule.schedulers.length / schedule.endTime;

/**
 * All metrics of a schedule by name. Means and quantiles leave out jobs whose time is NaN (see `JobTimes`).
 */
export const SCHEDULE_METRICS = {
  responseMean: mean("response", "mean response time: from a job's arrival to the end of its last task"),
  responseP50: quantile("response", 50, "median response time"),
  responseP90: quantile("response", 90, "90th percentile of the response time"),
  responseP99: quantile("response", 99, "99th percentile of the response time"),
  slowdownMean: mean("slowdown", "mean slowdown: response time divided by the job's longest task"),
  waitToFirstMean: mean("waitToFirst", "mean wait: from a job's arrival to the start of its first task"),
  waitToFirstP50: quantile("waitToFirst", 50, "median wait to the first task"),
  waitToFirstP90: quantile("waitToFirst", 90, "90th percentile of the wait to the first task"),
  waitToFirstP99: quantile("waitToFirst", 99, "99th percentile of the wait to the first task"),
  waitToFullMean: mean("waitToFull", "mean wait: from a job's arrival to the start of its last task"),
  waitToFullP90: quantile("waitToFull", 90, "90th percentile of the wait to the last task"),
  overWaitObjective: share(
    { en: "Jobs over the wait objective", zh: "超过等待目标的作业" },
    "share of jobs whose last task did not start within the wait objective",
    ({ times, waitObjective }) =>
      meanOf(times.waitToFull.map((wait) => (Number.isNaN(wait) || wait > waitObjective ? 1 : 0))),
  ),
  unfinished: {
    ...plain(
      { en: "Jobs with unplaced tasks", zh: "有未放置任务的作业" },
      "jobs with tasks that were not placed",
      ({ times }) => times.response.reduce((count, response) => count + (Number.isNaN(response) ? 1 : 0), 0),
    ),
    short: "unplaced",
  },
  abandoned: plain(
    { en: "Abandoned jobs", zh: "被放弃的作业" },
    "jobs that their scheduler abandoned",
    ({ schedule }) => schedule.jobs.abandoned.reduce((count, one) => count + one, 0),
  ),
  busyness: {
    ...share(
      { en: "Time spent on decisions", zh: "决策所占时间" },
      "share of time spent on decisions, mean over schedulers",
      ({ schedule }) => perScheduler(schedule, ({ useful, wasted }) => useful + wasted),
    ),
    short: "busy",
  },
  busynessWasted: share(
    { en: "Time spent on decisions with a conflict", zh: "冲突决策所占时间" },
    "share of time spent on decisions with a conflict, mean over schedulers",
    ({ schedule }) => perScheduler(schedule, ({ wasted }) => wasted),
  ),
  conflictFraction: plain(
    { en: "Conflicts per decision without", zh: "每次无冲突决策的冲突数" },
    "decisions with a conflict divided by decisions without one",
    ({ schedule }) => {
      const done = sum(schedule, ({ transactions }) => transactions);
      return done === 0 ? NaN : sum(schedule, ({ failedTransactions }) => failedTransactions) / done;
    },
  ),
  noFit: plain(
    { en: "Decisions that found no machine", zh: "未找到机器的决策" },
    "decisions that found no machine for any task",
    ({ schedule }) =>
      schedule.schedulers.length === 0 ? NaN : sum(schedule, ({ noResources }) => noResources),
  ),
  messagesPerTask: {
    ...plain(
      { en: "Messages per task", zh: "每个任务的消息数" },
      "messages divided by placed tasks",
      ({ schedule }) => {
        const placed = schedule.tasks.machine.reduce((count, machine) => count + (machine >= 0 ? 1 : 0), 0);
        return placed === 0 ? NaN : schedule.messages / placed;
      },
    ),
    short: "messages /task",
  },
  makespan: time(
    { en: "Makespan", zh: "完工时间" },
    "time from the first arrival to the end of the last task",
    ({ schedule }) => {
      const ends = placedValues(schedule.tasks.end);
      return ends.length === 0 ? NaN : ends[ends.length - 1] - firstArrival(schedule);
    },
  ),
  cpuUse: share(
    { en: "CPU in use", zh: "CPU 使用率" },
    "share of the CPU in use, mean from the first arrival to the end",
    ({ schedule }) => meanUse(schedule, "cpu", firstArrival(schedule)),
  ),
  memoryUse: share(
    { en: "Memory in use", zh: "内存使用率" },
    "share of the memory in use, mean from the first arrival to the end",
    ({ schedule }) => meanUse(schedule, "memory", firstArrival(schedule)),
  ),
  cpuLocked: share(
    { en: "CPU offered but not in use", zh: "已供给而未使用的 CPU" },
    "share of the CPU offered but not in use, mean over time",
    ({ schedule }) =>
      schedule.utilization === undefined
        ? NaN
        : schedule.utilization.cpuLocked / totalOf(schedule.cluster.cpu),
  ),
  dominantShareGap: share(
    { en: "Difference of dominant shares", zh: "主导份额之差" },
    "greatest minus least dominant share of the classes, mean over time",
    ({ schedule }) => dominantShareGap(schedule, firstArrival(schedule)),
  ),
} as const satisfies Record<string, ScheduleMetric>;

export type ScheduleMetricName = keyof typeof SCHEDULE_METRICS;

/** The metrics of printed tables and of differences, unless the user chooses others. */
export const COMPARED_OF_SCHEDULES: readonly ScheduleMetricName[] = [
  "waitToFirstP50",
  "waitToFirstP99",
  "responseMean",
  "busyness",
  "messagesPerTask",
  "unfinished",
];

export const SCHEDULE_METRIC_NAMES = Object.keys(SCHEDULE_METRICS) as ScheduleMetricName[];

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
