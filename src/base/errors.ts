/** Errors and their messages. */
import { inspect } from "node:util";

/**
 * An error caused by the user's input (a file, an option, a policy's move), not by this program. The message
 * names the place and the remedy in one line. The command line exits with code 2 for this error, with code 1
 * for any other error.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Returns the message of an error; the text of the value if something else was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * Describes a value in a few words, for messages: "null", "a list of 3", "an object with name, rebalence".
 */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (ArrayBuffer.isView(value) && "length" in value) return `a list of ${String(value.length)}`;
  if (value instanceof Promise) return "a promise";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) {
    return `an object with ${Object.keys(value).join(", ") || "no keys"}`;
  }
  return inspect(value);
}
