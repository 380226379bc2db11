/** Charts of how long tasks run and when they come. */
import { InputError } from "../errors.js";
import { kaplanMeier } from "../trace/kaplan-meier.js";
import { OUTCOME, type Workload } from "../trace/workload.js";
import { describeWorkloadOrigin, joinTexts } from "./captions.js";
import { column, numbers, timeAxis } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { GROUP_NAMES, groupOf, GROUPS, type Grouping } from "./groups.js";
import { lineTrace } from "./lines-over-time.js";

const DURATION_TICKS: readonly { readonly seconds: number; readonly text: Text }[] = [
  { seconds: 1, text: { en: "1 s", zh: "1 秒" } },
  { seconds: 10, text: { en: "10 s", zh: "10 秒" } },
  { seconds: 60, text: { en: "1 min", zh: "1 分" } },
  { seconds: 600, text: { en: "10 min", zh: "10 分" } },
  { seconds: 3600, text: { en: "1 h", zh: "1 时" } },
  { seconds: 36_000, text: { en: "10 h", zh: "10 时" } },
  { seconds: 259_200, text: { en: "3 d", zh: "3 天" } },
  { seconds: 2_592_000, text: { en: "30 d", zh: "30 天" } },
];

/** Points of a curve at most. */
const MOST_POINTS = 200;

const GROUP: Text = { en: "Group", zh: "分组" };

/**
 * Returns the chart of how long runs last: for each duration, the share that has ended by then, by tier or class.
 * Runs that were under way when the trace began are left out (long ones would count too often); those still running
 * at its end count as such (Kaplan and Meier 1958). Throws InputError where no run ended.
 */
export function taskDurations(workload: Workload, { by = "tier" }: { by?: Grouping } = {}): Figure {
  const curves = GROUPS[by]
    .map((group) => ({ group, ...durationsOf(workload, newRuns(workload, group, by)) }))
    .filter(({ x }) => x.length > 0);
  if (curves.length === 0) {
    throw new InputError("no durations to draw: the workload has no run that starts and ends in it");
  }
  return {
    name: `task-durations-by-${by}`,
    title: { en: "How long runs of tasks last", zh: "任务运行时长" },
    caption: joinTexts(
      {
        en:
          "Share of runs that have ended after a time. Runs under way when the trace began are " +
          "left out; runs still going at its end are accounted for (Kaplan-Meier), so a curve may " +
          "stop short of 100 %.",
        zh: "在给定时长内结束的任务运行占比。轨迹开始时已在运行的任务不计入；轨迹结束时仍在运行的任务按 Kaplan-Meier 方法处理，因此曲线可能达不到 100%。",
      },
      describeWorkloadOrigin(workload),
    ),
    data: curves.map(({ group, x, y }, i): JsonObject => {
      return {
        ...lineTrace("", i),
        name: GROUP_NAMES[group],
        x: numbers(x),
        y: numbers(y),
        hovertemplate: "%{x:.4~g} s: %{y:.1f} %<extra></extra>",
      };
    }),
    layout: {
      xaxis: {
        title: { en: "Duration", zh: "运行时长" },
        type: "log",
        tickvals: DURATION_TICKS.map(({ seconds }) => seconds),
        ticktext: DURATION_TICKS.map(({ text }) => text),
      },
      yaxis: { title: { en: "Runs ended (%)", zh: "已结束的运行（%）" }, range: [0, 101], dtick: 25 },
    },
    aspect: 0.6,
    table: {
      name: "task-durations",
      caption: { en: "Durations of runs", zh: "任务运行时长" },
      columns: [
        column(
          "group",
          GROUP,
          "",
          curves.flatMap(({ group, x }) => Array.from(x, () => group)),
        ),
        column(
          "duration",
          { en: "Duration", zh: "运行时长" },
          "s",
          curves.flatMap(({ x }) => Array.from(x)),
        ),
        column(
          "ended",
          { en: "Runs ended", zh: "已结束的运行" },
          "%",
          curves.flatMap(({ y }) => Array.from(y)),
        ),
      ],
    },
  };
}

/** Returns durations in s and the share, in percent, that has ended by then, at most about MOST_POINTS of them. */
function durationsOf({ runs }: Workload, rows: readonly number[]): { x: Float64Array; y: Float64Array } {
  const { time, survival } = kaplanMeier(
    rows.map((run) => runs.end[run] - runs.start[run]),
    rows.map((run) => runs.outcome[run] !== OUTCOME.alive),
  );
  const every = Math.ceil(time.length / MOST_POINTS);
  const keep = (_: number, i: number): boolean => (i % every === 0 || i === time.length - 1) && time[i] > 0;
  return { x: time.filter(keep), y: survival.filter(keep).map((share) => (1 - share) * 100) };
}

/** Returns the chart of runs that start in each hour, by tier or class, without those under way at the beginning. */
export function taskArrivals(workload: Workload, { by = "tier" }: { by?: Grouping } = {}): Figure {
  const duration = workload.steps * workload.stepSeconds;
  const axis = timeAxis(duration);
  const hours = Math.max(1, Math.ceil(duration / 3600));
  const x = Array.from({ length: hours }, (_, hour) => ((hour + 0.5) * 3600) / axis.seconds);
  const counts = GROUPS[by].map((group) => {
    const perHour = new Float64Array(hours);
    for (const run of newRuns(workload, group, by)) {
      perHour[Math.min(hours - 1, Math.max(0, Math.floor(workload.runs.start[run] / 3600)))]++;
    }
    // The last hour may be cut short by the end of the trace: a rate keeps it comparable.
    perHour[hours - 1] *= 3600 / (duration - (hours - 1) * 3600);
    return { group, perHour };
  });
  return {
    name: `task-arrivals-by-${by}`,
    title: { en: "Arrivals of tasks", zh: "任务到达" },
    caption: joinTexts(
      {
        en:
          "Runs of tasks that start in each hour, resubmissions included; those under way when the " +
          "trace began are left out.",
        zh: "每小时开始的任务运行数（含重新提交）；轨迹开始时已在运行的任务不计入。",
      },
      describeWorkloadOrigin(workload),
    ),
    data: counts.map(({ group, perHour }, i): JsonObject => {
      return {
        ...lineTrace("", i),
        name: GROUP_NAMES[group],
        x,
        y: numbers(perHour),
        hovertemplate: `%{x:.2f} ${axis.unit}: %{y:.0f}<extra></extra>`,
      };
    }),
    layout: {
      xaxis: axis.layout,
      yaxis: { title: { en: "Arrivals (runs per hour)", zh: "到达率（次/小时）" }, rangemode: "tozero" },
    },
    aspect: 0.6,
    table: {
      name: "task-arrivals",
      caption: { en: "Arrivals of tasks", zh: "任务到达" },
      columns: [
        column(
          "group",
          GROUP,
          "",
          counts.flatMap(({ group }) => x.map(() => group)),
        ),
        column(
          "time",
          { en: "Time", zh: "时间" },
          axis.unit,
          counts.flatMap(() => x),
        ),
        column(
          "arrivals",
          { en: "Arrivals", zh: "到达率" },
          "1/h",
          counts.flatMap(({ perHour }) => Array.from(perHour)),
        ),
      ],
    },
  };
}

function newRuns({ runs }: Workload, group: string, by: Grouping): number[] {
  return Array.from({ length: runs.start.length }, (_, run) => run).filter(
    (run) => runs.initial[run] === 0 && groupOf(runs, run, by) === group,
  );
}
