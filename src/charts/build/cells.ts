import { InputError } from "../../base/errors.js";
import { numbers } from "../columns.js";
import type { Figure, JsonObject } from "../figure.js";
import { axisTitle } from "../labels.js";
import { channelOf, type Channel } from "./channels.js";
import { openChart, type Chart, type Lot } from "./chart.js";
import { figureOf } from "./compose.js";
import type { ChartOptions } from "./options.js";
import type { RowTable } from "./rows.js";

export interface CellsOptions extends ChartOptions {
  readonly x: string;
  readonly y: string;
  /** The column with the numbers that are drawn as color. */
  readonly fill: string;
}

/** The largest number of cells: with more, each would be far smaller than a pixel. */
const MOST_CELLS = 1_000_000;

/**
 * Returns a heat map with a cell for each pair of x and y, colored by `fill`; pairs without a number stay
 * white. Words on y go from top to bottom. Throws InputError for a missing column, for values that cannot be
 * drawn, for no rows, for two rows of one cell, and for too many cells.
 */
export function cells(table: RowTable, columns: CellsOptions): Figure {
  const { x, y, fill } = columns;
  const chart = openChart(
    table,
    {
      mark: "cells",
      own: ["x", "y", "fill"],
      x,
      y,
      others: { fill: { column: fill, axis: "none" } },
      xAxis: { range: "cells", words: "may" },
      yAxis: { range: "cells", words: "may" },
    },
    columns,
  );
  if (columns.scales?.[fill] === "log") {
    throw new InputError(
      `column ${fill} is drawn as color, which cannot be logarithmic: derive its logarithm`,
    );
  }
  const color = channelOf(chart.rows, fill, columns, { role: "fill of cells", isX: false, range: "fit" });
  const [across, up] = [placesOf(chart.x), placesOf(chart.ys[0])];
  if (across.length * up.length > MOST_CELLS) {
    throw new InputError(`${x} by ${y} makes ${across.length} by ${up.length} cells: bin one of them first`);
  }
  return figureOf(chart, [(lot) => cellsOf(chart, lot, { color, across, up })], {
    coloraxis: colorAxis(color),
  });
}

/** Returns the values of an axis in ascending order. */
function placesOf({ raw }: Channel): number[] {
  return [...new Set(raw)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
}

interface Grid {
  readonly color: Channel;
  readonly across: readonly number[];
  readonly up: readonly number[];
}

function cellsOf({ x, ys: [y] }: Chart, lot: Lot, { color, across, up }: Grid): JsonObject {
  const [column, line] = [across, up].map((places) => new Map(places.map((place, i) => [place, i])));
  const z = up.map(() => new Float64Array(across.length).fill(NaN));
  const seen = new Set<number>();
  for (const row of lot.rows) {
    const [at, on] = [column.get(x.raw[row]), line.get(y.raw[row])];
    if (at === undefined || on === undefined) continue;
    if (seen.has(on * across.length + at)) {
      throw new InputError(
        `row ${row + 1}: another row has the same cell: give facet, or group by x and y first`,
      );
    }
    seen.add(on * across.length + at);
    z[on][at] = color.draw(color.raw[row]);
  }
  const unit = color.quantity.unit && ` ${color.quantity.unit}`;
  const name = (channel: Channel, letter: string): string =>
    `${channel.column} %{${letter}${channel.scale === "words" ? "" : ":.4~g"}}`;
  return {
    type: "heatmap",
    x: across.map(x.draw),
    y: up.map(y.draw),
    z: z.map(numbers),
    coloraxis: "coloraxis",
    zsmooth: false,
    hoverongaps: false,
    showlegend: false,
    hovertemplate: `${name(x, "x")}, ${name(y, "y")}: %{z:.4~g}${unit}<extra></extra>`,
  };
}

function colorAxis({ quantity, axis }: Channel): JsonObject {
  const { range } = axis;
  return {
    // Its lightness increases monotonically, so it also works in gray print. Missing values stay white.
    colorscale: "Cividis",
    ...(Array.isArray(range) ? { cmin: range[0] as number, cmax: range[1] as number } : {}),
    colorbar: {
      title: { text: axisTitle(quantity), side: "right" },
      thickness: 10,
      outlinewidth: 0.5,
      len: 1,
      xpad: 4,
      ypad: 0,
    },
  };
}
