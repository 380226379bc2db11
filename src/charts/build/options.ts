/** What every builder of charts takes besides its columns. */
import type { JsonObject, Words } from "../figure.js";
import type { SeriesStyle } from "../theme.js";
import type { RowTable } from "./rows.js";

/** How a column is called and drawn: values times `scale` (default 1), in `unit` (default none). */
export interface ColumnLabel {
  readonly label: Words;
  readonly unit?: string;
  readonly scale?: number;
}

/** From where to where an axis goes, in the table's units; or to where the values are; or to 0 as well. */
export type Range = readonly [number, number] | "fit" | "zero";

/** How one series looks where it should not look as its turn has it. */
export interface Look extends Partial<SeriesStyle> {
  readonly mode?: "lines" | "markers" | "lines+markers";
  /** Of the line, in place of 1.3. */
  readonly width?: number;
  /** Of a band. Default: the color, pale. */
  readonly fill?: string;
  /** Of points, in place of 7. */
  readonly size?: number;
}

export interface ChartOptions {
  /** Column of which each value has a panel of its own; all panels share their axes. */
  readonly facet?: string;
  /** Fit for a file name. Default: made of the columns. */
  readonly name?: string;
  readonly title?: Words;
  /** Default: says what is drawn. */
  readonly caption?: Words;
  /**
   * Where the numbers come from, said last in the caption: words, or the table of runs that these numbers
   * were computed from. Default: what the table itself says where it has the columns of `experiment`.
   */
  readonly source?: Words | RowTable;
  /** What columns are called; words alone leave a metric of the lab its unit and scale. */
  readonly labels?: Readonly<Record<string, Words | ColumnLabel>>;
  /** What values of columns of words are called: `{ lc: "Latency-critical" }`. */
  readonly names?: Readonly<Record<string, Words>>;
  /** By column, the order of its values; those not named follow, in order of first appearance. */
  readonly order?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** By column. Default "linear". */
  readonly scales?: Readonly<Record<string, "linear" | "log">>;
  /** By column. */
  readonly ranges?: Readonly<Record<string, Range>>;
  /** By column, plotly's own settings of its axis, for what no other option says. */
  readonly axes?: Readonly<Record<string, JsonObject>>;
  /** By value of the color column. */
  readonly looks?: Readonly<Record<string, Look>>;
  /** Without a color column, what the one series is called in a legend, and how it looks. Default: as y. */
  readonly series?: Words;
  readonly look?: Look;
  /** Height of a panel over its width. */
  readonly aspect?: number;
  /** Panels side by side. Default: as many as have room. */
  readonly across?: number;
  /** Columns of the table behind the figure. Default: those that are drawn. */
  readonly columns?: readonly string[];
}

/** The names of the options that every builder has. */
export const CHART_OPTIONS: readonly string[] = (
  "facet name title caption source labels names order scales ranges axes looks series look aspect across " +
  "columns"
).split(" ");

/** Columns of most marks. */
export interface XY {
  readonly x: string;
  readonly y: string;
  /** Column of which each value has a color, dash and marker of its own. */
  readonly color?: string;
}

/** Columns of the ends of an interval around y: both or none. */
export interface Ends {
  readonly low?: string;
  readonly high?: string;
}
