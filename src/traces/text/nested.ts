/** Values of nested columns, which exports write as objects, as JSON or as Python prints a dict. */
import { BadRow } from "./row.js";

/**
 * Returns the value of a key in the text of an object, "" where it has none. Throws BadRow where the text is
 * none.
 */
export function valueIn(text: string, key: string, place: string): string {
  if (text.trim() === "") return "";
  const object = parseObject(text, place, "is no object of JSON or Python");
  return textOf(object[key], `${place}, "${key}"`);
}

/**
 * Returns the object that a text spells. Throws BadRow at this place, for this reason, where it spells none.
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

/** `{'cpus': 0.5, 'memory': None}` in JSON; texts with quotes in them stay unread. */
function jsonOfPython(text: string): string {
  return text
    .replaceAll("'", '"')
    .replace(/\b(?:None|nan)\b/g, "null")
    .replace(/\bTrue\b/g, "true")
    .replace(/\bFalse\b/g, "false");
}

/**
 * Returns a value of a record as a CSV file would have it, "" where there is none; a date as milliseconds
 * since 1970, where the column takes dates. Throws BadRow for a value that has no such text.
 */
export function textOf(value: unknown, place: string, takesDates = false): string {
  if (value === undefined || value === null || Number.isNaN(value)) return "";
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "boolean") return value ? "1" : "0";
  // The point tells that it was a floating-point number, whose last digits are not to be believed.
  if (typeof value === "number")
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? `${BigInt(value)}.0` : String(value);
  if (value instanceof Date) {
    if (takesDates) return String(value.getTime());
    throw new BadRow(place, "is a date; write it as the number that the format has there");
  }
  if (typeof value !== "object") throw new BadRow(place, `is a ${typeof value}, not a number or text`);
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner));
}
