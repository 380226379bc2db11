import { InputError } from "../../base/errors.js";
import type { Figure, JsonObject } from "../figure.js";
import type { Channel } from "./channels.js";
import { verticalLine } from "./panels.js";
import { openChart, type Chart, type Lot } from "./chart.js";
import { figureOf } from "./compose.js";
import type { ChartOptions, Ends, XY } from "./options.js";
import type { RowTable } from "./rows.js";
import { checkEnds, endsOf, errorBars, plainLine } from "./traces.js";

export interface LinesOptions extends Omit<XY, "y">, Ends, ChartOptions {
  /** Several columns get one panel each, one above the other. */
  readonly y: string | readonly string[];
  /** Whether a line may have several points at one x, as step functions have. Default false. */
  readonly stairs?: boolean;
  /** The position of a vertical line, such as a default; null (default) for no line. */
  readonly reference?: number | null;
}

/** The largest number of points of a line; in longer lines a point is the mean of neighbors. */
const MOST_POINTS = 300;

/**
 * Returns the chart of y against x, with a line for each value of `color` and its points in order of x. NaN
 * and null are gaps. Throws InputError for a missing column, for values that cannot be drawn, for no rows,
 * and where two points of one line have the same x.
 */
export function lines(table: RowTable, columns: LinesOptions): Figure {
  const { x, y, color, low, high, stairs = false, reference = null } = columns;
  checkEnds(low, high);
  if (low !== undefined && typeof y !== "string" && y.length > 1) {
    throw new InputError(`lines: low and high need a single y column, but there are ${y.length}`);
  }
  const chart = openChart(
    table,
    {
      mark: "lines",
      own: ["x", "y", "color", "low", "high", "stairs", "reference"],
      x,
      y,
      color,
      others: endsOf({ low, high }),
      xAxis: { words: "may" },
      yAxis: { range: "zero" },
      most: MOST_POINTS,
      sorted: true,
    },
    columns,
  );
  if (!stairs) checkOnce(chart);
  // A logarithmic axis has no place for 0.
  const isShown = reference !== null && (chart.x.scale !== "log" || reference > 0);
  const line: JsonObject = isShown
    ? { shapes: chart.panels.panels.map(verticalLine(chart.x.draw(reference))) }
    : {};
  return figureOf(chart, [(lot, channel) => lineOf(chart, lot, channel)], line);
}

function lineOf(chart: Chart, lot: Lot, y: Channel): JsonObject {
  return {
    ...plainLine(chart, lot, y),
    ...errorBars(chart, lot, { axis: y, low: "low", high: "high", key: "error_y" }),
  };
}

/** Throws InputError where two rows of one series have the same place on an axis, by default x. */
export function checkOnce(chart: Chart, x: Channel = chart.x): void {
  const { lots, color, facet, series, plan } = chart;
  for (const lot of lots) {
    const places = lot.rows.map((row) => x.raw[row]);
    if (new Set(places).size === places.length) continue;
    const place = places.find((value, i) => places.indexOf(value) < i)!;
    const value = x.scale === "words" ? x.categories[place].value : place;
    const of = color === undefined ? "" : ` of ${series[lot.series].name.en}`;
    const told = [...(color ? [] : ["color"]), ...(facet ? [] : ["facet"])].join(" or ");
    throw new InputError(
      `${plan.mark}: several rows${of} at ${x.column} ${value}: ` +
        `${told === "" ? "" : `give a column that separates them as ${told}, or `}group by ${x.column} first`,
    );
  }
}
