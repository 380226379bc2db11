/** Charts of how long executions last and when they start. */
import { InputError } from "../base/errors.js";
import { kaplanMeier } from "../metrics/kaplan-meier.js";
import { OUTCOME, type Workload } from "../workload/workload.js";
import { lines } from "./build/lines.js";
import { originOfWorkload } from "./captions.js";
import { words } from "./words/words.js";
import type { Figure, Text } from "./figure.js";
import { GROUP_NAMES, groupOf, GROUPS, type Grouping } from "./groups.js";
import { inPercent, short } from "./sentence-numbers.js";

/** Ticks in seconds. */
const TICKS = [1, 10, 60, 600, 3600, 36_000, 259_200, 2_592_000];

const GROUP = words.common.group;

/** The largest number of points of a curve. */
const MOST_POINTS = 200;

/**
 * Returns the chart of how long executions last: for each duration, the share that has ended by then, by tier
 * or class. Executions that were running when the trace began are left out, because long ones would be
 * counted too often; those still running at its end count as censored (Kaplan and Meier 1958). Throws
 * InputError where no execution ended.
 */
export function taskDurations(workload: Workload, { by = "tier" }: { by?: Grouping } = {}): Figure {
  const rows = GROUPS[by].flatMap((group) => {
    const { x, y } = durationsOf(workload, newExecutions(workload, group, by));
    return Array.from(x, (duration, i) => ({ group, duration, ended: y[i] }));
  });
  if (rows.length === 0) {
    throw new InputError("no durations to draw: the workload has no execution that starts and ends in it");
  }
  const duration = words.taskLife.durations.duration;
  const figure = lines(rows, {
    x: "duration",
    y: "ended",
    color: "group",
    name: `task-durations-by-${by}`,
    title: words.taskLife.durations.title,
    caption: words.taskLife.durations.caption,
    method: words.taskLife.durations.method,
    ...originOfWorkload(workload),
    labels: {
      group: GROUP,
      duration: { label: duration, unit: "s" },
      ended: { label: words.taskLife.durations.ended, unit: "%" },
    },
    names: GROUP_NAMES,
    scales: { duration: "log" },
    axes: {
      duration: {
        title: duration,
        tickvals: TICKS,
        ticktext: TICKS.map((_, i) => words.taskLife.ticks[i]),
      },
      ended: { range: [0, 101], dtick: 25 },
    },
    aspect: 0.6,
  });
  return { ...figure, says: saysHowLong(workload, by) };
}

/** Says by when half of each group's executions have ended, for groups in which half have ended at all. */
function saysHowLong(workload: Workload, by: Grouping): Text {
  const { half, says, saysNothing } = words.taskLife.durations;
  const halves = GROUPS[by].flatMap((group) => {
    const { time, survival } = survivalOf(workload, newExecutions(workload, group, by));
    const at = survival.findIndex((share) => share <= 0.5);
    return at < 0 ? [] : [half(GROUP_NAMES[group], inWords(time[at]))];
  });
  return halves.length === 0 ? saysNothing : says(words.build.list(halves));
}

/** Returns a duration in its largest whole unit. */
function inWords(seconds: number): Text {
  const { units } = words.taskLife;
  if (seconds < 60) return units.seconds(short(seconds));
  return seconds < 3600 ? units.minutes(short(seconds / 60)) : units.hours(short(seconds / 3600));
}

/**
 * Returns about MOST_POINTS durations in s at most, and the percentage of executions that have ended by then.
 */
function durationsOf(workload: Workload, rows: readonly number[]): { x: Float64Array; y: Float64Array } {
  const { time, survival } = survivalOf(workload, rows);
  const every = Math.ceil(time.length / MOST_POINTS);
  const keep = (_: number, i: number): boolean => (i % every === 0 || i === time.length - 1) && time[i] > 0;
  return { x: time.filter(keep), y: survival.filter(keep).map((share) => (1 - share) * 100) };
}

/** Returns the share of these executions that still run after each duration at which one ended. */
function survivalOf(
  { executions }: Workload,
  rows: readonly number[],
): { time: Float64Array; survival: Float64Array } {
  return kaplanMeier(
    rows.map((execution) => executions.end[execution] - executions.start[execution]),
    rows.map((execution) => executions.outcome[execution] !== OUTCOME.alive),
  );
}

/**
 * Returns the chart of executions that start in each hour, by tier or class, without those running from the
 * beginning.
 */
export function taskArrivals(workload: Workload, { by = "tier" }: { by?: Grouping } = {}): Figure {
  const duration = workload.steps * workload.stepSeconds;
  const hours = Math.max(1, Math.ceil(duration / 3600));
  const rows = GROUPS[by].flatMap((group) => {
    const perHour = new Float64Array(hours);
    for (const execution of newExecutions(workload, group, by)) {
      perHour[Math.min(hours - 1, Math.max(0, Math.floor(workload.executions.start[execution] / 3600)))]++;
    }
    // The trace may end within the last hour; a rate keeps this hour comparable.
    perHour[hours - 1] *= 3600 / (duration - (hours - 1) * 3600);
    return Array.from(perHour, (arrivals, hour) => ({ group, time: (hour + 0.5) * 3600, arrivals }));
  });
  const figure = lines(rows, {
    x: "time",
    y: "arrivals",
    color: "group",
    name: `task-arrivals-by-${by}`,
    title: words.taskLife.arrivals.title,
    caption: words.taskLife.arrivals.caption,
    ...originOfWorkload(workload),
    labels: {
      group: GROUP,
      arrivals: { label: words.taskLife.arrivals.arrivals, unit: "1/h" },
    },
    names: GROUP_NAMES,
    ranges: { time: [0, duration] },
    axes: { arrivals: { title: words.taskLife.arrivals.axis } },
    aspect: 0.6,
  });
  const perHour = GROUPS[by].map((group) => (newExecutions(workload, group, by).length * 3600) / duration);
  const most = perHour.indexOf(Math.max(...perHour));
  const all = perHour.reduce((sum, count) => sum + count, 0);
  const { says, saysNothing } = words.taskLife.arrivals;
  const share = inPercent(perHour[most] / all);
  return {
    ...figure,
    says: all === 0 ? saysNothing : says(short(all), share, GROUP_NAMES[GROUPS[by][most]]),
  };
}

function newExecutions({ executions }: Workload, group: string, by: Grouping): number[] {
  return Array.from({ length: executions.start.length }, (_, execution) => execution).filter(
    (execution) => executions.initial[execution] === 0 && groupOf(executions, execution, by) === group,
  );
}
