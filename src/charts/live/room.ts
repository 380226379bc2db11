import type { JsonObject, PlotlyFigure } from "../figure.js";

/** Returns the size of a chart's font in pixels. */
export function fontOf({ font }: JsonObject): number {
  return (font as { readonly size: number }).size;
}

/** Makes a chart higher by this number of ems, above its panels. */
export function withRoomAbove({ data, layout }: PlotlyFigure, ems: number): PlotlyFigure {
  const room = Math.round(ems * fontOf(layout));
  const margin = layout.margin as JsonObject;
  const height = Number(layout.height) + room;
  return { data, layout: { ...layout, height, margin: { ...margin, t: Number(margin.t) + room } } };
}
