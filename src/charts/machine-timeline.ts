import { InputError } from "../base/errors.js";
import { refuseUnknownKeys } from "../base/known-keys.js";
import type { Run } from "../simulate/simulate.js";
import { staysOf, type Stay } from "../simulate/stays.js";
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import { arrange } from "./build/arrange.js";
import { describeRuns, joinTexts, originOfRuns, withProvenance } from "./captions.js";
import { column, timeAxis } from "./columns.js";
import { toText, type Figure, type JsonObject, type Table, type Text } from "./figure.js";
import { packLanes } from "./pack-lanes.js";
import { meansOfMachines } from "./machine-history.js";
import { checkNames, checkRuns, durationOf } from "./run-rows.js";
import { inPercent } from "./sentence-numbers.js";
import { USE_COLORS } from "./use-colors.js";
import { stackedUse } from "./use-stack.js";
import { words } from "./words/words.js";

export interface TimelineOptions {
  /**
   * Row of the machine in `workload.machines`. Default: the one that the most tasks left by migration in all
   * runs; without migrations the one with the highest mean load, or, without `keepMachines`, the most tasks.
   */
  readonly machine?: number;
}

/** A stay in its lane: LC tasks below BE tasks. */
interface Bar extends Stay {
  readonly isLc: boolean;
  readonly lane: number;
}

/** Room for an arrow and for a digit of a machine's number beside a bar, as shares of the run's duration. */
const [ARROW_ROOM, DIGIT_ROOM] = [0.022, 0.019];

/**
 * Returns the timeline of one machine's tasks, one panel for each run: bars of LC and BE tasks in lanes, with
 * the machines from which tasks came and to which they went. Below it, the machine's CPU use, for runs with
 * `keepMachines: true`. `workload` is the one that was simulated. Tasks that were evicted are missing
 * (`staysTable`). Throws InputError for no run, two runs with the same name, another workload, and a machine
 * that the workload does not have.
 */
export function machineTimeline(
  runs: readonly Run[],
  workload: Workload,
  { machine, ...rest }: TimelineOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["machine"], "option of machineTimeline");
  checkRuns(runs);
  checkNames(runs.map(({ policy }) => policy));
  const stays = runs.map((run) => staysOf(run));
  const chosen = machine ?? mostTelling(runs, stays, workload);
  check(runs, workload, chosen);
  const duration = durationOf(runs);
  const bars = stays.map((ofRun) =>
    barsOf(
      ofRun.filter((stay) => stay.machine === chosen),
      workload,
      duration,
    ),
  );
  const lanes = Math.max(1, ...bars.flat().map(({ lane }) => lane + 1));
  const panels = runs.map(({ policy }, i) => panelOf(policy, bars[i], { duration, lanes }));
  const hasUse = runs.every(({ machines }) => machines !== undefined);
  const evicted = Math.max(...runs.map(({ tasks }) => tasks.evictions.filter((count) => count > 0).length));
  const { timeline } = words;
  const figure = arrange([...panels, ...(hasUse ? runs.map((run) => useOf(run, chosen, duration)) : [])], {
    name: "machine-timeline",
    title: timeline.title(chosen),
    says: saysOf(runs, bars, chosen),
    caption: joinTexts(timeline.caption(chosen), hasUse && timeline.use, originOfRuns(runs).basis),
    across: runs.length,
    share: "both",
  });
  return withProvenance(figure, evicted > 0 && timeline.evicted(evicted), describeRuns(runs));
}

function check(runs: readonly Run[], { machines, executions }: Workload, machine: number): void {
  const other = runs.find(({ tasks }) => tasks.placed.length !== executions.start.length);
  if (other !== undefined) {
    throw new InputError(
      `the run of ${other.policy} is of another workload: give the one that was simulated`,
    );
  }
  const count = machines.id.length;
  if (Number.isInteger(machine) && machine >= 0 && machine < count) return;
  throw new InputError(`invalid machine: ${machine}; the workload has 0 to ${count - 1}`);
}

function mostTelling(
  runs: readonly Run[],
  stays: readonly (readonly Stay[])[],
  { machines }: Workload,
): number {
  const count = machines.id.length;
  const moves = new Float64Array(count);
  const tasks = new Float64Array(count);
  for (const { machine, went } of stays.flat()) {
    if (went >= 0) moves[machine]++;
    tasks[machine]++;
  }
  const history = runs[0].machines;
  const loads = history && meansOfMachines(history.cpu, count).map((mean) => mean || 0);
  const score = moves.some((n) => n > 0) ? moves : (loads ?? tasks);
  return score.indexOf(Math.max(...score));
}

/** Returns the stays in lanes, LC tasks from the bottom and BE tasks above them. */
function barsOf(stays: readonly Stay[], { executions }: Workload, duration: number): Bar[] {
  const room = (other: number): number =>
    other < 0 ? 0 : (ARROW_ROOM + DIGIT_ROOM * String(other).length) * duration;
  const isLc = ({ execution }: Stay): boolean => executions.taskClass[execution] === LATENCY_CRITICAL;
  const packed = (own: readonly Stay[], lowest: number): Bar[] => {
    const spans = own.map((stay) => ({
      ...stay,
      before: room(stay.came),
      after: room(stay.went),
    }));
    const lanes = packLanes(spans);
    return own.map((stay, i) => ({ ...stay, isLc: isLc(stay), lane: lowest + lanes[i] }));
  };
  const lc = packed(stays.filter(isLc), 0);
  const lowest = Math.max(0, ...lc.map(({ lane }) => lane + 1));
  return [
    ...lc,
    ...packed(
      stays.filter((stay) => !isLc(stay)),
      lowest,
    ),
  ];
}

