/** The colors of charts in a grid: charts with the same colors share them and their color bar. */
import type { Figure, JsonObject } from "../figure.js";
import type { Cell, Grid } from "./grid.js";

/** Whether no later chart has the same colors as this chart, so that the color bar stands here. */
export function isLastOfBar(figures: readonly Figure[], i: number): boolean {
  const own = colorsOf(figures[i]);
  return own !== undefined && !figures.slice(i + 1).some((figure) => colorsOf(figure) === own);
}

/** Returns the color axes, each once, with their bars at the right of the last chart that has them. */
export function colorAxes(
  figures: readonly Figure[],
  { cells }: Grid,
): { names: (string | undefined)[]; axes: Record<string, JsonObject> } {
  const texts = figures.map(colorsOf);
  // The theme leaves room at the right for the bar of "coloraxis", so that name is the last bar's.
  const distinct = [...new Set(texts.filter((text) => text !== undefined))].reverse();
  const nameOf = (text: string): string => {
    const n = distinct.indexOf(text);
    return n === 0 ? "coloraxis" : `coloraxis${n + 1}`;
  };
  const axes = distinct.map((text): [string, JsonObject] => {
    const cell = cells[texts.lastIndexOf(text)];
    const axis = JSON.parse(text) as JsonObject;
    return [nameOf(text), { ...axis, colorbar: barAt(axis.colorbar as JsonObject, cell) }];
  });
  return { names: texts.map((text) => text && nameOf(text)), axes: Object.fromEntries(axes) };
}

/** Returns a chart's color axis as text; undefined without colors. */
function colorsOf({ layout }: Figure): string | undefined {
  return "coloraxis" in layout ? JSON.stringify(layout.coloraxis) : undefined;
}

function barAt(bar: JsonObject, { x, y }: Cell): JsonObject {
  return { ...bar, x: x[1], xanchor: "left", y: (y[0] + y[1]) / 2, yanchor: "middle", len: y[1] - y[0] };
}
