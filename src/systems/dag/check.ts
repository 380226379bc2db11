/** Checks of what users give to graphs of tasks: options, rows, numbers and names. */
import { checkValue, isList, number, OBJECT, SEED } from "../../base/checks.js";
import { describeValue, InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";

/** The largest amount: sums of times and works that are no larger stay finite. */
const MOST_AMOUNT = 1e100;

/** The largest number of tasks, jobs or stages that a number may ask for. */
const MOST_ROWS = 1e6;

/** Returns the number. Throws InputError unless it is one of the range, by default from 0 to 1e100. */
export function numberOf(
  what: string,
  value: unknown,
  { min = 0, max = MOST_AMOUNT, whole = false }: { min?: number; max?: number; whole?: boolean } = {},
): number {
  checkValue(what, value, number({ min, max, whole }));
  // -0 becomes 0, which has other bits.
  return (value as number) + 0;
}

/** Returns a number of things to make: a whole number from 1 to a million. */
export function countOf(what: string, value: unknown): number {
  return numberOf(what, value, { min: 1, max: MOST_ROWS, whole: true });
}

/** Returns the seed. Throws InputError unless it is a whole number. */
export function seedOf(value: unknown): number {
  checkValue("seed", value, SEED);
  return value as number;
}

/** Returns an id or a name as text. Throws InputError unless it is a text or a number. */
export function nameOf(what: string, value: unknown): string {
  if (typeof value === "string" || Number.isFinite(value)) return String(value);
  throw new InputError(`${what} is ${describeValue(value)}: give a text or a number`);
}

/** Returns the values of a list, as an array. Throws InputError unless it is an array or a typed array. */
export function listOf(what: string, value: unknown, remedy: string): readonly unknown[] {
  checkValue(what, value, (it) => (isList(it) ? undefined : `give ${remedy}`));
  // A sparse array gets its holes filled.
  return Array.from(value as ArrayLike<unknown>);
}

/** Returns the object. Throws InputError for anything else, and for a list. */
export function objectOf(what: string, value: unknown, remedy: string): Readonly<Record<string, unknown>> {
  checkValue(what, value, (it) => OBJECT(it) && `give ${remedy}`);
  return value as Record<string, unknown>;
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
