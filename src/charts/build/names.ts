/** The names that may stand beside lines and points instead of in a legend. */
import type { JsonObject } from "../figure.js";
import type { Label } from "../place-labels.js";
import type { Chart } from "./chart.js";

/** The largest number of points that are named; lines are named where the panel is high enough. */
const MOST_POINTS = 30;

/**
 * Returns the labels of a chart: one at the end of each line of the first panel, or one beside each point
 * where every series is a single point. None for charts with a facet or without colors. `traces` are those of
 * the series in the first panel, texts in two languages.
 */
export function namesOf(chart: Chart, traces: readonly JsonObject[]): JsonObject[] {
  const { plan, color, facet, x, ys, lots } = chart;
  if (color === undefined || facet !== undefined || color.isNumeric || lots.length < 2) return [];
  if (plan.mark === "lines" || plan.mark === "bands") return traces.flatMap((trace) => endOf(chart, trace));
  const isSingle = lots.every(({ rows }) => rows.length === 1) && lots.length <= MOST_POINTS;
  if (plan.mark !== "points" || !isSingle || [x, ys[0]].some(({ scale }) => scale === "words")) return [];
  return traces.flatMap((trace) => pointOf(chart, trace));
}

function endOf(chart: Chart, trace: JsonObject): JsonObject[] {
  const ys = trace.y as readonly (number | null)[];
  const last = ys.reduce<number>((found, y, i) => (y === null ? found : i), -1);
  return last < 0 ? [] : [labelOf(chart, trace, "end", last)];
}

function pointOf(chart: Chart, trace: JsonObject): JsonObject[] {
  const [x, y] = [trace.x, trace.y].map((values) => (values as readonly (number | null)[])[0]);
  if (x === null || y === null) return [];
  const reach = (["error_x", "error_y"] as const).map((key) => {
    const { array = [], arrayminus = [] } = (trace[key] ?? {}) as Record<string, (number | null)[]>;
    return Math.max(0, array[0] ?? 0, arrayminus[0] ?? 0);
  });
  return [{ ...labelOf(chart, trace, "point", 0), reach }];
}

function labelOf({ x, ys }: Chart, trace: JsonObject, kind: Label["kind"], at: number): JsonObject {
  const places = [x, ys[0]].map((channel, i) => {
    const value = (trace[i === 0 ? "x" : "y"] as readonly number[])[at];
    return channel.scale === "log" ? Math.log10(value) : value;
  });
  const { color } = (trace.line ?? {}) as { color?: string };
  const { line } = (trace.marker ?? {}) as { line?: { color: string } };
  return {
    kind,
    text: trace.name,
    color: color ?? line?.color ?? "#111111",
    x: places[0],
    y: places[1],
    xaxis: trace.xaxis,
    yaxis: trace.yaxis,
  };
}
