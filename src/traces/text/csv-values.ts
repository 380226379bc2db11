/** A value, or a text that says what is wrong. */
export type Parsed<T> = T | string;

/**
 * 2^63 - 1 means "after the trace" in the Google trace. A double cannot hold it exactly, so the text is
 * compared.
 */
export const AFTER_TRACE = "9223372036854775807";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Allows ".0", which tools write if they hold a column with empty cells as floating-point numbers. */
const DIGITS = /^(\d+)(\.0*)?$/;
const LARGEST_ID = 2n ** 63n - 1n;
const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** Returns a finite double. Scientific notation is accepted; "inf", "nan", "0x1" and "1e999" are not. */
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

/**
 * Returns a time in microseconds; Infinity for 2^63 - 1 ("after the trace") and for 2^63, to which
 * floating-point numbers round it.
 */
export function parseTime(text: string): Parsed<number> {
  if (text === AFTER_TRACE || (/[.e]/i.test(text) && Number(text) === 2 ** 63)) return Infinity;
  const value = parseInteger(text);
  return typeof value === "number" && value < 0 ? "is a time below 0" : value;
}

/** Returns an id from 0 to 2^63 - 1, exactly; "4155527081.0" is accepted, too. */
export function parseId(text: string): Parsed<bigint> {
  const digits = DIGITS.exec(text);
  if (digits === null) return "is not an id (digits only)";
  const value = BigInt(digits[1]);
  if (value > LARGEST_ID) return "is an id above 2^63 - 1";
  return text.length > digits[1].length && value > LARGEST_EXACT
    ? "is beyond 2^53 as a floating-point number, so it has lost digits; export ids as integers or text"
    : value;
}

const FLAGS: Readonly<Partial<Record<string, number>>> = { false: 0, true: 1 };

/** Returns 0 or 1, which some tools write as "0.0" and "1.0" or as "False" and "True". */
export function parseBoolean(text: string): Parsed<number> {
  const value = FLAGS[text.toLowerCase()] ?? parseInteger(text);
  return value === 0 || value === 1 ? value : "is neither 0 nor 1";
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
