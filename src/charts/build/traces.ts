/** Parts of traces that several marks share. */
import { InputError } from "../../base/errors.js";
import { numbers } from "../columns.js";
import type { JsonObject } from "../figure.js";
import type { Channel } from "./channels.js";
import { drawnOf, otherOf, plottedOf, type Chart, type Lot, type Other } from "./chart.js";
import type { Ends } from "./options.js";

/** A line with more points than this has only about eight markers. */
const MARKED = 40;

/** Returns a series as a line. */
export function plainLine(chart: Chart, lot: Lot, y: Channel): JsonObject {
  const {
    style: { color, dash, symbol },
    look,
  } = chart.series[lot.series];
  const x = plottedOf(chart, lot, chart.x);
  return {
    type: "scatter",
    mode: look.mode ?? "lines+markers",
    line: { color, dash, width: look.width ?? 1.3, simplify: false },
    marker: { color, symbol, size: 5, maxdisplayed: x.length > MARKED ? 8 : 0 },
    connectgaps: false,
    x,
    y: plottedOf(chart, lot, y),
    ...hover(chart, lot, y),
  };
}

/**
 * Returns plotly's error bars from `low` to `high` around the axis's column; nothing without these options.
 * Throws InputError where an interval does not contain its value.
 */
export function errorBars(
  chart: Chart,
  lot: Lot,
  { axis, low, high, key }: { axis: Channel; low: string; high: string; key: "error_x" | "error_y" },
): JsonObject {
  const [lows, highs] = [otherOf(chart, low, axis), otherOf(chart, high, axis)];
  if (lows === undefined || highs === undefined) return {};
  for (const row of lot.rows) {
    const [from, value, to] = [lows.raw[row], axis.raw[row], highs.raw[row]];
    if (!(from > value || to < value)) continue;
    throw new InputError(`row ${row + 1}: ${axis.column} ${value} is not in its interval ${from} to ${to}`);
  }
  const middle = drawnOf(chart, lot, axis);
  const { color } = chart.series[lot.series].style;
  const arms = {
    array: numbers(drawnOf(chart, lot, highs).map((end, i) => end - middle[i])),
    arrayminus: numbers(drawnOf(chart, lot, lows).map((end, i) => middle[i] - end)),
  };
  return { [key]: { type: "data", symmetric: false, ...arms, color, thickness: 1, width: 2.5 } };
}

/** Returns a mark's hover text: its series, and its place with units. */
export function hover(chart: Chart, lot: Lot, y: Channel): JsonObject {
  const { x, color } = chart;
  const name = color === undefined ? "" : "%{fullData.name}\n";
  const part = ({ scale, quantity: { unit }, column }: Channel, letter: "x" | "y"): string =>
    scale === "words"
      ? "%{hovertext}"
      : `%{${letter}:${column === "time" ? ".2f" : ".4~g"}}${unit && ` ${unit}`}`;
  const words = [x, y].find(({ scale }) => scale === "words");
  return {
    ...(words === undefined
      ? {}
      : { hovertext: lot.rows.map((row) => words.categories[words.raw[row]].name) }),
    hovertemplate: `${name}${part(x, "x")}: ${part(y, "y")}<extra></extra>`,
  };
}

/** Throws InputError where only one end of an interval is given. */
export function checkEnds(low: string | undefined, high: string | undefined): void {
  if ((low === undefined) === (high === undefined)) return;
  throw new InputError(`only ${low === undefined ? "high" : "low"} of the interval: give low and high`);
}

/** Returns the columns of an interval for `openChart`; none without an interval. */
export function endsOf({ low, high }: Ends, axis: "x" | "y" = "y"): Record<string, Other> {
  if (low === undefined || high === undefined) return {};
  return { low: { column: low, axis }, high: { column: high, axis } };
}
