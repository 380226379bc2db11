import type { Figure, JsonObject } from "../figure.js";
import { verticalLine } from "./panels.js";
import { pointsFigure } from "./points.js";
import type { ChartOptions } from "./options.js";
import type { RowTable } from "./rows.js";

export interface IntervalsOptions extends ChartOptions {
  /** Column of which each value has a row. */
  readonly y: string;
  /** The estimate. */
  readonly x: string;
  readonly low: string;
  readonly high: string;
  readonly color?: string;
  /** Column that is true, or a number other than 0, where a point is drawn hollow. */
  readonly hollow?: string;
  /** Where a vertical line stands, such as 0 where estimates are differences; null: nowhere. Default null. */
  readonly reference?: number | null;
}

/** The ends of intervals are those of points around x. */
const OWN = ["x", "y", "color", "xLow", "xHigh", "hollow", "reference"];

/**
 * Returns the forest plot: a row for each value of y, the first on top, with the estimate x and its interval
 * from `low` to `high`. Errors as `points`.
 */
export function intervals(table: RowTable, columns: IntervalsOptions): Figure {
  const { low, high, reference = null, ...rest } = columns;
  return pointsFigure(
    table,
    { ...rest, xLow: low, xHigh: high },
    {
      mark: "intervals",
      own: OWN,
      xAxis: { range: "padded", holds: reference ?? undefined },
      yAxis: { words: "always" },
    },
    ({ panels: { panels }, x }): JsonObject =>
      reference === null ? {} : { shapes: panels.map(verticalLine(x.draw(reference))) },
  );
}
