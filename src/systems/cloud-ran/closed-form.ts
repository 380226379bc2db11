/** The share of deadlines that `partitioned` misses, without a simulation. */
import { checkWeights, NUMBERS, numbersOf } from "./options.js";
import { MAX_MCS, modelOf, processingParts, type CloudRanValues } from "./processing.js";
import { ITERATIONS } from "./subframes.js";

export interface ClosedFormOptions {
  /** Default 2. */
  readonly antennas?: number;
  /** Probabilities of 1, 2, 3, ... iterations. Default ITERATIONS. */
  readonly iterations?: readonly number[];
  readonly model?: Partial<CloudRanValues>;
}

/**
 * Returns the share of subframes that miss their deadline where each begins when it arrives: the sum of
 * p(m) q(L) over the schemes m and iterations L that end too late or are given up. It holds for `partitioned`
 * with at least (budget - RTT/2) / slot cores for each cell. Throws InputError for invalid options and for
 * probabilities that are no numbers of at least 0, or all 0.
 *
 * @param shares Weight of each MCS, from 0 on: probabilities, or counts of subframes.
 */
export function partitionedMissRate(shares: ArrayLike<number>, options: ClosedFormOptions = {}): number {
  const { antennas } = numbersOf("partitionedMissRate", options, { antennas: NUMBERS.antennas }, [
    "iterations",
    "model",
  ]);
  const { iterations = ITERATIONS, model } = options;
  checkWeights("MCS", shares, MAX_MCS + 1);
  checkWeights("iterations", iterations, 255);
  const values = modelOf(model);
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
