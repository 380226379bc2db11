import { joinTexts, withProvenance } from "../captions.js";
import { column } from "../columns.js";
import { toText, type Table, type TableColumn, type Words } from "../figure.js";
import { originOf } from "./about.js";
import { describeColumn, numbersOf } from "./channels.js";
import type { ChartOptions } from "./options.js";
import { readRows, type RowTable, type Rows } from "./rows.js";

export interface PaperTableOptions extends Pick<ChartOptions, "labels" | "method" | "basis" | "source"> {
  /** A name that can be a file name. */
  readonly name: string;
  readonly caption: Words;
  /** Default: all columns. */
  readonly columns?: readonly string[];
}

/**
 * Returns a table for papers, with labels and units in its header and numbers in these units; `exportTable`
 * writes it to CSV and LaTeX. Throws InputError for no rows and for a missing column.
 */
export function paperTable(
  table: RowTable,
  { name, caption, method = "", columns, labels = {}, ...options }: PaperTableOptions,
): Table {
  const rows = readRows(table);
  const { basis, source } = originOf(table, options);
  const made: Table = {
    name,
    caption: joinTexts(toText(caption), basis),
    columns: (columns ?? rows.names).map((part) => paperColumn(rows, part, labels)),
  };
  return withProvenance(made, toText(method), source);
}

/** Returns one column of a table for papers. A column of words has a unit only where `labels` gives one. */
function paperColumn(rows: Rows, name: string, labels: NonNullable<ChartOptions["labels"]>): TableColumn {
  const { label, unit, scale } = describeColumn(name, { labels });
  const { kind, values } = rows.column(name);
  if (kind === "words") return { name, label, unit: Object.hasOwn(labels, name) ? unit : "", values };
  return column(
    name,
    label,
    unit,
    numbersOf(rows.column(name), name).map((value) => value * scale),
  );
}
