/** Curves through points, for charts of numbers that come from no cluster run. */
import { InputError } from "../errors.js";
import { column, numbers } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { axisTitle, type Quantity } from "./labels.js";
import { lineTrace } from "./lines-over-time.js";

export interface Curve {
  readonly name: Text;
  /** In order of x. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Points alone, a line alone, or both (the default). */
  readonly mode?: "markers" | "lines" | "lines+markers";
}

export interface CurvesOptions {
  /** Fit for a file name. */
  readonly name: string;
  readonly title: Text;
  readonly caption: Text;
  readonly x: Quantity;
  readonly y: Quantity;
  /** What the curves differ in, for the table. */
  readonly series: Text;
  /** Default "linear"; on a logarithmic axis what is not above 0 is left out. */
  readonly xScale?: "linear" | "log";
  readonly yScale?: "linear" | "log";
  readonly aspect?: number;
}

/**
 * Returns the chart of the curves; their values are multiplied by the scales of `x` and `y`. Throws
 * InputError for none.
 */
export function curvesFigure(
  curves: readonly Curve[],
  { name, title, caption, x, y, series, xScale = "linear", yScale = "linear", aspect = 0.62 }: CurvesOptions,
): Figure {
  if (curves.length === 0) throw new InputError("no curve to draw: give at least one");
  const drawn = curves.map((curve) => ({
    ...curve,
    x: curve.x.map((value) => value * x.scale),
    y: curve.y.map((value) => value * y.scale),
  }));
  return {
    name,
    title,
    caption,
    data: drawn.map((curve, i): JsonObject => ({
      ...lineTrace("", i),
      // No marker is left out: points alone have no line that would stand for them.
      marker: { ...(lineTrace("", i).marker as JsonObject), maxdisplayed: 0 },
      name: curve.name,
      mode: curve.mode ?? "lines+markers",
      x: plotted(curve.x, xScale),
      y: plotted(curve.y, yScale),
      hovertemplate: `%{fullData.name}<br>%{x:.4~g} ${x.unit}: %{y:.4~g} ${y.unit}<extra></extra>`,
    })),
    layout: {
      xaxis: {
        title: axisTitle(x),
        ...scaleOf(
          xScale,
          drawn.flatMap((curve) => curve.x),
        ),
      },
      yaxis: {
        title: axisTitle(y),
        ...scaleOf(
          yScale,
          drawn.flatMap((curve) => curve.y),
        ),
      },
    },
    aspect,
    table: {
      name,
      caption: title,
      columns: [
        column(
          "series",
          series,
          "",
          drawn.flatMap((curve) => curve.x.map(() => curve.name.en)),
        ),
        column(
          "x",
          x.label,
          x.unit,
          drawn.flatMap((curve) => curve.x),
        ),
        column(
          "y",
          y.label,
          y.unit,
          drawn.flatMap((curve) => curve.y),
        ),
      ],
    },
  };
}

/** Returns the values as JSON has them, null for what the axis cannot show. */
export function plotted(values: readonly number[], scale: "linear" | "log"): (number | null)[] {
  return numbers(scale === "log" ? values.map((value) => (value > 0 ? value : NaN)) : values);
}

/**
 * Returns plotly's settings of an axis: from 0 where it is linear, a tick a decade where it is logarithmic
 * and long.
 */
export function scaleOf(scale: "linear" | "log", values: readonly number[]): JsonObject {
  if (scale === "linear") return { rangemode: "tozero" };
  const shown = values.filter((value) => value > 0 && value < Infinity);
  if (shown.length === 0) return { type: "log" };
  const [low, high] = [Math.log10(Math.min(...shown)), Math.log10(Math.max(...shown))];
  const decades = high - low;
  const room = 0.06 * decades + 0.02;
  const axis: JsonObject = { type: "log", range: [low - room, high + room] };
  return decades >= 1.2 ? { ...axis, dtick: Math.ceil(decades / 7) } : axis;
}
