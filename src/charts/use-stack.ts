import { bands } from "./build/bands.js";
import type { ChartOptions } from "./build/options.js";
import { overlay } from "./build/overlay.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { USE_COLORS } from "./use-colors.js";
import { words } from "./words/words.js";

/** A moment of a machine or cluster: shares of the capacity that LC tasks and all tasks use. */
export interface UseRow {
  readonly time: number;
  readonly lc: number;
  readonly used: number;
}

/**
 * Returns the chart of LC and BE use over time, on top of each other, with their names at the right. `end` is
 * the end of the last row's step in s. Throws the same errors as `bands`.
 */
export function stackedUse(rows: readonly UseRow[], end: number, options: ChartOptions): Figure {
  // The last step has a length, too: without it a run of one step would have no area.
  const last = rows.slice(-1).map((row) => ({ ...row, time: end }));
  const whole = [...rows, ...last].map((row) => ({ ...row, none: 0 }));
  const units = { unit: "%", scale: 100 };
  const labels = {
    none: { label: words.build.low, ...units },
    lc: { label: words.use.lc, ...units },
    used: { label: words.use.used, ...units },
  };
  const band = (low: "none" | "lc", high: "lc" | "used", fill: string, series: Text): Figure =>
    bands(whole, {
      ...options,
      x: "time",
      low,
      high,
      series,
      look: { fill },
      labels,
      ranges: { time: [0, end], [high]: [0, 1] },
      axes: { [high]: { title: words.use.axis, dtick: 25 } },
      columns: ["time", "lc", "used"],
    });
  const figure = overlay(
    band("lc", "used", USE_COLORS.be, words.use.be),
    band("none", "lc", USE_COLORS.lc, words.use.lc),
  );
  const columns = figure.table.columns.map((one) => ({ ...one, values: one.values.slice(0, rows.length) }));
  return {
    ...figure,
    layout: { ...figure.layout, labels: namesOf(rows) },
    table: { ...figure.table, columns },
  };
}

/** Returns the names of the two areas at the heights of their last values. */
function namesOf(rows: readonly UseRow[]): JsonObject[] {
  const last = rows.filter(({ used }) => Number.isFinite(used)).at(-1);
  if (last === undefined) return [];
  return [
    endName(words.use.be, (100 * (last.lc + last.used)) / 2, USE_COLORS.be),
    endName(words.use.lc, (100 * last.lc) / 2, USE_COLORS.lc),
  ];
}

/** Returns a name at the right of the panel, at the height of y. */
export function endName(text: Text, y: number, color: string): JsonObject {
  return { kind: "end", text, color, x: 0, y, xaxis: "x", yaxis: "y", isPlain: true };
}
