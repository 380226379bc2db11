/** Checks of what users give to graphs of tasks: options, rows, numbers and names. */
import { describeValue, InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";

/** The largest amount: sums of so many times and works stay finite. */
const MOST_AMOUNT = 1e100;

/** The largest number of tasks, jobs or stages that a number may ask for. */
const MOST_ROWS = 1e6;

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
}

/** Returns the number. Throws InputError unless it is one of the range, by default from 0 to 1e100. */
export function numberOf(what: string, value: unknown, range: Range = {}): number {
  const { min = 0, max = MOST_AMOUNT, whole = false } = range;
  const isNumber = typeof value === "number";
  // -0 becomes 0, which has other bits.
  if (isNumber && value >= min && value <= max && (!whole || Number.isInteger(value))) return value + 0;
  const limits = isNumber && value > max ? `from ${min} to ${max}` : `of ${min} or more`;
  const wanted = `a ${whole ? "whole number" : "number"} ${limits}`;
  throw new InputError(`${what} is ${describeValue(value)}: give ${wanted}`);
}

/** Returns a number of things to make: a whole number from 1 to a million. */
export function countOf(what: string, value: unknown): number {
  return numberOf(what, value, { min: 1, max: MOST_ROWS, whole: true });
}

/** Returns the seed. Throws InputError unless it is a whole number. */
export function seedOf(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new InputError(`seed is ${describeValue(value)}: give a whole number`);
}

/** Returns an id or a name as text. Throws InputError unless it is a text or a number. */
export function nameOf(what: string, value: unknown): string {
  if (typeof value === "string" || Number.isFinite(value)) return String(value);
  throw new InputError(`${what} is ${describeValue(value)}: give a text or a number`);
}

/** Returns the values of a list, as an array. Throws InputError unless it is an array or a typed array. */
export function listOf(what: string, value: unknown, remedy: string): readonly unknown[] {
  // A sparse array gets its holes filled.
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
    return Array.from(value as unknown as ArrayLike<unknown>);
  throw new InputError(`${what} is ${describeValue(value)}: give ${remedy}`);
}

/** Returns the object. Throws InputError for anything else, and for a list. */
export function objectOf(what: string, value: unknown, remedy: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Promise))
    return value as Record<string, unknown>;
  throw new InputError(`${what} is ${describeValue(value)}: give ${remedy}`);
}

/**
 * Returns the object. Throws InputError for anything else and for a key that it cannot have.
 *
 * @param kind What a key is: "option", "column".
 */
export function fieldsOf(
  kind: string,
  what: string,
  value: unknown,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  const place = kind === "option" ? `options of ${what}` : what;
  const given = objectOf(place, value, `an object with ${keys.join(", ")}`);
  refuseUnknownKeys(given, keys, `${kind} of ${what}`);
  return given;
}
