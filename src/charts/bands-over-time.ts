import { quantileOfSorted } from "../metrics/fairness.js";
import type { ColumnTable } from "arquero";
import { InputError } from "../errors.js";
import { describeGroups, describeTable, joinTexts, aboutTail } from "./captions.js";
import { column, groupMeans, numbers, policyColumn, stepsPerPoint, timeAxis } from "./columns.js";
import type { Figure, JsonObject } from "./figure.js";
import { axisTitle, columnOf, meaningOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { rowsOf } from "./rows.js";
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
 * line, and a band from the lower to the upper quartile. `steps` is the table of steps that `experiment` gives, with
 * one setting of each policy. Throws InputError for an unknown column or policy, and for runs that differ in a setting.
 */
export function bandsOverTime(
  steps: ColumnTable,
  metric: MetricColumn,
  { policies }: BandsOptions = {},
): Figure {
  const name = columnOf(metric);
  const quantity = quantityOfColumn(metric);
  const { time, stepSeconds, lines } = readLines(steps, name);
  const axis = timeAxis(time.length * stepSeconds);
  const group = stepsPerPoint(time.length, MOST_POINTS);
  const x = groupMeans(time, group).map((seconds) => seconds / axis.seconds);
  const bands = (policies ?? [...lines.keys()]).map((policy) => {
    const own = lines.get(policy);
    if (own === undefined)
      throw new InputError(`unknown policy: ${policy}; simulated were ${[...lines.keys()].join(", ")}`);
    return {
      policy,
      ...quartiles(
        own.map((line) => groupMeans(line, group)),
        quantity.scale,
      ),
    };
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
          `${quantity.label.en} in each step: ${meaningOf(metric)}. Lines: medians of the ` +
          "repetitions; bands: from their lower to their upper quartile.",
        zh: `每一步的${quantity.label.zh}。曲线为各次重复的中位数，色带为上下四分位数之间。`,
      },
      aboutTail(metric),
      describeGroups(group, stepSeconds),
      describeTable(steps),
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

/** The lines of each policy, one a repetition, all over the same time. */
function readLines(
  steps: ColumnTable,
  name: string,
): { time: Float64Array; stepSeconds: number; lines: ReadonlyMap<string, Float64Array[]> } {
  const rows = rowsOf<{ policy: string; seed: number; step: number; time: number }>(steps, [
    "policy",
    "seed",
    "step",
    "time",
    name as "step",
  ]);
  const count = Math.max(...rows.map(({ step }) => step)) + 1;
  const time = new Float64Array(count);
  const lines = new Map<string, Map<string, Float64Array>>();
  for (const row of rows) {
    time[row.step] = row.time;
    const own = lines.get(row.policy) ?? new Map<string, Float64Array>();
    lines.set(row.policy, own);
    const line = own.get(String(row.seed)) ?? new Float64Array(count).fill(NaN);
    own.set(String(row.seed), line);
    if (!Number.isNaN(line[row.step]) && row.step > 0)
      throw new InputError(
        `two values of ${row.policy} with seed ${row.seed} in step ${row.step}: the runs differ in a setting; filter ` +
          "the table to one",
      );
    line[row.step] = Number((row as unknown as Readonly<Record<string, unknown>>)[name]);
  }
  const stepSeconds = count > 1 ? time[1] - time[0] : 300;
  return {
    time,
    stepSeconds,
    lines: new Map(Array.from(lines, ([policy, own]) => [policy, [...own.values()]])),
  };
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
