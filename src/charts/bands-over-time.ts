import { quantileOfSorted } from "../metrics/fairness.js";
import { policiesOf } from "../simulate/differences.js";
import type { ReplicateRun } from "../simulate/replicate-run.js";
import { STEP_COLUMNS, type StepColumn } from "../simulate/run.js";
import { InputError } from "../errors.js";
import { describeGroups, describeReplicates, joinTexts, aboutTail } from "./captions.js";
import { column, groupMeans, numbers, policyColumn, stepsPerPoint, timeAxis } from "./columns.js";
import type { Figure, JsonObject } from "./figure.js";
import { axisTitle, STEP_LABELS } from "./labels.js";
import { lineTrace } from "./lines-over-time.js";
import { seriesStyle } from "./theme.js";

/** Points of a line at most: bands of every single step would hide one another. */
const MOST_POINTS = 100;

export interface BandsOptions {
  /** Default: all, in their order. */
  readonly policies?: readonly string[];
}

/**
 * Returns the chart of a figure of the steps over time, over repetitions: for each policy the median as a
 * line, and a band from the lower to the upper quartile. Throws InputError for an unknown column or policy,
 * and for no repetition.
 */
export function bandsOverTime(
  replicates: readonly (readonly ReplicateRun[])[],
  name: StepColumn,
  { policies = policiesOf(replicates) }: BandsOptions = {},
): Figure {
  if (!(name in STEP_COLUMNS)) {
    throw new InputError(`unknown column: ${name}; known: ${Object.keys(STEP_COLUMNS).join(", ")}`);
  }
  const quantity = STEP_LABELS[name];
  const [{ steps, manifest }] = replicates[0];
  const { stepSeconds } = manifest.workload;
  const axis = timeAxis(steps.time.length * stepSeconds);
  const group = stepsPerPoint(steps.time.length, MOST_POINTS);
  const x = groupMeans(steps.time, group).map((time) => time / axis.seconds);
  const bands = policies.map((policy) => {
    const row = rowOf(policiesOf(replicates), policy);
    const lines = replicates.map((runs) => groupMeans(runs[row].steps[name], group));
    return { policy, ...quartiles(lines, quantity.scale) };
  });
  const flat = (read: (band: (typeof bands)[number]) => Float64Array): number[] =>
    bands.flatMap((band) => Array.from(read(band)));
  return {
    name: `${name}-bands-over-time`,
    title: {
      en: `${quantity.label.en} over time, over repetitions`,
      zh: `${quantity.label.zh}随时间的变化（多次重复）`,
    },
    caption: joinTexts(
      {
        en:
          `${quantity.label.en} in each step: ${STEP_COLUMNS[name]}. Lines: medians of the ` +
          "repetitions; bands: from their lower to their upper quartile.",
        zh: `每一步的${quantity.label.zh}。曲线为各次重复的中位数，色带为上下四分位数之间。`,
      },
      aboutTail(name),
      describeGroups(group, stepSeconds),
      describeReplicates(replicates),
    ),
    data: [
      ...bands.map(({ low, high }, i) => bandTrace(x, low, high, i)),
      ...bands.map(({ policy, median }, i) => ({
        ...lineTrace(policy, i),
        x: numbers(x),
        y: numbers(median),
        hovertemplate: `${policy}<br>%{x:.2f} ${axis.unit}: %{y:.4~g} ${quantity.unit}<extra></extra>`,
      })),
    ],
    layout: { xaxis: axis.layout, yaxis: { title: axisTitle(quantity) } },
    aspect: 0.68,
    table: {
      name,
      caption: quantity.label,
      columns: [
        policyColumn(bands.flatMap(({ policy }) => Array.from(x, () => policy))),
        column(
          "time",
          { en: "Time", zh: "时间" },
          axis.unit,
          bands.flatMap(() => Array.from(x)),
        ),
        column(
          "q25",
          { en: "Lower quartile", zh: "下四分位数" },
          quantity.unit,
          flat(({ low }) => low),
        ),
        column(
          "median",
          { en: "Median", zh: "中位数" },
          quantity.unit,
          flat(({ median }) => median),
        ),
        column(
          "q75",
          { en: "Upper quartile", zh: "上四分位数" },
          quantity.unit,
          flat(({ high }) => high),
        ),
      ],
    },
  };
}

function rowOf(policies: readonly string[], policy: string): number {
  const row = policies.indexOf(policy);
  if (row < 0) throw new InputError(`unknown policy: ${policy}; simulated were ${policies.join(", ")}`);
  return row;
}

/** Quartiles over the lines at each point, of the values that are defined there. */
function quartiles(
  lines: readonly Float64Array[],
  scale: number,
): Record<"low" | "median" | "high", Float64Array> {
  const sorted = Array.from(lines[0], (_, point) =>
    Float64Array.from(lines, (line) => line[point] * scale)
      .filter(Number.isFinite)
      .sort(),
  );
  const at = (q: number): Float64Array => Float64Array.from(sorted, (values) => quantileOfSorted(values, q));
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** The band as one outline: with plotly's way of filling between two lines the legend is turned round. */
function bandTrace(x: Float64Array, low: Float64Array, high: Float64Array, n: number): JsonObject {
  const { color } = seriesStyle(n);
  const defined = Array.from(x.keys()).filter((point) => Number.isFinite(low[point]));
  const back = [...defined].reverse();
  return {
    type: "scatter",
    mode: "lines",
    x: numbers([...defined, ...back].map((point) => x[point])),
    y: numbers([...defined.map((point) => low[point]), ...back.map((point) => high[point])]),
    line: { width: 0, color, simplify: false },
    fill: "toself",
    fillcolor: `${color}30`,
    showlegend: false,
    hoverinfo: "skip",
  };
}
