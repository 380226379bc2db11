/** Reads and checks values of an object that a user wrote, each one value or a list. */
import { describeValue, InputError } from "../base/errors.js";

export type OneOrMore<T> = T | readonly T[];

/** Returns the value, or `give`: a text that says which values are valid. */
export type Reader<T> = (value: unknown) => T | { readonly give: string };

/** Returns one value or a list as a list. */
export function oneOrMore<T>(value: OneOrMore<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/**
 * Returns a key's value or values as a list, empty where the key is absent. Throws InputError for a value
 * that the reader refuses, for an empty list and for a value given twice.
 */
export function listOf<T extends string | number>(
  object: object,
  key: string,
  read: Reader<T>,
): readonly T[] {
  const value: unknown = Reflect.get(object, key);
  if (value === undefined) return [];
  const items = oneOrMore<unknown>(value);
  if (items.length === 0) throw new InputError(`empty ${key}; give at least one value, or leave the key out`);
  const values = items.map((item) => {
    const result = read(item);
    if (typeof result === "object") {
      throw new InputError(`invalid ${key}: ${shown(item)}; give ${result.give}, or a list of them`);
    }
    return result;
  });
  const twice = values.find((item, index) => values.indexOf(item) < index);
  if (twice !== undefined) throw new InputError(`two times ${twice} in ${key}; give each value once`);
  return values;
}

/**
 * Returns a number from an object that is the value of the key `owner`. Throws InputError where the reader
 * refuses it.
 */
export function numberIn(object: object, key: string, owner: string, read: Reader<number>): number {
  const value = read(Reflect.get(object, key));
  if (typeof value === "number") return value;
  throw new InputError(`invalid ${key} of ${owner}: ${shown(Reflect.get(object, key))}; give ${value.give}`);
}

export function wholeNumber(min: number): Reader<number> {
  return (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= min
      ? value
      : { give: `a whole number of at least ${min}` };
}

export function oneOf<T extends string>(names: readonly T[]): Reader<T> {
  return (value) => names.find((name) => name === value) ?? { give: names.join(" or ") };
}

/** Returns the text that stands for a value in error messages. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  const isPlain = typeof value === "string" || value === null || (Array.isArray(value) && !hasObjects(value));
  return isPlain ? JSON.stringify(value) : describeValue(value);
}

function hasObjects(value: unknown): boolean {
  return Array.isArray(value) && value.some((item) => typeof item === "object" && !Array.isArray(item));
}
