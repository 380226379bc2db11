/** A value, or what is wrong with the text. */
export type Parsed<T> = T | string;

/** "After the trace" in the Google trace, 2^63 - 1; a double cannot hold it exactly, so its text is compared. */
export const AFTER_TRACE = "9223372036854775807";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DIGITS = /^\d+$/;
const LARGEST_ID = 2n ** 63n - 1n;

/** Returns a finite double; scientific notation is understood, "inf", "nan", "0x1" and "1e999" are not. */
export function parseFloating(text: string): Parsed<number> {
  if (!NUMBER.test(text)) return "is not a number";
  const value = Number(text);
  return Number.isFinite(value) ? value : "is not finite";
}

/** Returns an integer that a double holds exactly. */
export function parseInteger(text: string): Parsed<number> {
  if (!NUMBER.test(text)) return "is not an integer";
  const value = Number(text);
  if (!Number.isInteger(value)) return Number.isFinite(value) ? "is not an integer" : "is not finite";
  return Number.isSafeInteger(value) ? value : "is beyond 2^53, too large to be exact";
}

/** Returns a time in microseconds, Infinity for 2^63 - 1 ("after the trace"). */
export function parseTime(text: string): Parsed<number> {
  if (text === AFTER_TRACE) return Infinity;
  const value = parseInteger(text);
  return typeof value === "number" && value < 0 ? "is a time below 0" : value;
}

/** Returns an id from 0 to 2^63 - 1, exactly. */
export function parseId(text: string): Parsed<bigint> {
  if (!DIGITS.test(text)) return "is not an id (digits only)";
  const value = BigInt(text);
  return value <= LARGEST_ID ? value : "is an id above 2^63 - 1";
}

/** Returns 0 or 1. */
export function parseBoolean(text: string): Parsed<number> {
  if (text === "0") return 0;
  return text === "1" ? 1 : "is neither 0 nor 1";
}

/** Returns a number of one of the types of a column. */
export function parseNumber(type: "integer" | "float" | "boolean" | "time", text: string): Parsed<number> {
  switch (type) {
    case "integer":
      return parseInteger(text);
    case "float":
      return parseFloating(text);
    case "boolean":
      return parseBoolean(text);
    case "time":
      return parseTime(text);
  }
}
