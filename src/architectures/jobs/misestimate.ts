/** Jobs whose estimates are wrong, for schedulers that use estimates: Hawk, Eagle, Pigeon, the order srpt. */
import { InputError } from "../../base/errors.js";
import { randomStream } from "../../base/random.js";
import type { Jobs } from "./jobs.js";

/**
 * Returns the same jobs with wrong estimates: each estimate is multiplied by a random number of its own,
 * uniform between 1 - `error` and 1 + `error`. With the same seed, a greater error makes each estimate wrong
 * in the same direction. Throws InputError for an error below 0 or above 1.
 */
export function misestimate(jobs: Jobs, error: number, { seed = 1 }: { readonly seed?: number } = {}): Jobs {
  if (!(error >= 0 && error <= 1)) throw new InputError(`error is ${error}: give a number from 0 to 1`);
  const random = randomStream(seed, "workload", "misestimate");
  return { ...jobs, estimate: jobs.estimate.map((right) => right * (1 + error * (2 * random() - 1))) };
}
