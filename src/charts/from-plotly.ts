/** Gives a chart that is written in plotly's own format the look of this lab's charts. */
import { InputError } from "../base/errors.js";
import { toText, type Figure, type Json, type JsonObject } from "./figure.js";
import { PALETTE } from "./looks.js";

/** A chart in plotly's own format, as `Plotly.newPlot` takes it. */
export interface PlotlyChart {
  readonly data: readonly object[];
  readonly layout?: object;
}

/** Types of traces that are drawn on an x and a y axis. */
const ON_AXES = new Set([
  ...["scatter", "scattergl", "bar", "box", "violin", "histogram", "histogram2d", "histogram2dcontour"],
  ...["heatmap", "contour", "waterfall", "funnel", "candlestick", "ohlc", "image"],
]);

/** Whether the value has the parts of a chart in plotly's own format. */
export function isPlotlyChart(value: unknown): value is PlotlyChart {
  if (typeof value !== "object" || value === null || !("data" in value)) return false;
  const { data, layout = {} } = value as { readonly data: unknown; readonly layout?: unknown };
  const isObject = (part: unknown): boolean => typeof part === "object" && part !== null;
  return Array.isArray(data) && data.every(isObject) && data.length > 0 && isObject(layout);
}

/**
 * Returns the chart as a figure: fonts, axes and legend become those of the lab, colors that the chart does
 * not name are from the lab's palette; all else stays as the chart has it. Its width and height give the
 * proportions only. Throws InputError for a value that JSON cannot hold.
 */
export function fromPlotly({ data, layout = {} }: PlotlyChart): Figure {
  const { title, width, height, autosize: _, ...own } = plain(layout) as JsonObject;
  const traces = plain(data) as readonly JsonObject[];
  const text = textOf(title);
  const aspect = typeof width === "number" && typeof height === "number" ? height / width : 0.62;
  return {
    name: "chart",
    hasMarkup: true,
    title: toText(text),
    caption: toText(""),
    data: traces,
    layout: { colorway: PALETTE, ...axesOf(traces), ...own },
    aspect,
    table: { name: "chart", caption: toText(""), columns: [] },
  };
}

function textOf(title: Json | undefined): string {
  if (typeof title === "string") return title;
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : "";
  return typeof text === "string" ? text : "";
}

/** Returns the axes that the traces name, since the look is given to axes that a layout has. */
function axesOf(traces: readonly JsonObject[]): JsonObject {
  const drawn = traces.filter(({ type = "scatter" }) => ON_AXES.has(type as string));
  const names = drawn.flatMap(({ xaxis = "x", yaxis = "y" }) => [xaxis as string, yaxis as string]);
  return Object.fromEntries(names.map((name) => [name.replace(/^([xy])/, "$1axis"), {}]));
}

/**
 * Returns the value as JSON: typed arrays as lists, dates as texts, without functions. Line feeds become
 * spaces, as plotly shows them.
 */
function plain(value: object): Json {
  const asList = (_: string, item: unknown): unknown => {
    if (typeof item === "string") return item.replace(/\r\n?|\n/g, " ");
    const isList = ArrayBuffer.isView(item) && !(item instanceof DataView);
    return isList ? Array.from(item as Float64Array) : item;
  };
  try {
    return JSON.parse(JSON.stringify(value, asList)) as Json;
  } catch (error) {
    throw new InputError(`the chart cannot be written as JSON: ${(error as Error).message}`);
  }
}
