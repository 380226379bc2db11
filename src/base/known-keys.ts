/** Refuses misspelt keys in objects that a user writes, instead of ignoring them. */
import { describeValue, InputError } from "./errors.js";
import { didYouMean } from "./nearest.js";

/**
 * Throws InputError for the first unknown key of the object; the message proposes the nearest known key. Also
 * throws it for what is no object.
 *
 * @param what What the keys are, for the message: "option of simulate", "parameter of policy threshold".
 */
export function refuseUnknownKeys(given: object, known: readonly string[], what: string): void {
  if (typeof (given as unknown) !== "object" || (given as unknown) === null)
    throw new InputError(`${describeValue(given)} is no object, so it has no ${what}; give an object`);
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
