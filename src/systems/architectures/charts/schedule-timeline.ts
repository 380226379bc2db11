/** Draws where tasks run, and which jobs wait, under one or more architectures. */
import { InputError } from "../../../base/errors.js";
import { arrange } from "../../../charts/build/arrange.js";
import { column } from "../../../charts/columns.js";
import { toText, type Figure, type Language, type Text, type Words } from "../../../charts/figure.js";
import { barTrace, machineAxis, placeOnMachines, type BarPlace } from "../../../charts/machine-bars.js";
import { packLanes } from "../../../charts/pack-lanes.js";
import { PALETTE } from "../../../charts/looks.js";
import { short } from "../../../charts/sentence-numbers.js";
import { meanOf } from "../../../metrics/statistics.js";
import { jobTimes } from "../../../architectures/job-times.js";
import type { Schedule } from "../../../architectures/schedule.js";

/** A task on a machine, or a job that waits: a bar from one time to another. */
interface Bar extends BarPlace {
  readonly job: number;
  readonly from: number;
  readonly to: number;
  /** -1 for a wait. */
  readonly machine: number;
}

/** The largest number of tasks; a reader cannot distinguish more bars. */
const MOST = 5000;
/** Height of a waiting job, in rows of machines. */
const WAIT_HEIGHT = 0.5;
const WAIT_COLOR = "#BBBBBB";

/**
 * Returns the timeline of schedules of the same jobs, one panel for each: a row for each machine with its
 * tasks, colored by the class of their job; below 0, the jobs that have arrived and of which no task has
 * begun. `until` is the end of the time axis (default: the end of the last task), `titles` has the titles of
 * the panels (default: the architectures). The figure is for small examples. Throws InputError where there is
 * no schedule and for more than 5,000 tasks.
 */
export function scheduleTimeline(
  schedules: readonly Schedule[],
  { until, titles }: { readonly until?: number; readonly titles?: readonly Words[] } = {},
): Figure {
  if (schedules.length === 0) throw new InputError("no schedule to draw: give at least one");
  const end = until ?? Math.max(...schedules.map(({ tasks }) => latest(tasks.end)));
  const bars = lessDeep(
    schedules.map((schedule) => barsOf(schedule, end)),
    Math.max(...schedules.map(({ cluster }) => cluster.cpu.length)),
  );
  const deepest = deepestOf(bars);
  const panels = schedules.map((schedule, i) => panelOf(schedule, bars[i], { end, deepest }));
  const waits = schedules.map((schedule) => meanOf(jobTimes(schedule).waitToFirst.filter(Number.isFinite)));
  const each = (language: Language): string =>
    schedules
      .map(({ architecture }, i) => `${toText(titles?.[i] ?? architecture)[language]} ${short(waits[i])} s`)
      .join(", ");
  return arrange(panels, {
    name: "schedule-timeline",
    title: { en: "Where tasks run, and which jobs wait", zh: "任务在哪里运行，谁在等待" },
    says: {
      en: `Mean wait to the first task: ${each("en")}.`,
      zh: `至首个任务的平均等待：${each("zh")}。`,
    },
    caption: {
      en:
        "Each row is a machine; colored bars are tasks, gray bars below are jobs that wait for their first " +
        "task. Modelled.",
      zh: "每行为一台机器；彩色条为任务，下方灰色条为等待首个任务的作业。建模结果。",
    },
    across: Math.min(2, schedules.length),
    share: "both",
    titles: titles ?? schedules.map(({ architecture }) => architecture),
  });
}

function deepestOf(bars: readonly (readonly Bar[])[]): number {
  return Math.min(0, ...bars.flat().map(({ foot }) => foot));
}

/** Makes waits lower where they would take more room than the machines. */
function lessDeep(bars: readonly (readonly Bar[])[], machines: number): readonly (readonly Bar[])[] {
  const scale = machines / -deepestOf(bars);
  if (scale >= 1) return bars;
  return bars.map((ofOne) =>
    ofOne.map((bar) =>
      bar.machine >= 0 ? bar : { ...bar, foot: scale * bar.foot, height: scale * bar.height },
    ),
  );
}

