/** Converts tables to HTML and text, with numbers that are easy to compare within a column. */
import { inspect } from "node:util";
import type { ColumnTable } from "arquero";
import type { Language, Table } from "../charts/figure.js";
import { visible } from "../base/visible.js";
import { columnWriter } from "../base/write-numbers.js";
import { escapeHtml, NO_MATH } from "./escape-html.js";

export interface TableViewOptions {
  /** The largest number of shown rows. Default 20. */
  readonly rows?: number;
  /** Language of the texts of a chart or a Table. Default "en". */
  readonly language?: Language;
}

const MISSING = "–";

/** Whether the value is an arquero table, from any copy of arquero. */
export function isTable(value: unknown): value is ColumnTable {
  if (typeof value !== "object" || value === null) return false;
  const { array, columnNames, numRows } = value as Partial<Record<keyof ColumnTable, unknown>>;
  return [array, columnNames, numRows].every((method) => typeof method === "function");
}

/** Whether the value is a table for papers, as `comparisonTable` and similar functions return. */
export function isPaperTable(value: unknown): value is Table {
  if (typeof value !== "object" || value === null) return false;
  const { name, caption, columns } = value as Partial<Record<keyof Table, unknown>>;
  return typeof name === "string" && typeof caption === "object" && Array.isArray(columns);
}

/**
 * Returns the table as HTML, with numbers right-aligned and with the same number of decimals where this loses
 * nothing.
 */
export function tableHtml(table: ColumnTable | Table, options: TableViewOptions = {}): string {
  const { columns, notes } = viewOf(table, options);
  const cell = (tag: "th" | "td", text: string, column: Column): string => {
    const align = `text-align: ${column.isNumeric ? "right" : "left"}; `;
    return `<${tag} style="${align}${STYLE[tag]}${roomFor(tag, column)}">${escapeHtml(text)}</${tag}>`;
  };
  const row = (cells: readonly string[]): string => `<tr>${cells.join("")}</tr>`;
  const head = row(columns.map((column) => cell("th", column.header, column)));
  const body = rowsOf(columns).map((at) =>
    row(columns.map((column) => cell("td", column.cells[at], column))),
  );
  return [
    // A table that is wider than the page scrolls alone.
    `<div class="schedlab-table ${NO_MATH}" style="overflow-x: auto;">`,
    `<table style="border-collapse: collapse; font-variant-numeric: tabular-nums;">`,
    `<thead>${head}</thead>`,
    `<tbody>${body.join("")}</tbody></table></div>`,
    ...notes.map((note) => `<p style="color: #777; margin: 2px 10px;">${escapeHtml(note)}</p>`),
  ].join("");
}

/** On a narrow page, names stay on one line, and sentences have more than a word in each line. */
function roomFor(tag: "th" | "td", { cells, isNumeric }: Column): string {
  if (isNumeric) return "";
  const longest = Math.max(0, ...cells.map((cell) => cell.length));
  if (longest <= 24) return tag === "td" ? " white-space: nowrap;" : "";
  return tag === "th" && longest > 40 ? " min-width: 14em;" : "";
}

const STYLE = { th: "padding: 2px 10px; border-bottom: 1px solid #888;", td: "padding: 2px 10px;" } as const;

/** Returns the table as text in columns, for a terminal. */
export function tableText(table: ColumnTable | Table, options: TableViewOptions = {}): string {
  const { columns, notes } = viewOf(table, options);
  const padded = columns.map(({ header, cells, isNumeric }) => {
    const width = Math.max(header.length, ...cells.map((cell) => cell.length));
    return [header, ...cells].map((cell) => (isNumeric ? cell.padStart(width) : cell.padEnd(width)));
  });
  const lines = [-1, ...rowsOf(columns)].map((row) =>
    padded
      .map((cells) => cells[row + 1])
      .join("  ")
      .trimEnd(),
  );
  return [...lines, ...notes].join("\n");
}

interface Column {
  readonly header: string;
  readonly isNumeric: boolean;
  readonly cells: readonly string[];
}

/** The shown columns of a table as text, and the notes below it. */
interface View {
  readonly columns: readonly Column[];
  readonly notes: readonly string[];
}

function viewOf(table: ColumnTable | Table, { rows = 20, language = "en" }: TableViewOptions): View {
  if (isTable(table)) {
    const shown = table.slice(0, rows);
    const columns = shown.columnNames().map((name) => columnOf(name, Array.from(shown.array(name))));
    return { columns, notes: moreRows(table.numRows(), rows, language) };
  }
  const total = table.columns[0]?.values.length ?? 0;
  const columns = table.columns.map(({ label, unit, values }) =>
    columnOf(unit === "" ? label[language] : `${label[language]} (${unit})`, values.slice(0, rows)),
  );
  return { columns, notes: [...moreRows(total, rows, language), table.caption[language]] };
}

function moreRows(total: number, rows: number, language: Language): string[] {
  if (total <= rows) return [];
  const all = total.toLocaleString("en-US");
  const code = "show(value, { rows: Infinity })";
  if (language === "zh") return [`共 ${all} 行，此处为前 ${rows} 行；${code} 显示全部`];
  return [`${rows} of ${all} rows: ${code} shows all`];
}

function rowsOf([first]: readonly Column[]): number[] {
  return Array.from({ length: (first as Column | undefined)?.cells.length ?? 0 }, (_, row) => row);
}

function columnOf(header: string, values: readonly unknown[]): Column {
  const isNumeric = holdsNumbers(values);
  const write = columnWriter(values.filter((value): value is number => typeof value === "number"));
  return {
    header: visible(header),
    isNumeric,
    cells: values.map(isNumeric ? (value) => numberText(value, write) : wordText),
  };
}

function holdsNumbers(values: readonly unknown[]): boolean {
  const given = values.filter((value) => value !== null && value !== undefined);
  return given.length > 0 && given.every((value) => typeof value === "number" || typeof value === "bigint");
}

function numberText(value: unknown, write: (value: number) => string): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "number" || Number.isNaN(value)) return MISSING;
  return Number.isFinite(value) ? withCommas(write(value)) : value > 0 ? "∞" : "−∞";
}

function withCommas(text: string): string {
  return text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
}

function wordText(value: unknown): string {
  if (value === null || value === undefined) return MISSING;
  if (typeof value === "string") return visible(value);
  return value instanceof Date ? value.toISOString() : inspect(value);
}
