/** Lines over time, one a run: the common part of several charts. */
import { type StepMetricName } from "../simulate/metrics/catalogue.js";
import type { Run } from "../simulate/simulate.js";
import { describeGroups, describeRuns, joinTexts } from "./captions.js";
import {
  column,
  groupMeans,
  numbers,
  policyColumn,
  stepsPerPoint,
  timeAxis,
  type TimeAxis,
} from "./columns.js";
import type { JsonObject, Table, Text } from "./figure.js";
import { LABELS, type Quantity } from "./labels.js";
import { seriesStyle } from "./theme.js";
import { InputError } from "../errors.js";

export interface Lines {
  readonly traces: readonly JsonObject[];
  readonly table: Table;
  readonly axis: TimeAxis;
  /** What the runs have in common, and how many steps a point stands for. */
  readonly caption: Text;
}

/** What to draw: a column of the steps, or numbers made of a run, one a step. */
export interface LineSource {
  readonly name: string;
  readonly quantity: Quantity;
  readonly values: (run: Run) => ArrayLike<number>;
}

export function stepSource(name: StepMetricName): LineSource {
  return { name, quantity: LABELS[name], values: (run) => run.steps[name] };
}

/** Returns one line per run, the time axis that fits all of them, and the points as a tidy table. */
export function linesOverTime(
  runs: readonly Run[],
  { name, quantity, values }: LineSource,
  { yaxis = "y", showlegend = true }: { yaxis?: string; showlegend?: boolean } = {},
): Lines {
  checkRuns(runs);
  const { axis, group, stepSeconds } = timeOf(runs);
  const lines = runs.map((run) => ({
    policy: run.policy,
    x: groupMeans(run.steps.time, group).map((time) => time / axis.seconds),
    y: groupMeans(values(run), group).map((value) => value * quantity.scale),
  }));
  return {
    axis,
    caption: joinTexts(describeGroups(group, stepSeconds), describeRuns(runs)),
    traces: lines.map(({ policy, x, y }, i) => ({
      ...lineTrace(policy, i),
      yaxis,
      showlegend,
      legendgroup: policy,
      x: numbers(x),
      y: numbers(y),
      hovertemplate: `${policy}<br>%{x:.2f} ${axis.unit}: %{y:.4~g} ${quantity.unit}<extra></extra>`,
    })),
    table: {
      name,
      caption: quantity.label,
      columns: [
        policyColumn(lines.flatMap(({ policy, x }) => Array.from(x, () => policy))),
        column(
          "time",
          { en: "Time", zh: "时间" },
          axis.unit,
          lines.flatMap(({ x }) => Array.from(x)),
        ),
        column(
          name,
          quantity.label,
          quantity.unit,
          lines.flatMap(({ y }) => Array.from(y)),
        ),
      ],
    },
  };
}

/** Throws InputError where there is no run to draw. */
export function checkRuns(runs: readonly Run[]): void {
  if (runs.length === 0) throw new InputError("no run to draw: simulate a policy first");
}

/** Returns the time axis for the runs, and how many steps a point stands for. */
export function timeOf(runs: readonly Run[]): { axis: TimeAxis; group: number; stepSeconds: number } {
  const steps = Math.max(...runs.map((run) => run.steps.time.length));
  const { stepSeconds } = runs[0].manifest.workload;
  return { axis: timeAxis(steps * stepSeconds), group: stepsPerPoint(steps), stepSeconds };
}

/** Returns the look of the n-th line: some eight markers, however many points it has. */
export function lineTrace(name: string, n: number): JsonObject {
  const { color, dash, symbol } = seriesStyle(n);
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    line: { color, dash, width: 1.3, simplify: false },
    marker: { color, symbol, size: 5, maxdisplayed: 8 },
    connectgaps: false,
  };
}
