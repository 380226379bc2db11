import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";

export const SCENARIO = "cloudsim-planetlab";

/** Returns the error for a name that the scenario does not know. */
export function unknownName(what: string, name: string, known: readonly string[]): InputError {
  return new InputError(
    `unknown ${what} of ${SCENARIO}: ${name}${didYouMean(name, known)}; it has ${known.join(", ")}`,
  );
}
