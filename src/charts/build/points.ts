import { InputError } from "../../base/errors.js";
import type { Figure, Json, JsonObject } from "../figure.js";
import type { Channel } from "./channels.js";
import { openChart, plottedOf, type Chart, type Lot, type Plan } from "./chart.js";
import { figureOf } from "./compose.js";
import type { ChartOptions, Ends, XY } from "./options.js";
import type { RowTable } from "./rows.js";
import { checkEnds, endsOf, errorBars, hover } from "./traces.js";

export interface PointsOptions extends XY, Ends, ChartOptions {
  /** Ends of an interval around x. */
  readonly xLow?: string;
  readonly xHigh?: string;
  /** A column that is true, or a number other than 0, for points that are drawn hollow. */
  readonly hollow?: string;
}

/**
 * Returns a chart of points, colored by `color`. An axis may hold words; the series of one word are then side
 * by side. Throws InputError for a missing column, for values that cannot be drawn, for no rows, and where a
 * value lies outside its interval.
 */
export function points(table: RowTable, columns: PointsOptions): Figure {
  return pointsFigure(table, columns, { mark: "points", own: OWN, xAxis: FREE, yAxis: FREE });
}

const OWN = ["x", "y", "color", "low", "high", "xLow", "xHigh", "hollow"];
const FREE = { range: "padded", words: "may" } as const;

/** Draws `points` for another mark; `layout` returns additional settings of plotly's layout. */
export function pointsFigure(
  table: RowTable,
  columns: PointsOptions,
  plan: Pick<Plan, "mark" | "own" | "xAxis" | "yAxis">,
  layout?: (chart: Chart) => JsonObject,
): Figure {
  const { x, y, color, low, high, xLow, xHigh, hollow } = columns;
  checkEnds(low, high);
  checkEnds(xLow, xHigh);
  const across = endsOf({ low: xLow, high: xHigh }, "x");
  const chart = openChart(
    table,
    {
      ...plan,
      x,
      y,
      color,
      others: {
        ...endsOf({ low, high }),
        ...(xLow === undefined ? {} : { xLow: across.low, xHigh: across.high }),
        ...(hollow === undefined ? {} : { hollow: { column: hollow, axis: "none" } }),
      },
    },
    columns,
  );
  return figureOf(chart, [(lot, channel) => pointsOf(chart, lot, channel)], layout?.(chart));
}

function pointsOf(chart: Chart, lot: Lot, y: Channel): JsonObject {
  const { x } = chart;
  const { style, look } = chart.series[lot.series];
  const hollow = hollowOf(chart, lot);
  const fill = hollow.some(Boolean) ? hollow.map((is) => (is ? "#ffffff" : style.color)) : style.color;
  return {
    type: "scatter",
    mode: "markers",
    x: placed(chart, lot, x),
    y: placed(chart, lot, y),
    ...errorBars(chart, lot, { axis: x, low: "xLow", high: "xHigh", key: "error_x" }),
    ...errorBars(chart, lot, { axis: y, low: "low", high: "high", key: "error_y" }),
    marker: {
      color: fill,
      symbol: style.symbol,
      size: look.size ?? 7,
      line: { color: style.color, width: 1.3 },
    },
    cliponaxis: false,
    ...hover(chart, lot, y),
  };
}

/** Distance of neighbors in the place of one word, and the part of the place that they may use. */
const [APART, SPREAD] = [0.2, 0.7];

/**
 * Returns the positions on an axis. Where several series share the place of a word, they are put side by
 * side.
 */
function placed(chart: Chart, lot: Lot, channel: Channel): (number | null)[] {
  const drawn = plottedOf(chart, lot, channel);
  const count = chart.series.length;
  if (channel.scale !== "words" || !sharesPlaces(chart, channel)) return drawn;
  const apart = Math.min(APART, SPREAD / count);
  const offset = apart * (lot.series - (count - 1) / 2);
  return drawn.map((place) => (place === null ? null : place + offset));
}

function sharesPlaces({ lots }: Chart, { raw }: Channel): boolean {
  const seen = new Map<string, number>();
  return lots.some(({ panel, series, rows }) =>
    rows.some((row) => {
      const place = `${panel} ${raw[row]}`;
      const first = seen.get(place) ?? series;
      seen.set(place, first);
      return first !== series;
    }),
  );
}

function hollowOf({ rows, plan }: Chart, lot: Lot): boolean[] {
  const hollow = plan.others?.hollow;
  if (hollow === undefined) return [];
  const { values } = rows.column(hollow.column);
  return lot.rows.map((row) => isTrue(values[row], hollow.column));
}

function isTrue(value: Json, column: string): boolean {
  if (typeof value === "number") return value !== 0;
  if (value === null || value === "false") return false;
  if (value === "true") return true;
  throw new InputError(`column ${column} holds ${JSON.stringify(value)}: hollow needs true or false`);
}
