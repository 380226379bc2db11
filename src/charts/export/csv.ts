import { csvField } from "../../base/csv.js";
import type { Table } from "../figure.js";

/**
 * Returns a table as CSV (RFC 4180, but with newlines as line ends). Numbers have full precision; undefined
 * values are empty. For texts like formulas, see `csvText`.
 */
export function tableToCsv({ columns }: Table): string {
  const rows = columns[0]?.values.length ?? 0;
  const header = columns
    .map(({ name, unit }) => csvField(unit === "" ? name : `${name} (${unit})`))
    .join(",");
  const lines = Array.from({ length: rows }, (_, row) =>
    columns.map(({ values }) => cellOf(values[row])).join(","),
  );
  return `${[header, ...lines].join("\n")}\n`;
}

function cellOf(value: number | string | null): string {
  return typeof value === "string" ? csvField(value) : value === null ? "" : String(value);
}
