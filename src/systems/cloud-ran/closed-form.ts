/** The share of deadlines that `partitioned` misses, without a simulation. */
import { InputError } from "../../base/errors.js";
import { resolveParameters } from "../../base/parameters.js";
import { CLOUD_RAN_MODEL, processingParts, type CloudRanValues } from "./processing.js";

export interface ClosedFormOptions {
  readonly antennas: number;
  /** Probabilities of 1, 2, 3, ... iterations. */
  readonly iterations: readonly number[];
  readonly model?: Partial<CloudRanValues>;
}

/**
 * Returns the share of subframes that miss their deadline where each begins when it arrives: the sum of
 * p(m) q(L) over the schemes m and iterations L that end too late or are given up. It holds for `partitioned`
 * with at least (budget - RTT/2) / slot cores for each cell. Throws InputError for probabilities that are no
 * numbers, or all 0.
 *
 * @param shares Weight of each MCS, from 0 on: probabilities, or counts of subframes.
 */
export function partitionedMissRate(
  shares: ArrayLike<number>,
  { antennas, iterations, model }: ClosedFormOptions,
): number {
  const values = resolveParameters("the model of cloud-ran", CLOUD_RAN_MODEL, model);
  let missed = 0;
  let total = 0;
  for (let mcs = 0; mcs < shares.length; mcs++) {
    const parts = processingParts(mcs, antennas, values);
    iterations.forEach((share, index) => {
      const weight = shares[mcs] * share;
      total += weight;
      if (!endsInTime(parts, index + 1, values)) missed += weight;
    });
  }
  if (!(total > 0 && total < Infinity)) throw new InputError("no probabilities; give at least one above 0");
  return missed / total;
}

function endsInTime(
  { base, fft, demodulation, decode }: ReturnType<typeof processingParts>,
  iterations: number,
  { budget, halfRtt, margin, guardIterations }: CloudRanValues,
): boolean {
  const time = budget - halfRtt;
  const decodesAt = base + fft + demodulation;
  if (decodesAt + margin + guardIterations * decode > time) return false;
  return decodesAt + iterations * decode <= time;
}
