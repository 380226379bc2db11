/** Pre-copy in closed form, without a loop over the rounds: the geometric series of Liu et al., HPDC 2011. */
import { InputError } from "../../base/errors.js";

export interface PreCopySeries {
  /** Bytes, seconds, seconds: as in MigrationCost. */
  readonly bytes: number;
  readonly seconds: number;
  readonly downtime: number;
}

/**
 * Returns the cost of n rounds and the final pass, where no working set limits the dirty memory. With lambda
 * = dirtyRate / bandwidth, round i = 1 ... n sends memory * lambda^(i-1), and the final pass, while the task
 * is stopped, sends memory * lambda^n. The final pass is not counted as a round here; papers differ in this.
 * Throws InputError for fewer than one round and for a bandwidth that is not above 0.
 *
 * @param options Bytes, bytes a second, bytes a second, and n.
 */
export function preCopySeries({
  memory,
  bandwidth,
  dirtyRate,
  rounds,
}: {
  memory: number;
  bandwidth: number;
  dirtyRate: number;
  rounds: number;
}): PreCopySeries {
  if (!(rounds >= 1)) throw new InputError(`invalid number of rounds: ${rounds}; give 1 or more`);
  if (!(bandwidth > 0)) throw new InputError(`invalid bandwidth: ${bandwidth}; give bytes a second above 0`);
  const lambda = dirtyRate / bandwidth;
  // (1 - lambda^(n+1)) / (1 - lambda), without the loss of digits near 1.
  const series =
    lambda === 1 ? rounds + 1 : Math.expm1((rounds + 1) * Math.log(lambda)) / Math.expm1(Math.log(lambda));
  const bytes = memory * series;
  return { bytes, seconds: bytes / bandwidth, downtime: (memory * lambda ** rounds) / bandwidth };
}

/**
 * Returns the number of rounds until at most `threshold` bytes are left: ceil(log(threshold / memory) /
 * log(lambda)), but at least 1. Infinity where lambda >= 1 and the threshold is never reached.
 *
 * @param options Bytes, bytes, and lambda = dirty rate / bandwidth.
 */
export function preCopyRounds({
  memory,
  threshold,
  lambda,
}: {
  memory: number;
  threshold: number;
  lambda: number;
}): number {
  if (lambda * memory <= threshold) return 1;
  if (lambda >= 1) return Infinity;
  return Math.max(1, Math.ceil(Math.log(threshold / memory) / Math.log(lambda)));
}
