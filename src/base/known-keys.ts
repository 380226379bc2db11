/** Misspelt keys of objects that a user writes: refused, not ignored. */
import { InputError } from "./errors.js";
import { didYouMean } from "./nearest.js";

/**
 * Throws InputError for the first key of the object that is not known, with the nearest one that is.
 *
 * @param what What the keys are and whose, for the message: "option of simulate", "parameter of policy
 * threshold".
 */
export function refuseUnknownKeys(given: object, known: readonly string[], what: string): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const has = known.join(", ") || "none";
    throw new InputError(`unknown ${what}: ${key}${didYouMean(key, known)}; it has: ${has}`);
  }
}

/** Returns the keys of a type in order, from an object that has them all: the compiler misses none. */
export function keysOf<T extends object>(all: Record<keyof T, true>): readonly string[] {
  return Object.keys(all);
}
