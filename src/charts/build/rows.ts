/** Reads the tables that charts are made from: arquero's, or arrays of plain objects. */
import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";

/** The part of an arquero table that a chart needs. */
export interface ArqueroRows {
  columnNames(): string[];
  numRows(): number;
  array(name: string): ArrayLike<unknown>;
}

/** An arquero table, or one object per row. */
export type RowTable = ArqueroRows | readonly object[];

/** A number or word; null where there is no finite value. */
export type Cell = number | string | null;

export interface Column {
  readonly name: string;
  /** "empty": no row has a value. */
  readonly kind: "numbers" | "words" | "empty";
  readonly values: readonly Cell[];
}

export interface Rows {
  readonly count: number;
  readonly names: readonly string[];
  /** Throws InputError for a missing column and for values that are neither numbers nor words. */
  readonly column: (name: string) => Column;
}

/** Returns the rows of a table. Throws InputError for other values and for a table without rows. */
export function readRows(table: RowTable): Rows {
  const isArray = Array.isArray(table);
  if (!isArray && typeof (table as Partial<ArqueroRows>).columnNames !== "function") {
    throw new InputError("not a table: give an arquero table or an array with one object per row");
  }
  const count = isArray ? table.length : (table as ArqueroRows).numRows();
  if (count === 0) throw new InputError("no rows to draw: the table is empty");
  const names = isArray
    ? [...new Set((table as readonly object[]).flatMap((row) => Object.keys(row)))]
    : (table as ArqueroRows).columnNames();
  const read = (name: string): ArrayLike<unknown> =>
    isArray
      ? (table as readonly Readonly<Record<string, unknown>>[]).map((row) => row[name])
      : (table as ArqueroRows).array(name);
  const known = new Map<string, Column>();
  return {
    count,
    names,
    column: (name) => {
      const found = known.get(name);
      if (found !== undefined) return found;
      checkColumn(name, names);
      const column = toColumn(name, read(name));
      known.set(name, column);
      return column;
    },
  };
}

/** Throws InputError for a column that the table does not have. */
export function checkColumn(name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new InputError(`no column ${name}${didYouMean(name, names)}: the table has ${names.join(", ")}`);
}

function toColumn(name: string, values: ArrayLike<unknown>): Column {
  const cells = Array.from(values, (value, row) => toCell(value, name, row));
  const kind = cells.some((cell) => typeof cell === "string")
    ? "words"
    : cells.some((cell) => cell !== null)
      ? "numbers"
      : "empty";
  return { name, kind, values: kind === "words" ? cells.map(asWord) : cells };
}

function toCell(value: unknown, column: string, row: number): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return String(value);
  const what = value instanceof Date ? "a date: give seconds, or words" : "neither number nor word";
  throw new InputError(`column ${column}, row ${row + 1} holds ${what}`);
}

function asWord(cell: Cell): Cell {
  return cell === null ? null : String(cell);
}
