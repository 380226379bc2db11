import { numbers } from "../columns.js";
import type { Figure, JsonObject } from "../figure.js";
import { axisTitle } from "../labels.js";
import { words } from "../words/words.js";
import { describeColumn } from "./channels.js";
import { drawnOf, openChart, otherOf, type Chart, type Lot } from "./chart.js";
import { figureOf, type Draw } from "./compose.js";
import { checkOnce } from "./lines.js";
import type { ChartOptions, XY } from "./options.js";
import type { RowTable } from "./rows.js";
import { endsOf, plainLine } from "./traces.js";

export interface BandsOptions extends Omit<XY, "y">, ChartOptions {
  readonly low: string;
  readonly high: string;
  /** A line within the band, such as the median. Default: none. */
  readonly y?: string;
}

/**
 * The largest number of points of a single band, and of each of several bands, which hide each other sooner.
 */
const [MOST_POINTS, MOST_OF_SEVERAL] = [300, 100];

/**
 * Returns the chart of bands from `low` to `high` along x, one for each value of `color`, with a line where y
 * is given. Throws the same errors as `lines`.
 */
export function bands(table: RowTable, columns: BandsOptions): Figure {
  const { x, y, low, high, color } = columns;
  const chart = openChart(
    table,
    {
      mark: "bands",
      own: ["x", "y", "color", "low", "high"],
      x,
      y: y ?? high,
      color,
      others: endsOf({ low, high }),
      yAxis: { range: "fit" },
      most: color === undefined ? MOST_POINTS : MOST_OF_SEVERAL,
      sorted: true,
    },
    y === undefined ? withAxisTitle(columns) : columns,
  );
  checkOnce(chart);
  const band: Draw = (lot) => bandOf(chart, lot, y === undefined);
  const line: Draw = (lot, channel) => plainLine(chart, lot, channel);
  return figureOf(chart, y === undefined ? [band] : [band, line]);
}

/** Names the axis after both ends of the band, for bands without a line. */
function withAxisTitle(columns: BandsOptions): BandsOptions {
  const { low, high, axes = {} } = columns;
  const [from, to] = [low, high].map((name) => describeColumn(name, columns));
  const label = words.build.to(from.label, to.label);
  return { ...columns, axes: { ...axes, [high]: { title: axisTitle({ ...to, label }), ...axes[high] } } };
}

/** Returns the band as one outline, because plotly's filling between two lines reverses the legend. */
function bandOf(chart: Chart, lot: Lot, isAlone: boolean): JsonObject {
  const { x, ys } = chart;
  const [low, high] = (["low", "high"] as const).map((role) => otherOf(chart, role, ys[0])!);
  const [at, from, to] = [x, low, high].map((channel) => drawnOf(chart, lot, channel));
  const isShown = (value: number): boolean => Number.isFinite(value) && (ys[0].scale !== "log" || value > 0);
  const outline = runsOf(at.length, (point) => isShown(from[point]) && isShown(to[point])).flatMap(
    (run, i) => {
      const there = run.map((point) => [at[point], from[point]]);
      const back = run.map((point) => [at[point], to[point]]).reverse();
      return [...(i > 0 ? [[NaN, NaN]] : []), ...there, ...back];
    },
  );
  const { style, look } = chart.series[lot.series];
  return {
    type: "scatter",
    mode: "lines",
    x: numbers(outline.map(([across]) => across)),
    y: numbers(outline.map(([, up]) => up)),
    line: { width: 0, color: look.fill ?? style.color, simplify: false },
    fill: "toself",
    fillcolor: look.fill ?? `${style.color}${isAlone ? "60" : "30"}`,
    hoverinfo: "skip",
  };
}

/** Returns the stretches of consecutive points that are shown; a gap splits a band. */
function runsOf(count: number, isShown: (point: number) => boolean): number[][] {
  const runs: number[][] = [];
  for (let point = 0; point < count; point++) {
    if (!isShown(point)) continue;
    const last = runs.at(-1);
    if (last?.at(-1) === point - 1) last.push(point);
    else runs.push([point]);
  }
  return runs;
}
