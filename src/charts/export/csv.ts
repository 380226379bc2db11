import type { Table } from "../figure.js";

/**
 * Returns a table as CSV (RFC 4180, but with newlines as line ends). Numbers have full precision; undefined
 * values are empty.
 */
export function tableToCsv({ columns }: Table): string {
  const rows = columns[0]?.values.length ?? 0;
  const header = columns.map(({ name, unit }) => quote(unit === "" ? name : `${name} (${unit})`)).join(",");
  const lines = Array.from({ length: rows }, (_, row) =>
    columns.map(({ values }) => quote(values[row] === null ? "" : String(values[row]))).join(","),
  );
  return `${[header, ...lines].join("\n")}\n`;
}

function quote(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
