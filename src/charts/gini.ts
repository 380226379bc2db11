import { op, type ColumnTable } from "arquero";
import { BALANCED_BELOW, GINI_BANDS } from "../metrics/gini.js";
import { meanOfDefined } from "../metrics/statistics.js";
import type { Run } from "../simulate/simulate.js";
import { lines } from "./build/lines.js";
import { joinTexts } from "./captions.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { checkRuns, overTime, stepRows } from "./run-rows.js";
import { coefficient } from "./sentence-numbers.js";
import { words } from "./words/words.js";

export interface GiniOptions {
  /** Whether to show the thesis's bands as shades of gray, with their names at the right. Default true. */
  readonly bands?: boolean;
  /**
   * Whether to show the least Gini that any policy could reach (water-filling) in the first run, where it is
   * defined. Default true.
   */
  readonly bound?: boolean;
  /** Whether to show the range of Google's own cell in 2011. Default true. */
  readonly realCell?: boolean;
}

/**
 * Gini of the machines' CPU utilization in Google's own 2011 cell: the least and largest of the twelve
 * five-minute slots of 16 May 2011 00:00-00:55 EDT (clusterdata-2011-2) and of day 15, 13:00 ("Borg: the Next
 * Generation", figure 6a).
 */
export const REAL_CELL_GINI: readonly [number, number] = [0.316, 0.378];

/** From this number of steps on, a point is the median of an hour: single steps are noise. */
const MANY_STEPS = 36;

/**
 * Returns the chart of the Gini coefficient over time, one line per policy: hourly medians where there are
 * more than 36 steps. Throws InputError for no run.
 */
export function giniOverTime(
  runs: readonly Run[],
  { bands = true, bound: isWanted = true, realCell = true }: GiniOptions = {},
): Figure {
  checkRuns(runs);
  const bound = isWanted && hasBound(runs[0]);
  const ofPolicies = stepRows(runs);
  const ofBound = stepRows([{ ...runs[0], policy: "bound" }], { gini: ({ steps }) => steps.giniBound });
  const isLong = runs[0].steps.time.length > MANY_STEPS;
  const rows = bound ? ofPolicies.concat(ofBound) : ofPolicies;
  const figure = lines(isLong ? hourly(rows) : rows, {
    ...overTime(runs),
    y: "gini",
    name: "gini-over-time",
    title: words.gini.title,
    caption: joinTexts(words.gini.caption, isLong && words.gini.hourly),
    method: joinTexts(
      words.gini.method,
      bands && words.gini.aboutBands(BALANCED_BELOW),
      bound && words.gini.aboutBound,
      realCell && words.gini.aboutCell(REAL_CELL_GINI),
    ),
    aspect: 0.68,
    ...(bound ? { names: { bound: words.gini.bound }, looks: { bound: { width: 1.6, mode: "lines" } } } : {}),
  });
  const { xaxis, yaxis, labels } = figure.layout as {
    xaxis: { range: [number, number] };
    yaxis: JsonObject;
    labels?: readonly JsonObject[];
  };
  const top = Math.min(1, niceTop(largest(figure.data, realCell ? REAL_CELL_GINI[1] : 0)));
  const policies = figure.data.slice(0, runs.length);
  return {
    ...figure,
    says: saysOf(runs),
    data: [
      ...(realCell ? [realCellTrace(xaxis.range[1])] : []),
      ...figure.data.slice(runs.length),
      ...policies,
    ],
    layout: {
      xaxis,
      yaxis: { ...yaxis, range: [0, top] },
      ...(bands ? { shapes: bandShapes(top) } : {}),
      labels: [
        ...(labels ?? []),
        ...(bands ? bandNames(top) : []),
        ...(realCell ? [regionName(words.gini.cell, middle(REAL_CELL_GINI), "#B07A00")] : []),
      ],
    },
  };
}

/** Says which run has the lowest mean, against the first run and the bound. */
function saysOf(runs: readonly Run[]): Text {
  const means = runs.map(({ steps }) => meanOfDefined(steps.gini));
  const lowest = means.reduce((best, mean, i) => (mean < means[best] ? i : best), 0);
  const bound = hasBound(runs[0]) ? coefficient(meanOfDefined(runs[0].steps.giniBound)) : "";
  const { says, saysOfOne } = words.gini;
  const [first, best] = [0, lowest].map((i) => [runs[i].policy, coefficient(means[i])] as const);
  return lowest === 0 ? saysOfOne(...first, bound, runs.length) : says(...first, ...best, bound);
}

/** There is none where LC work may move. */
function hasBound({ steps }: Run): boolean {
  return steps.giniBound.some((value) => !Number.isNaN(value));
}

function realCellTrace(end: number): JsonObject {
  const [low, high] = REAL_CELL_GINI;
  const color = "rgba(230,159,0,0.35)";
  return {
    type: "scatter",
    mode: "lines",
    name: words.gini.cell,
    x: [0, end, end, 0],
    y: [low, low, high, high],
    fill: "toself",
    fillcolor: color,
    line: { width: 0, color, simplify: false },
    hoverinfo: "skip",
  };
}

/** Returns the bands as shades, with a line at the thesis's mark of balance. */
function bandShapes(top: number): JsonObject[] {
  const shades = ["#ffffff", "#f1f1f1"];
  const across = { xref: "x domain", x0: 0, x1: 1, layer: "below" };
  return [
    ...GINI_BANDS.filter(({ from }) => from < top).map(({ from, below }, i) => ({
      type: "rect",
      ...across,
      y0: from,
      y1: Math.min(below, top),
      fillcolor: shades[i % 2],
      line: { width: 0 },
    })),
    {
      type: "line",
      ...across,
      y0: BALANCED_BELOW,
      y1: BALANCED_BELOW,
      line: { color: "#888888", width: 0.8, dash: "dashdot" },
    },
  ];
}

function bandNames(top: number): JsonObject[] {
  // Bands that are cut off at the top may have no room for a name.
  const inside = GINI_BANDS.filter(({ from, below }) => Math.min(below, top) - from > 0.09 * top);
  return inside.map(({ name, from, below }) =>
    regionName(words.gini.bands[name], middle([from, Math.min(below, top)]), "#777777"),
  );
}

/** Returns the name of a region at the right of the panel. */
function regionName(text: Text, y: number, color: string): JsonObject {
  return { kind: "end", text, color, x: 0, y, xaxis: "x", yaxis: "y", isPlain: true };
}

function middle([low, high]: readonly [number, number]): number {
  return (low + high) / 2;
}

/** Returns the medians of each policy's hours, at the middle of the hour. */
function hourly(rows: ColumnTable): ColumnTable {
  return rows
    .derive({ hour: "(row) => op.floor(row.time / 3600)" })
    .groupby("policy", "hour")
    .rollup({ gini: op.median("gini") })
    .derive({ time: "(row) => 3600 * (row.hour + 0.5)" });
}

function largest(traces: readonly JsonObject[], atLeast: number): number {
  let most = Math.max(atLeast, BALANCED_BELOW);
  for (const { y } of traces)
    for (const value of y as readonly (number | null)[]) most = Math.max(most, value ?? 0);
  return most;
}

function niceTop(value: number): number {
  return Math.ceil(value * 10.5) / 10;
}
