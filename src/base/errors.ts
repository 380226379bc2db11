/** Errors and their words. */
import { inspect } from "node:util";

/**
 * An error whose cause is what the user gave (a file, an option, a policy's move), not this program.
 * The message names the place and the remedy in one line. The command line exits with 2 for it, with 1 for
 * any other error.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Returns what an error says, whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * Returns in a few words what a value is, for messages: "null", "a list of 3", "an object with name,
 * rebalence".
 */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Promise) return "a promise";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) {
    return `an object with ${Object.keys(value).join(", ") || "no keys"}`;
  }
  return inspect(value);
}
