/** Refuses misspelt keys in objects that a user writes, instead of ignoring them. */
import { InputError } from "./errors.js";
import { didYouMean } from "./nearest.js";

/**
 * Throws InputError for the first unknown key of the object; the message proposes the nearest known key.
 *
 * @param what What the keys are, for the message: "option of simulate", "parameter of policy threshold".
 */
export function refuseUnknownKeys(given: object, known: readonly string[], what: string): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const has = known.join(", ") || "none";
    throw new InputError(`unknown ${what}: ${key}${didYouMean(key, known)}; it has: ${has}`);
  }
}

/** Returns the keys of a type, from an object with all of them: the compiler checks that none is missing. */
export function keysOf<T extends object>(all: Record<keyof T, true>): readonly string[] {
  return Object.keys(all);
}
