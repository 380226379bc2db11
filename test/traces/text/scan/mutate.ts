import { randomStream } from "../../../../src/base/random.js";
import { mutateBytes } from "../../../robustness/mutate-rows.mjs";

/** Returns a copy with one to four places changed, see `mutateBytes`. */
export function mutate(bytes: Buffer, seed: number): Buffer {
  return mutateBytes(bytes, randomStream(seed, "noise", "mutate"));
}
