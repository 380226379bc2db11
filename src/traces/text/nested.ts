/**
 * Values of nested columns. Exports write such a column as objects, as JSON, or in the notation of a Python
 * dict.
 */
import { BadRow } from "./row.js";

/**
 * Returns the value of a key in the text of an object, "" if the key is missing. Throws BadRow if the text is
 * not an object.
 */
export function valueIn(text: string, key: string, place: string): string {
  if (text.trim() === "") return "";
  const object = parseObject(text, place, "is not an object in JSON or Python notation");
  return textOf(object[key], `${place}, "${key}"`);
}

/**
 * Returns the object that a text represents. Throws BadRow with this place and reason if it represents none.
 */
export function parseObject(text: string, place: string, reason: string): Readonly<Record<string, unknown>> {
  const value = parseJson(text) ?? parseJson(jsonOfPython(text));
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new BadRow(place, reason);
  return value as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Converts `{'cpus': 0.5, 'memory': None}` to JSON; texts that contain quotes are not supported. */
function jsonOfPython(text: string): string {
  return text
    .replaceAll("'", '"')
    .replace(/\b(?:None|nan)\b/g, "null")
    .replace(/\bTrue\b/g, "true")
    .replace(/\bFalse\b/g, "false");
}

/**
 * Returns a value of a record as a CSV file would have it; "" for a missing value. If the column takes dates,
 * a date becomes milliseconds since 1970. Throws BadRow for a value that has no such text.
 */
export function textOf(value: unknown, place: string, takesDates = false): string {
  if (value === undefined || value === null || Number.isNaN(value)) return "";
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "boolean") return value ? "1" : "0";
  // The ".0" marks a floating-point number, whose last digits are not exact.
  if (typeof value === "number")
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? `${BigInt(value)}.0` : String(value);
  if (value instanceof Date) {
    if (takesDates) return String(value.getTime());
    throw new BadRow(place, "is a date; write it as the number that the format requires");
  }
  if (typeof value !== "object") throw new BadRow(place, `is a ${typeof value}, not a number or text`);
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner));
}