function latest(ends: Float64Array): number {
  return ends.reduce((last, end) => (end > last ? end : last), 0);
}

function barsOf({ submitted, tasks, jobs, cluster }: Schedule, until: number): Bar[] {
  if (tasks.start.length > MOST)
    throw new InputError(`${tasks.start.length} tasks are too many to draw: give at most ${MOST}`);
  const running: Omit<Bar, keyof BarPlace>[] = [];
  const waiting: Omit<Bar, keyof BarPlace>[] = [];
  const { waitToFirst } = jobTimes({ submitted, jobs, tasks });
  for (let job = 0; job < submitted.ids.length; job++) {
    for (let t = submitted.taskOffsets[job]; t < submitted.taskOffsets[job + 1]; t++) {
      const machine = tasks.machine[t];
      const bar = { job, from: tasks.start[t], to: Math.min(tasks.end[t], until), machine };
      if (machine >= 0 && bar.to > bar.from) running.push(bar);
    }
    const from = jobs.arrived[job];
    const to = Number.isNaN(waitToFirst[job]) ? until : Math.min(until, from + waitToFirst[job]);
    if (to > from) waiting.push({ job, from, to, machine: -1 });
  }
  const queue = packLanes(waiting);
  return [
    // A task that takes the whole machine is alone on it and fills the row.
    ...placeOnMachines(
      running,
      cluster.cpu.length,
      ({ job, machine }) => submitted.cpu[job] === cluster.cpu[machine],
    ),
    ...waiting.map((bar, i) => ({
      ...bar,
      foot: -WAIT_HEIGHT * (queue[i] + 2),
      height: 0.8 * WAIT_HEIGHT,
    })),
  ];
}

function panelOf(
  { architecture, submitted, cluster }: Schedule,
  bars: readonly Bar[],
  { end, deepest }: { readonly end: number; readonly deepest: number },
): Figure {
  const { classes, jobClass, ids } = submitted;
  const waits = bars.filter(({ machine }) => machine < 0);
  const label = ({ job }: Bar): string => ids[job];
  const time: Text = { en: "Time (s)", zh: "时间（s）" };
  const machines: Text = { en: "Machine", zh: "机器" };
  return {
    name: architecture,
    title: toText(architecture),
    caption: toText(""),
    data: [
      ...classes.map((name, kind) =>
        barTrace(
          bars.filter(({ machine, job }) => machine >= 0 && jobClass[job] === kind),
          { name: toText(name), color: PALETTE[kind % PALETTE.length], label },
        ),
      ),
      barTrace(waits, { name: { en: "waiting job", zh: "等待的作业" }, color: WAIT_COLOR, label }),
    ],
    layout: {
      // The last label would touch the first one of the panel to the right.
      xaxis: { title: time, range: [0, 1.04 * end] },
      yaxis: machineAxis(machines, cluster.cpu.length, deepest),
    },
    aspect: 0.6,
    table: {
      name: "schedule-timeline",
      caption: machines,
      columns: [
        column(
          "job",
          { en: "Job", zh: "作业" },
          "",
          bars.map(({ job }) => ids[job]),
        ),
        column(
          "class",
          { en: "Class", zh: "类别" },
          "",
          bars.map(({ job }) => classes[jobClass[job]]),
        ),
        column(
          "machine",
          machines,
          "",
          bars.map(({ machine }) => (machine < 0 ? "" : String(machine))),
        ),
        column(
          "from",
          { en: "From", zh: "开始" },
          "s",
          bars.map(({ from }) => from),
        ),
        column(
          "to",
          { en: "To", zh: "结束" },
          "s",
          bars.map(({ to }) => to),
        ),
      ],
    },
  };
}
