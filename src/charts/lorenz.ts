import { InputError } from "../errors.js";
import { gini, lorenz } from "../metrics/gini.js";
import type { Run } from "../simulate/simulate.js";
import { writeFixed } from "../write-numbers.js";
import { column, numbers, POLICY } from "./columns.js";
import { joinTexts } from "./captions.js";
import type { Figure, Text } from "./figure.js";
import { lineTrace } from "./lines-over-time.js";

export interface LorenzSeries {
  readonly name: string | Text;
  /** What is shared out, such as the utilization of each machine. */
  readonly values: ArrayLike<number>;
}

export interface LorenzOptions {
  /** Added to the caption: where the values come from. */
  readonly origin?: Text;
}

/** Points of a curve in a chart; the coefficient in the legend comes from all values. */
const MOST_POINTS = 200;

/** Returns the chart of the Lorenz curves of one or several series, each with its Gini coefficient. */
export function lorenzCurves(
  series: readonly LorenzSeries[],
  { origin = EMPTY }: LorenzOptions = {},
): Figure {
  if (series.length === 0) throw new InputError("no series to draw: give at least one");
  const curves = series.map(({ name, values }) => {
    const { population, share } = lorenz(values);
    const every = Math.ceil(values.length / MOST_POINTS);
    const keep = (_: number, i: number): boolean => i % every === 0 || i === values.length;
    return {
      name: typeof name === "string" ? { en: name, zh: name } : name,
      gini: gini(values),
      x: population.filter(keep).map((p) => p * 100),
      y: share.filter(keep).map((s) => s * 100),
    };
  });
  const labels = [MACHINES, LOAD];
  return {
    name: "lorenz",
    title: { en: "Lorenz curve of CPU utilization", zh: "CPU 利用率的洛伦兹曲线" },
    caption: joinTexts(
      {
        en:
          "Share of the load that the least loaded machines carry; on the diagonal all carry the " +
          "same. G: Gini coefficient (population form), twice the area between the curve and the " +
          "diagonal.",
        zh: "负载最轻的若干机器所承担的负载比例；对角线表示完全均衡。G 为基尼系数（总体形式），即曲线与对角线之间面积的两倍。",
      },
      origin,
    ),
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: { en: "Equal load", zh: "完全均衡" },
        x: [0, 100],
        y: [0, 100],
        line: { color: "#777777", width: 0.9, dash: "solid", simplify: false },
        hoverinfo: "skip",
      },
      ...curves.map(({ name, gini: g, x, y }, i) => ({
        ...lineTrace(name.en, i),
        name: append(name, `, G = ${writeFixed(g, 3)}`),
        x: numbers(x),
        y: numbers(y),
        hovertemplate: append(name, "<br>%{x:.1f} % → %{y:.1f} %<extra></extra>"),
      })),
    ],
    layout: {
      xaxis: { title: axis(labels[0]), range: [0, 100], dtick: 25 },
      yaxis: { title: axis(labels[1]), range: [0, 100], dtick: 25 },
    },
    aspect: 0.8,
    table: {
      name: "lorenz",
      caption: { en: "Lorenz curves", zh: "洛伦兹曲线" },
      columns: [
        column(
          "series",
          POLICY,
          "",
          curves.flatMap(({ name, x }) => Array.from(x, () => name.en)),
        ),
        column(
          "machines",
          MACHINES,
          "%",
          curves.flatMap(({ x }) => Array.from(x)),
        ),
        column(
          "load",
          LOAD,
          "%",
          curves.flatMap(({ y }) => Array.from(y)),
        ),
      ],
    },
  };
}

function append({ en, zh }: Text, tail: string): Text {
  return { en: `${en}${tail}`, zh: `${zh}${tail}` };
}

/**
 * Returns each machine's utilization in a step of a run, or its mean over the steps where none is given, without
 * machines that are down. Throws InputError where the run was not simulated with `keepMachines: true` or has no
 * such step.
 */
export function machineUtilization(run: Run, step?: number): Float64Array {
  if (run.machines === undefined) {
    throw new InputError(`run of ${run.policy} has no machines: simulate with keepMachines: true`);
  }
  const { machines, cpu } = run.machines;
  const steps = cpu.length / machines;
  if (step !== undefined && !(Number.isInteger(step) && step >= 0 && step < steps)) {
    throw new InputError(`invalid step: ${step}; the run has ${steps}`);
  }
  if (step !== undefined)
    return Float64Array.from(cpu.subarray(step * machines, (step + 1) * machines)).filter(isUp);
  return Float64Array.from({ length: machines }, (_, machine) => {
    const up = Array.from({ length: steps }, (_value, at) => cpu[at * machines + machine]).filter(isUp);
    return up.reduce((sum, utilization) => sum + utilization, 0) / up.length;
  }).filter(isUp);
}

function isUp(utilization: number): boolean {
  return !Number.isNaN(utilization);
}

const EMPTY: Text = { en: "", zh: "" };
const MACHINES: Text = { en: "Machines, least loaded first", zh: "机器累计占比（由轻到重）" };
const LOAD: Text = { en: "Share of the CPU load", zh: "CPU 负载累计占比" };

function axis({ en, zh }: Text): Text {
  return { en: `${en} (%)`, zh: `${zh}（%）` };
}
