import type { Figure, JsonObject } from "../figure.js";
import { verticalLine } from "./panels.js";
import { pointsFigure } from "./points.js";
import type { ChartOptions } from "./options.js";
import type { RowTable } from "./rows.js";

export interface IntervalsOptions extends ChartOptions {
  /** Each value of this column has a row. */
  readonly y: string;
  /** The column with the estimate. */
  readonly x: string;
  readonly low: string;
  readonly high: string;
  readonly color?: string;
  /** A column that is true, or a number other than 0, for points that are drawn hollow. */
  readonly hollow?: string;
  /** The positions of vertical lines, such as 0 for differences; null (default) for no line. */
  readonly reference?: number | readonly number[] | null;
}

/** `pointsFigure` knows `low` and `high` of intervals around x as `xLow` and `xHigh`. */
const OWN = ["x", "y", "color", "xLow", "xHigh", "hollow", "reference"];

/**
 * Returns the forest plot: a row for each value of y, the first on top, with the estimate x and its interval
 * from `low` to `high`. Throws the same errors as `points`.
 */
export function intervals(table: RowTable, columns: IntervalsOptions): Figure {
  const { low, high, reference = null, ...rest } = columns;
  const at = typeof reference === "number" ? [reference] : (reference ?? []);
  return pointsFigure(
    table,
    { ...rest, xLow: low, xHigh: high },
    {
      mark: "intervals",
      own: OWN,
      xAxis: { range: "padded", holds: at.at(-1) },
      yAxis: { words: "always" },
    },
    ({ panels: { panels }, x }): JsonObject =>
      at.length === 0 ? {} : { shapes: at.flatMap((value) => panels.map(verticalLine(x.draw(value)))) },
  );
}
