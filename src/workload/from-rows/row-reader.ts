/** Reads the rows of a user column by column; errors name table, row and column. */
import type { ColumnTable } from "arquero";
import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";

/** Rows as an array of objects, or as an arquero table with the same columns. */
export type RowSource<T> = readonly T[] | ColumnTable;

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** One row. A column that is missing, null, undefined or NaN is empty. */
export interface RowReader {
  /**
   * Throws InputError if it is empty and `none` is not given, and if it is not a finite number in the bounds.
   */
  readonly number: (column: string, none?: number, bounds?: Bounds) => number;
  readonly whole: (column: string, none?: number, bounds?: Bounds) => number;
  /** Undefined if it is empty. */
  readonly optional: (column: string, bounds?: Bounds) => number | undefined;
  /** A name, or a number as text; undefined if it is empty. */
  readonly name: (column: string) => string | undefined;
  /** One or more names; none if it is empty. */
  readonly names: (column: string) => readonly string[];
  /** A whole number of at least 0; undefined if it is empty. */
  readonly id: (column: string) => bigint | undefined;
  /** A number of at least 0, or a list of such numbers; undefined if it is empty. */
  readonly amounts: (column: string) => number | readonly number[] | undefined;
  readonly flag: (column: string) => boolean;
  readonly oneOf: <T extends string>(column: string, known: readonly T[], none: T) => T;
  /** The error for a value of this row. */
  readonly fault: (column: string, what: string) => InputError;
}

/** Yields a reader for each row. Throws InputError for an unknown column. */
export function* createRowReader(
  table: string,
  source: RowSource<object>,
  known: readonly string[],
): Generator<RowReader> {
  const rows = isTable(source) ? source.objects() : source;
  if (!Array.isArray(rows))
    throw new InputError(`${table} is not a list of rows; give an array of objects or an arquero table`);
  const checked = new Set<string>();
  for (const [number, row] of (rows as readonly unknown[]).entries()) {
    if (typeof row !== "object" || row === null)
      throw new InputError(`${table}, row ${number + 1}: is not an object`);
    for (const column of Object.keys(row)) {
      if (checked.has(column)) continue;
      if (!known.includes(column))
        throw new InputError(
          `${table}, row ${number + 1}: unknown column ${column}${didYouMean(column, known)}; ` +
            `known: ${known.join(", ")}`,
        );
      checked.add(column);
    }
    yield rowReader(`${table}, row ${number + 1}`, row as Readonly<Record<string, unknown>>);
  }
}

function isTable(source: RowSource<object>): source is ColumnTable {
  return "objects" in source && typeof source.objects === "function";
}

function rowReader(place: string, row: Readonly<Record<string, unknown>>): RowReader {
  const fault = (column: string, what: string): InputError =>
    new InputError(`${place}, column "${column}": ${what}`);
  const valueOf = (column: string): unknown => {
    const value = row[column];
    return value === null || Number.isNaN(value) ? undefined : value;
  };
  const toNumber = (
    column: string,
    value: unknown,
    { min = -Infinity, max = Number.MAX_VALUE }: Bounds,
  ): number => {
    if (typeof value !== "number" || !Number.isFinite(value))
      throw fault(column, `${show(value)} is not a number`);
    if (value < min) throw fault(column, `${value} is below ${min}`);
    if (value > max) throw fault(column, `${value} is above ${max}`);
    return value;
  };
  const toName = (column: string, value: unknown): string => {
    if (typeof value === "string" || typeof value === "number" || typeof value === "bigint")
      return String(value);
    throw fault(column, `${show(value)} is neither a name nor a number`);
  };
  const number: RowReader["number"] = (column, none, bounds = {}) => {
    const value = valueOf(column) ?? none;
    if (value === undefined) throw fault(column, "is missing, and has no default");
    return Number.isNaN(value) ? NaN : toNumber(column, value, bounds);
  };
  return {
    number,
    whole: (column, none, bounds) => {
      const value = number(column, none, bounds);
      if (!Number.isInteger(value)) throw fault(column, `${value} is not a whole number`);
      return value;
    },
    optional: (column, bounds) =>
      valueOf(column) === undefined ? undefined : number(column, undefined, bounds),
    name: (column) => {
      const value = valueOf(column);
      return value === undefined ? undefined : toName(column, value);
    },
    names: (column) => {
      const value = valueOf(column);
      if (value === undefined) return [];
      return Array.isArray(value) ? value.map((one) => toName(column, one)) : [toName(column, value)];
    },
    id: (column) => {
      const value = valueOf(column);
      if (value === undefined) return undefined;
      if (typeof value === "bigint" && value >= 0n && value < 2n ** 63n) return value;
      if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
      throw fault(column, `${show(value)} is not a whole number of at least 0`);
    },
    amounts: (column) => {
      const value = valueOf(column);
      if (value === undefined) return undefined;
      const amount = (one: unknown): number => toNumber(column, one, { min: 0 });
      return isList(value) ? Array.from(value, amount) : amount(value);
    },
    flag: (column) => {
      const value = valueOf(column) ?? false;
      if (value === true || value === 1) return true;
      if (value === false || value === 0) return false;
      throw fault(column, `${show(value)} is neither true nor false`);
    },
    oneOf: (column, known, none) => {
      const value = valueOf(column) ?? none;
      const found = known.find((name) => name === value);
      if (found === undefined) throw fault(column, `${show(value)} is none of ${known.join(", ")}`);
      return found;
    },
    fault,
  };
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