function panelOf(
  policy: string,
  bars: readonly Bar[],
  { duration, lanes }: { duration: number; lanes: number },
): Figure {
  const { seconds, layout } = timeAxis(duration);
  const ofClass = (isLc: boolean): readonly Bar[] => bars.filter((bar) => bar.isLc === isLc);
  return {
    name: policy,
    title: toText(policy),
    caption: toText(""),
    data: [
      barTrace(ofClass(true), { name: words.use.lc, color: USE_COLORS.lc, seconds }),
      barTrace(ofClass(false), { name: words.use.be, color: USE_COLORS.be, seconds }),
      arrowTrace(
        bars.filter(({ came }) => came >= 0),
        "came",
        seconds,
      ),
      arrowTrace(
        bars.filter(({ went }) => went >= 0),
        "went",
        seconds,
      ),
    ],
    layout: {
      xaxis: layout,
      yaxis: { title: words.timeline.lanes, range: [-0.7, lanes - 0.3], showgrid: false, dtick: 10 },
    },
    aspect: Math.min(1.2, Math.max(0.35, 0.035 * lanes)),
    table: tableOf(bars),
  };
}

function tableOf(bars: readonly Bar[]): Table {
  const { timeline, common } = words;
  const other = (end: "came" | "went"): string[] => bars.map((bar) => (bar[end] < 0 ? "" : String(bar[end])));
  const read = (name: "execution" | "from" | "to"): number[] => bars.map((bar) => bar[name]);
  return {
    name: "machine-timeline",
    caption: timeline.lanes,
    columns: [
      column("execution", timeline.execution, "", read("execution")),
      column(
        "class",
        common.group,
        "",
        bars.map(({ isLc }) => (isLc ? "LC" : "BE")),
      ),
      column("from", timeline.from, "s", read("from")),
      column("to", timeline.to, "s", read("to")),
      column("came", timeline.came, "", other("came")),
      column("went", timeline.went, "", other("went")),
    ],
  };
}

function barTrace(
  bars: readonly Bar[],
  { name, color, seconds }: { name: Text; color: string; seconds: number },
): JsonObject {
  return {
    type: "bar",
    orientation: "h",
    name,
    // A trace without bars would have no entry in the legend.
    x: bars.length === 0 ? [null] : bars.map(({ from, to }) => (to - from) / seconds),
    y: bars.length === 0 ? [null] : bars.map(({ lane }) => lane),
    base: bars.map(({ from }) => from / seconds),
    width: 0.82,
    offset: -0.41,
    marker: { color, line: { width: 0 } },
    customdata: bars.map(({ execution }) => execution),
    hovertemplate: words.timeline.hover,
  };
}

/** Returns arrows at the ends of bars with the number of the other machine beside them. */
function arrowTrace(bars: readonly Bar[], end: "came" | "went", seconds: number): JsonObject {
  const isStart = end === "came";
  return {
    type: "scatter",
    mode: "markers+text",
    name: words.timeline[end],
    x: bars.length === 0 ? [null] : bars.map(({ from, to }) => (isStart ? from : to) / seconds),
    y: bars.length === 0 ? [null] : bars.map(({ lane }) => lane),
    text: bars.map((bar) => String(bar[end])),
    textposition: isStart ? "middle left" : "middle right",
    textfont: { size: 8 },
    marker: { symbol: isStart ? "triangle-right-open" : "triangle-right", size: 5, color: "#000000" },
    cliponaxis: false,
    hoverinfo: "skip",
  };
}

/** Returns the machine's LC and BE use over time. */
function useOf({ policy, machines, steps }: Run, machine: number, duration: number): Figure {
  const { machines: n, cpu, lc } = machines!;
  const rows = Array.from(steps.time, (time, step) => ({
    time,
    lc: lc[step * n + machine],
    used: cpu[step * n + machine],
  }));
  const figure = stackedUse(rows, duration, {
    name: policy,
    title: words.timeline.useTitle,
    caption: toText(""),
    aspect: 0.32,
  });
  // The legend names the bars of both classes, and so these areas.
  const { labels: _, ...layout } = figure.layout;
  return { ...figure, layout };
}

function saysOf(runs: readonly Run[], bars: readonly (readonly Bar[])[], machine: number): Text {
  const { said, withLoad, says } = words.timeline;
  const parts = runs.map(({ policy, machines }, i) => {
    const [away, to] = (["went", "came"] as const).map(
      (end) => bars[i].filter((bar) => bar[end] >= 0).length,
    );
    if (machines === undefined) return said(policy, away, to);
    const mean = meansOfMachines(machines.cpu, machines.machines)[machine];
    return Number.isNaN(mean) ? said(policy, away, to) : withLoad(said(policy, away, to), inPercent(mean));
  });
  return says(machine, parts);
}
