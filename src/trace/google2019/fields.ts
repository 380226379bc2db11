/** Values of a row, whether its format holds them as text, number or 64-bit integer. */
import { parseFloating, parseId, parseInteger, parseTime } from "../csv-values.js";
import { BadRow, badValue, take } from "../lines.js";
import { parseObject, type TableRecord } from "./records.js";

/**
 * Returns the value of a column as text, "" where it is empty or not there. `resource_request.cpus` is found in an object of the
 * first name, in JSON text of it, and in columns named `resource_request.cpus`, `resource_request_cpus` or `resource_request__cpus`.
 */
export function textOf(record: TableRecord, column: string): string {
  if (!column.includes(".")) return asText(record[column], column);
  const [outer, inner] = column.split(".");
  const nested = record[outer];
  if (typeof nested === "string" && nested.trim() !== "")
    return asText(parseObject(nested, `column "${outer}"`, "is no JSON object")[inner], column);
  if (typeof nested === "object" && nested !== null) return asText((nested as TableRecord)[inner], column);
  return asText(record[column] ?? record[`${outer}_${inner}`] ?? record[`${outer}__${inner}`], column);
}

function asText(value: unknown, column: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw badValue(column, value, "is beyond 2^53 and has lost digits; export 64-bit integers as text");
  if (typeof value === "number" || typeof value === "bigint") return value.toString();
  throw new BadRow(`column "${column}"`, `is a ${typeof value}, not a number`);
}

function mandatory(record: TableRecord, column: string): string {
  const text = textOf(record, column);
  if (text === "") throw new BadRow(`column "${column}"`, "is empty or not there, but mandatory");
  return text;
}

/** Microseconds, Infinity for "after the trace". */
export function timeOf(record: TableRecord, column: string): number {
  const text = mandatory(record, column);
  return take(column, text, parseTime(text));
}

export function idOf(record: TableRecord, column: string): bigint {
  const text = mandatory(record, column);
  return take(column, text, parseId(text));
}

/** A machine; -1 for none (empty, 0) and for one of its own outside the cell (-1). */
export function machineOf(record: TableRecord): bigint {
  const text = textOf(record, "machine_id");
  if (text === "" || text === "0" || text === "-1") return -1n;
  return take("machine_id", text, parseId(text));
}

/** A whole number from 0 to `most`, or undefined where it is empty. */
export function integerOf(record: TableRecord, column: string, most: number): number | undefined {
  const text = textOf(record, column);
  if (text === "") return undefined;
  const value = take(column, text, parseInteger(text));
  if (value < 0 || value > most) throw badValue(column, text, `is outside 0 to ${most}`);
  return value;
}

/** NaN where it is empty. */
export function floatOf(record: TableRecord, column: string): number {
  const text = textOf(record, column);
  return text === "" ? NaN : take(column, text, parseFloating(text));
}

/** The code of an enumeration, which may be written as its number or its name; undefined where it is empty. */
export function codeOf(record: TableRecord, column: string, names: readonly string[]): number | undefined {
  const text = textOf(record, column);
  if (text === "") return undefined;
  const code = /^\d+$/.test(text) ? Number(text) : names.indexOf(text.toUpperCase());
  if (code < 0 || code >= names.length)
    throw badValue(column, text, `is none of 0 to ${names.length - 1} and of ${names.join(", ")}`);
  return code;
}
