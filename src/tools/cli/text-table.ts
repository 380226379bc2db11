import { visible } from "../../base/visible.js";
import { writeNumber } from "../../base/write-numbers.js";
import { wrapLines } from "./wrap.js";

/** The value of a table's cell; undefined and null are printed as an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/** A column of a table, as text. */
export interface Column {
  /** Lines of the header; the last one stands on the first cell. */
  readonly head: readonly string[];
  readonly cells: readonly string[];
  readonly align: "left" | "right";
}

/** How a table fits into lines. */
export interface Fit {
  /** The most characters of a line. Default: no limit. */
  readonly width?: number;
  /** How many of the first columns say what a row is about. Default 1. */
  readonly keys?: number;
}

/**
 * Returns rows as a table of plain text. The header has the first row's keys; columns are aligned and
 * separated by two spaces; numbers are right-aligned with four significant digits. For a width, see `layOut`.
 * Every line ends with a line feed; the result is "" for no rows.
 */
export function textTable(rows: readonly Readonly<Record<string, Cell>>[], fit: Fit = {}): string {
  return rows.length === 0 ? "" : layOut(textColumns(rows), fit);
}

/** Returns the columns of rows, which have the first row's keys. */
export function textColumns(rows: readonly Readonly<Record<string, Cell>>[]): Column[] {
  return Object.keys(rows[0]).map((name) => {
    const cells = rows.map((row) => row[name]);
    const isNumeric = cells.every((cell) => typeof cell !== "string" && typeof cell !== "boolean");
    return { head: [visible(name)], cells: cells.map(formatCell), align: isNumeric ? "right" : "left" };
  });
}

/**
 * Returns columns as the lines of a table. Where they are too wide, a text in the last column is wrapped if
 * there is room for it; else the table becomes several, one below the other, each with the key columns and
 * its part of the others. Nothing is cut: a column that is wider than the line stays so.
 */
export function layOut(columns: readonly Column[], { width = Infinity, keys = 1 }: Fit = {}): string {
  if (widthOf(columns) <= width) return lines(columns);
  const rest = width - widthOf(columns.slice(0, -1)) - GAP.length;
  if (columns[columns.length - 1].align === "left" && rest >= LEAST) return lines(columns, rest);
  const fixed = columns.slice(0, keys);
  const fits = (part: readonly Column[]): boolean => widthOf([...fixed, ...part]) <= width;
  const parts = split(columns.slice(keys), fits);
  return parts.map((part) => lines([...fixed, ...part])).join("\n");
}

/** Returns the columns in as few parts as fit, of equal numbers of columns where these fit, too. */
function split(columns: readonly Column[], fits: (part: readonly Column[]) => boolean): Column[][] {
  const full: Column[][] = [];
  for (const column of columns) {
    const part = full.at(-1);
    if (part !== undefined && fits([...part, column])) part.push(column);
    else full.push([column]);
  }
  const size = Math.ceil(columns.length / full.length);
  const even = full.map((_, part) => columns.slice(part * size, (part + 1) * size));
  return even.every((part) => part.length > 0 && fits(part)) ? even : full;
}

/** Returns a cell's text; numbers are written by `writeNumber`. */
export function formatCell(cell: Cell): string {
  if (cell === undefined || cell === null) return "";
  return typeof cell === "number" ? writeNumber(cell) : visible(String(cell));
}

const GAP = "  ";

/** The least width of a wrapped column. */
const LEAST = 20;

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + columnWidth(column) + GAP.length, -GAP.length);
}

function columnWidth({ head, cells }: Column): number {
  return [...head, ...cells].reduce((widest, text) => Math.max(widest, text.length), 0);
}

/** Returns the lines of a table, in which the cells of the last column are wrapped to `rest` characters. */
function lines(columns: readonly Column[], rest = Infinity): string {
  const height = columns.reduce((most, { head }) => Math.max(most, head.length), 0);
  const padded = columns.map((column) => {
    const width = columnWidth(column);
    const pad = (text: string): string =>
      column.align === "right" ? text.padStart(width) : text.padEnd(width);
    const above = Array<string>(height - column.head.length).fill("");
    return { texts: [...above, ...column.head, ...column.cells], pad };
  });
  const fixed = padded.slice(0, -1);
  const last = padded[padded.length - 1];
  const gap = fixed.length === 0 ? "" : GAP;
  return last.texts
    .flatMap((text, line) => {
      const start = fixed.map(({ texts, pad }) => pad(texts[line])).join(GAP) + gap;
      if (text.length <= rest) return [start + last.pad(text)];
      return wrapLines(text, rest).map((part, i) => (i === 0 ? start : " ".repeat(start.length)) + part);
    })
    .map((text) => `${text.trimEnd()}\n`)
    .join("");
}
