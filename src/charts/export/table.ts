import { basename } from "node:path";
import type { Table } from "../figure.js";

/** The part of an arquero table that an export needs. */
export interface ArqueroTable {
  columnNames(): string[];
  array(name: string): ArrayLike<unknown>;
}

/** Returns a Table; an arquero table is named after the file and keeps its column names as labels. */
export function toTable(table: Table | ArqueroTable, path: string): Table {
  if (!("columnNames" in table)) return table;
  const name = basename(path);
  return {
    name,
    caption: { en: name, zh: name },
    columns: table.columnNames().map((column) => ({
      name: column,
      label: { en: column, zh: column },
      unit: "",
      values: Array.from(table.array(column), plainValue),
    })),
  };
}

function plainValue(value: unknown): number | string | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return value;
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  return value instanceof Date ? value.toISOString() : null;
}
