import type { Figure, JsonObject } from "../figure.js";

/** The largest number of curves that are named inside the chart: above the diagonal is room for a few. */
const MOST_NAMES = 4;

/**
 * Returns the chart of curves from 0 to 100 on both axes, which all lie below the diagonal, with their names
 * and a piece of each line in the free corner at the top left; with more than four curves, with a legend.
 */
export function nameInCorner(figure: Figure): Figure {
  const { labels: _, ...layout } = figure.layout;
  if (figure.data.length > MOST_NAMES + 1) return { ...figure, layout };
  const samples = figure.data.map(sampleOf);
  return {
    ...figure,
    layout: { ...layout, annotations: figure.data.map(nameOf) },
    data: [...figure.data, ...samples].map((trace) => ({ ...trace, showlegend: false })),
  };
}

/** Returns the height of a curve's name. */
function heightOf(place: number): number {
  return 95 - 7.5 * place;
}

/** Returns a short piece of the curve's line, beside its name. */
function sampleOf({ line, mode, marker }: JsonObject, place: number): JsonObject {
  const y = heightOf(place);
  return {
    type: "scatter",
    mode,
    x: [2, 7, 12],
    y: [y, y, y],
    line,
    ...(marker ? { marker: { ...(marker as JsonObject), maxdisplayed: 1 } } : {}),
    hoverinfo: "skip",
  };
}

function nameOf({ name }: JsonObject, place: number): JsonObject {
  return { text: name, xref: "x", x: 14, xanchor: "left", yref: "y", y: heightOf(place), yanchor: "middle" };
}
