/** arquero tables as HTML and text, with numbers that can be read down a column. */
import { inspect } from "node:util";
import type { ColumnTable } from "arquero";

export interface TableViewOptions {
  /** Most rows shown. Default 20. */
  readonly rows?: number;
}

const SIGNIFICANT = 4;
const MOST_DECIMALS = 6;
const MISSING = "–";

/** True for an arquero table, whichever copy of arquero made it. */
export function isTable(value: unknown): value is ColumnTable {
  if (typeof value !== "object" || value === null) return false;
  const { toHTML, columnNames, numRows } = value as Partial<Record<keyof ColumnTable, unknown>>;
  return [toHTML, columnNames, numRows].every((method) => typeof method === "function");
}

function isNumeric(values: ArrayLike<unknown>): boolean {
  let isAny = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    if (typeof value !== "number" && typeof value !== "bigint") return false;
    isAny = true;
  }
  return isAny;
}

/** Decimals that give the column's largest value four significant digits; 0 for whole numbers. */
function decimalsOf(values: ArrayLike<unknown>): number {
  let largest = 0;
  let isWhole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number" || !Number.isFinite(value)) continue;
    if (!Number.isInteger(value)) isWhole = false;
    largest = Math.max(largest, Math.abs(value));
  }
  if (isWhole) return 0;
  const digitsBefore = largest === 0 ? 1 : Math.floor(Math.log10(largest)) + 1;
  return Math.min(MOST_DECIMALS, Math.max(0, SIGNIFICANT - digitsBefore));
}

function numberFormat(values: ArrayLike<unknown>): (value: unknown) => string {
  const decimals = decimalsOf(values);
  const format = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return (value) => {
    if (typeof value === "bigint") return value.toString();
    if (typeof value !== "number" || Number.isNaN(value)) return MISSING;
    return Number.isFinite(value) ? format.format(value) : value > 0 ? "∞" : "−∞";
  };
}

interface View {
  readonly shown: ColumnTable;
  readonly more: string;
}

function firstRows(table: ColumnTable, rows: number): View {
  const total = table.numRows();
  if (total <= rows) return { shown: table, more: "" };
  const more = `${rows} of ${total.toLocaleString("en-US")} rows`;
  return { shown: table.slice(0, rows).reify(), more };
}

type Formatter = (value: unknown) => string;

function columnFormats(table: ColumnTable): {
  format: Record<string, Formatter>;
  align: Record<string, "l" | "r">;
} {
  const format: Record<string, Formatter> = {};
  const align: Record<string, "l" | "r"> = {};
  for (const name of table.columnNames()) {
    const values = Array.from(table.array(name) as ArrayLike<unknown>);
    const numeric = isNumeric(values);
    align[name] = numeric ? "r" : "l";
    format[name] = numeric ? numberFormat(values) : wordFormat;
  }
  return { format, align };
}

function wordFormat(value: unknown): string {
  if (value === null || value === undefined) return MISSING;
  if (typeof value === "string") return value;
  return value instanceof Date ? value.toISOString() : inspect(value);
}

/** Returns the table as an HTML table: numbers right-aligned with common decimals. */
export function tableHtml(table: ColumnTable, { rows = 20 }: TableViewOptions = {}): string {
  const { shown, more } = firstRows(table, rows);
  const { format, align } = columnFormats(shown);
  const html = shown.toHTML({
    limit: Infinity,
    format,
    align,
    null: () => MISSING,
    style: {
      table: "border-collapse: collapse; font-variant-numeric: tabular-nums;",
      th: "padding: 2px 10px; border-bottom: 1px solid #888;",
      td: "padding: 2px 10px;",
    },
  });
  return more === "" ? html : `${html}<p style="color: #777; margin: 2px 10px;">${more}</p>`;
}

/** Returns the table as text in columns, for a terminal. */
export function tableText(table: ColumnTable, { rows = 20 }: TableViewOptions = {}): string {
  const { shown, more } = firstRows(table, rows);
  const { format, align } = columnFormats(shown);
  const names = shown.columnNames();
  const columns = names.map((name) => {
    const cells = Array.from(shown.array(name) as ArrayLike<unknown>, (value) => format[name](value));
    const width = Math.max(name.length, ...cells.map((cell) => cell.length));
    return [name, ...cells].map((cell) => (align[name] === "r" ? cell.padStart(width) : cell.padEnd(width)));
  });
  const lines = Array.from({ length: shown.numRows() + 1 }, (_, row) =>
    columns
      .map((cells) => cells[row])
      .join("  ")
      .trimEnd(),
  );
  return [...lines, ...(more === "" ? [] : [more])].join("\n");
}
