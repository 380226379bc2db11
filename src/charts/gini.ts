import { BALANCED_BELOW, GINI_BANDS } from "../metrics/gini.js";
import type { Run } from "../simulate/simulate.js";
import { joinTexts } from "./captions.js";
import type { Figure, JsonObject, Table, Text } from "./figure.js";
import { linesOverTime, stepSource } from "./lines-over-time.js";

export interface GiniOptions {
  /** The thesis's bands as shades of grey, with their names at the right. Default true. */
  readonly bands?: boolean;
  /** The least Gini that any policy could reach (water-filling), of the first run. Default true. */
  readonly bound?: boolean;
  /** The range of Google's own cell in 2011. Default true. */
  readonly realCell?: boolean;
}

/**
 * Gini of machines' CPU utilization in Google's own 2011 cell: least and largest of the twelve five-minute slots of
 * 16 May 2011 00:00-00:55 EDT (clusterdata-2011-2) and of day 15, 13:00 ("Borg: the Next Generation", figure 6a).
 */
export const REAL_CELL_GINI: readonly [number, number] = [0.316, 0.378];

/** Returns the chart of the Gini coefficient over time, one line per policy. Throws InputError for no run. */
export function giniOverTime(
  runs: readonly Run[],
  { bands = true, bound = true, realCell = true }: GiniOptions = {},
): Figure {
  const { traces, table, axis, caption } = linesOverTime(runs, stepSource("gini"));
  const limit = linesOverTime(runs.slice(0, 1), stepSource("giniBound"));
  const [, end] = axis.layout.range as readonly [number, number];
  const top = Math.min(1, niceTop(largest([...traces, ...limit.traces], realCell ? REAL_CELL_GINI[1] : 0)));
  return {
    name: "gini-over-time",
    title: { en: "Gini coefficient of CPU utilization over time", zh: "CPU 利用率基尼系数随时间的变化" },
    caption: joinTexts(
      {
        en:
          "Gini coefficient of the CPU utilization delivered by machines in each step (population " +
          "form; weighted by capacity where machines differ).",
        zh: "每一步中各机器实际 CPU 利用率的基尼系数（总体形式；机器规格不同时按容量加权）。",
      },
      ...(bands ? [ABOUT_BANDS] : []),
      ...(bound ? [ABOUT_BOUND] : []),
      ...(realCell ? [ABOUT_CELL] : []),
      caption,
    ),
    data: [
      ...(realCell ? realCellTraces(end) : []),
      ...(bound ? [boundTrace(limit.traces[0])] : []),
      ...traces,
    ],
    layout: {
      xaxis: { ...axis.layout, ...(bands ? { domain: [0, 0.87] } : {}) },
      yaxis: { title: { en: "Gini coefficient", zh: "基尼系数" }, range: [0, top] },
      ...(bands ? { shapes: bandShapes(top), annotations: bandNames(top) } : {}),
    },
    aspect: 0.68,
    table: bound ? withBound(table, limit.table) : table,
  };
}

function boundTrace(trace: JsonObject): JsonObject {
  const name: Text = { en: "Bound", zh: "下界" };
  return {
    ...trace,
    name,
    legendgroup: "bound",
    mode: "lines",
    line: { color: "#555555", dash: "dot", width: 1.6, simplify: false },
    hovertemplate: { en: "Bound: %{y:.3f}<extra></extra>", zh: "下界：%{y:.3f}<extra></extra>" },
  };
}

function realCellTraces(end: number): JsonObject[] {
  const [low, high] = REAL_CELL_GINI;
  return [
    {
      type: "scatter",
      mode: "lines",
      name: { en: "Google cell 2011", zh: "Google 集群 2011" },
      x: [0, end, end, 0],
      y: [low, low, high, high],
      fill: "toself",
      fillcolor: "rgba(230,159,0,0.35)",
      line: { width: 0, color: "rgba(230,159,0,0.35)", simplify: false },
      hoverinfo: "skip",
    },
  ];
}

/** Shades with a line at the thesis's mark of balance. */
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
  // A sliver at the top has no room for words.
  const inside = GINI_BANDS.filter(({ from, below }) => Math.min(below, top) - from > 0.09 * top);
  return inside.map(({ name, from, below }) => ({
    xref: "x domain",
    x: 1.01,
    xanchor: "left",
    yref: "y",
    y: (from + Math.min(below, top)) / 2,
    align: "left",
    text: BAND_NAMES[name],
    font: { color: "#444444" },
  }));
}

const BAND_NAMES: Readonly<Record<string, Text>> = {
  "highly even": { en: "highly<br>even", zh: "高度<br>平均" },
  "fairly even": { en: "fairly<br>even", zh: "比较<br>平均" },
  medium: { en: "medium", zh: "一般" },
  "large gap": { en: "large<br>gap", zh: "差距<br>较大" },
  "extremely uneven": { en: "very<br>uneven", zh: "极不<br>平均" },
};

function withBound(gini: Table, bound: Table): Table {
  const [policy, time, value] = gini.columns;
  const [, boundTime, boundValue] = bound.columns;
  return {
    ...gini,
    columns: [
      { ...policy, values: [...policy.values, ...boundTime.values.map(() => "bound")] },
      { ...time, values: [...time.values, ...boundTime.values] },
      { ...value, values: [...value.values, ...boundValue.values] },
    ],
  };
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

const ABOUT_BANDS: Text = {
  en:
    "Shades: the bands of the thesis draft, section 2.4, read as half-open intervals; line: " +
    `its mark of balance, ${BALANCED_BELOW}.`,
  zh: `灰色区域：论文 2.4 节划分的等级（按半开区间理解）；点划线：论文的均衡标准 ${BALANCED_BELOW}。`,
};
const ABOUT_BOUND: Text = {
  en:
    "Bound: the least value that any placement could reach with LC load where it is and BE " +
    "load divisible (water-filling, first policy's load).",
  zh: "下界：时延敏感型负载不动、尽力而为型负载可任意拆分时所能达到的最小值（注水法，取第一个策略的负载）。",
};
const ABOUT_CELL: Text = {
  en: `Google cell 2011: ${REAL_CELL_GINI.join(" to ")}, measured in Google's own cell in May 2011.`,
  zh: `“Google 集群 2011”：2011 年 5 月 Google 集群的实测范围 ${REAL_CELL_GINI.join("～")}。`,
};
