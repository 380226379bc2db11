/** The options of all chart builders. */
import type { JsonObject, Words } from "../figure.js";
import type { SeriesStyle } from "../looks.js";
import type { RowTable } from "./rows.js";

/** How a column is labelled and drawn: values times `scale` (default 1), in `unit` (default none). */
export interface ColumnLabel {
  readonly label: Words;
  readonly unit?: string;
  readonly scale?: number;
}

/** The range of an axis in the table's units; or "fit" to the values; or the values and "zero". */
export type Range = readonly [number, number] | "fit" | "zero";

/** How one series looks, where it differs from the default look of its position. */
export interface Look extends Partial<SeriesStyle> {
  readonly mode?: "lines" | "markers" | "lines+markers";
  /** Width of the line. Default 1.3. */
  readonly width?: number;
  /** Color of a band. Default: the series's color, pale. */
  readonly fill?: string;
  /** Size of points. Default 7. */
  readonly size?: number;
}

export interface ChartOptions {
  /** Each value of this column has its own panel; all panels share their axes. */
  readonly facet?: string;
  /** A name that can be a file name. Default: made from the columns. */
  readonly name?: string;
  readonly title?: Words;
  /** The one thing that the chart says: its title line on a screen. Default: the title. */
  readonly says?: Words;
  /** Default: says what is drawn. */
  readonly caption?: Words;
  /** How values were computed, where the caption has no room for it: in the provenance, before the source. */
  readonly method?: Words;
  /**
   * Whether the numbers are measured or modelled, at the end of the caption. Default: from a table of runs.
   */
  readonly basis?: Words;
  /**
   * The origin of the numbers, in the provenance: a text, or the table of runs from which the numbers were
   * computed. Default: a description of the drawn table where it has the columns of `experiment`.
   */
  readonly source?: Words | RowTable;
  /** Labels of columns. A label without unit and scale keeps those of a built-in metric. */
  readonly labels?: Readonly<Record<string, Words | ColumnLabel>>;
  /** Displayed names of words: `{ lc: "Latency-critical" }`. */
  readonly names?: Readonly<Record<string, Words>>;
  /** By column, the order of its values; the other values follow in order of first appearance. */
  readonly order?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** By column, the scale of its axis. Default "linear". */
  readonly scales?: Readonly<Record<string, "linear" | "log">>;
  /** By column, the range of its axis. */
  readonly ranges?: Readonly<Record<string, Range>>;
  /** By column, plotly's settings of its axis, for what no other option covers. */
  readonly axes?: Readonly<Record<string, JsonObject>>;
  /** By value of the color column, the look of its series. */
  readonly looks?: Readonly<Record<string, Look>>;
  /** Name in the legend and look of the only series, without a color column. Default: the name of y. */
  readonly series?: Words;
  readonly look?: Look;
  /** Height of a panel over its width. */
  readonly aspect?: number;
  /** The number of panels side by side. Default: as many as fit. */
  readonly across?: number;
  /** Columns of the table behind the chart. Default: those that are drawn. */
  readonly columns?: readonly string[];
}

/** The names of the options in `ChartOptions`. */
export const CHART_OPTIONS: readonly string[] = (
  "facet name title says caption method basis source labels names order scales ranges axes looks series " +
  "look aspect across columns"
).split(" ");

/** The columns that most marks take. */
export interface XY {
  readonly x: string;
  readonly y: string;
  /** Each value of this column has its own color, dash and marker. */
  readonly color?: string;
}

/** Columns with the ends of an interval around y: both or none. */
export interface Ends {
  readonly low?: string;
  readonly high?: string;
}
