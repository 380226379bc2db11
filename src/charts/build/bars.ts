import type { Figure, JsonObject } from "../figure.js";
import type { Channel } from "./channels.js";
import { openChart, plottedOf, type Chart, type Lot } from "./chart.js";
import { figureOf } from "./compose.js";
import { checkOnce } from "./lines.js";
import type { ChartOptions, Ends, XY } from "./options.js";
import { readRows, type RowTable } from "./rows.js";
import { checkEnds, endsOf, errorBars, hover } from "./traces.js";

export interface BarsOptions extends XY, Ends, ChartOptions {
  /** Whether the bars of one place are stacked, not side by side. Default false. */
  readonly stacked?: boolean;
  /** The value at which bars begin. Default 0. */
  readonly base?: number;
}

/**
 * Returns a bar chart with a place for each value of one column and, in it, a bar for each value of `color`.
 * Bars are vertical, or horizontal where x holds numbers and y words. Values of 0 or less have no bar on a
 * logarithmic axis. Throws InputError for a missing column, for values that cannot be drawn, for no rows, and
 * for two bars in one place.
 */
export function bars(table: RowTable, columns: BarsOptions): Figure {
  const { x, y, color, low, high, stacked = false } = columns;
  checkEnds(low, high);
  const isLying = kindOf(table, y) === "words" && kindOf(table, x) === "numbers";
  const place = { words: "always" } as const;
  const length = { range: "zero" } as const;
  const chart = openChart(
    table,
    {
      mark: "bars",
      own: ["x", "y", "color", "low", "high", "stacked", "base"],
      x,
      y,
      color,
      others: endsOf({ low, high }, isLying ? "x" : "y"),
      xAxis: isLying ? length : place,
      yAxis: isLying ? place : length,
    },
    columns,
  );
  checkOnce(chart, isLying ? chart.ys[0] : chart.x);
  return figureOf(chart, [(lot, channel) => barOf(chart, lot, channel, { isLying, ...columns })], {
    barmode: stacked ? "relative" : "group",
    bargap: 0.25,
  });
}

function kindOf(table: RowTable, name: string): string {
  return readRows(table).column(name).kind;
}

function barOf(
  chart: Chart,
  lot: Lot,
  y: Channel,
  { isLying, stacked = false, base }: { isLying: boolean; stacked?: boolean; base?: number },
): JsonObject {
  const { x, facet } = chart;
  const { color, pattern } = chart.series[lot.series].style;
  const axis = isLying ? x : y;
  const lengths = plottedOf(chart, lot, axis);
  const from = base === undefined ? undefined : axis.draw(base);
  const values =
    from === undefined ? lengths : lengths.map((value) => (value === null ? null : value - from));
  const places = plottedOf(chart, lot, isLying ? y : x);
  return {
    type: "bar",
    ...(isLying ? { orientation: "h", x: values, y: places } : { x: places, y: values }),
    ...(from === undefined ? {} : { base: from }),
    // Leave the place of a series free in panels that lack it.
    ...(facet === undefined || stacked ? {} : { offsetgroup: String(lot.series), alignmentgroup: "bars" }),
    marker: {
      color,
      line: { color: "#111111", width: 0.6 },
      pattern: {
        shape: pattern,
        size: 5,
        solidity: 0.2,
        fillmode: "overlay",
        fgcolor: color === "#000000" ? "#ffffff" : "#111111",
      },
    },
    ...dark(errorBars(chart, lot, { axis, low: "low", high: "high", key: isLying ? "error_x" : "error_y" })),
    ...hover(chart, lot, y),
  };
}

/** Draws intervals dark: in the bar's own color they would be invisible. */
function dark(arms: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(arms).map(([key, value]) => [key, { ...(value as JsonObject), color: "#111111" }]),
  );
}
