/** The subframes of several cells: their modulation and coding schemes and their decoding iterations. */
import { InputError } from "../../base/errors.js";
import { drawUniform, randomState, type RandomState } from "../../base/random.js";
import { checkSize, checkWeights, NUMBERS, numberOf, numbersOf } from "./options.js";
import { MAX_MCS, mcsOfLoad } from "./processing.js";

/** One entry for each subframe: that of cell b in slot k is at `k * cells + b`. */
export interface Subframes {
  readonly cells: number;
  readonly slots: number;
  readonly mcs: Uint8Array;
  /** Decoding iterations that the subframe takes. */
  readonly iterations: Uint8Array;
}

/** Probabilities of 1, 2, 3, ... decoding iterations. They depend on noise, which no trace has: assumed. */
export const ITERATIONS: readonly number[] = [0.5, 0.3, 0.2];

export interface SubframesOptions {
  readonly cells: number;
  readonly slots: number;
  /** Probabilities of 1, 2, 3, ... iterations. Default ITERATIONS. */
  readonly iterations?: readonly number[];
  /** Default 0. */
  readonly seed?: number;
}

export interface LoadOptions extends Omit<SubframesOptions, "cells" | "slots"> {
  /** Default: one for each trace. */
  readonly cells?: number;
  /** Default: as many as the longest trace has loads. */
  readonly slots?: number;
  /** The load that has the greatest MCS. Default: the greatest load of each trace. */
  readonly peak?: number;
}

const { cells: CELLS, slots: SLOTS, seed: SEED } = NUMBERS;

/**
 * Returns subframes with the loads of traces: one load for each slot, again from the beginning after the
 * last. Cells take the traces in turn. Cells with the same trace begin at evenly spaced places of it. Throws
 * InputError for a trace without loads or with negative ones, for more traces than cells, and for invalid
 * options.
 */
export function subframesFromLoads(
  traces: readonly ArrayLike<number>[],
  options: LoadOptions = {},
): Subframes {
  if (traces.length === 0) throw new InputError("no trace of loads; give at least one");
  const longest = traces.reduce((most, { length }) => Math.max(most, length), 0);
  const { cells, slots, seed } = numbersOf(
    "subframesFromLoads",
    options,
    { cells: { ...CELLS, default: traces.length }, slots: { ...SLOTS, default: longest }, seed: SEED },
    ["peak", "iterations"],
  );
  if (cells < traces.length)
    throw new InputError(
      `${traces.length} traces of loads for ${cells} cells; give at least ${traces.length} cells, or fewer ` +
        "traces",
    );
  checkSize(cells, "cells", slots, "slots");
  const { iterations, peak } = options;
  if (peak !== undefined) numberOf("subframesFromLoads", "peak", peak);
  const schemes = traces.map((loads, number) => mcsOfTrace(loads, number, peak));
  const mcs = new Uint8Array(cells * slots);
  for (let cell = 0; cell < cells; cell++) {
    const trace = schemes[cell % schemes.length];
    const sharing = Math.ceil((cells - (cell % schemes.length)) / schemes.length);
    const first = Math.floor((Math.floor(cell / schemes.length) * trace.length) / sharing);
    for (let slot = 0; slot < slots; slot++) mcs[slot * cells + cell] = trace[(first + slot) % trace.length];
  }
  return { cells, slots, mcs, iterations: drawIterations(mcs.length, seed, iterations) };
}

/**
 * Returns subframes with independent schemes.
 *
 * @param shares Probability of each MCS, from 0 on. They need not add up to 1.
 */
export function drawSubframes(shares: readonly number[], options: SubframesOptions): Subframes {
  const numbers = { cells: CELLS, slots: SLOTS, seed: SEED };
  const { cells, slots, seed } = numbersOf("drawSubframes", options, numbers, ["iterations"]);
  checkSize(cells, "cells", slots, "slots");
  checkWeights("MCS", shares, MAX_MCS + 1);
  const mcs = new Uint8Array(cells * slots);
  fill(mcs, shares, randomState(seed, "workload", "mcs"));
  return { cells, slots, mcs, iterations: drawIterations(mcs.length, seed, options.iterations) };
}

/**
 * Returns the probability of each MCS where loads are exponential with this mean, as a share of the peak, and
 * loads above the peak have the greatest MCS: generated load, assumed.
 *
 * @param fitted Probabilities that some MCS have instead; the others are scaled so that the sum is 1. Throws
 * InputError for what is no MCS or no probability, and where the sum cannot be 1.
 */
export function exponentialShares(mean: number, fitted: Readonly<Record<number, number>> = {}): number[] {
  numberOf("exponentialShares", "mean", mean);
  const above = (mcs: number): number => (mcs > MAX_MCS ? 0 : Math.exp(-mcs / MAX_MCS / mean));
  const shares = Array.from({ length: MAX_MCS + 1 }, (_, mcs) => above(mcs) - above(mcs + 1));
  let given = 0;
  let replaced = 0;
  for (const [mcs, share] of Object.entries(fitted)) {
    numberOf("exponentialShares", "mcs", Number(mcs));
    if (!(share >= 0 && share <= 1))
      throw new InputError(`the probability of MCS ${mcs} is ${share}; give a number from 0 to 1`);
    given += share;
    replaced += shares[Number(mcs)];
  }
  // A sum that is 1 but for rounding is 1.
  const left = Math.abs(1 - given) < 1e-9 ? 0 : 1 - given;
  if (left < 0 || (left > 0 && 1 - replaced < 1e-9))
    throw new InputError(
      `the given probabilities of MCS add up to ${given}; give ` +
        (left < 0 ? "at most 1" : "1, because no other MCS has a probability"),
    );
  return shares.map((share, mcs) => fitted[mcs] ?? (left === 0 ? 0 : (share * left) / (1 - replaced)));
}

function mcsOfTrace(loads: ArrayLike<number>, number: number, peak?: number): Uint8Array {
  if (loads.length === 0) throw new InputError(`trace ${number + 1} has no loads; give at least one`);
  let greatest = 0;
  for (let i = 0; i < loads.length; i++) {
    if (!(loads[i] >= 0 && loads[i] < Infinity))
      throw new InputError(`trace ${number + 1}, load ${i + 1} is ${loads[i]}; give a number of at least 0`);
    greatest = Math.max(greatest, loads[i]);
  }
  // A trace of zeros has no peak of its own; any gives MCS 0.
  const full = peak ?? (greatest > 0 ? greatest : 1);
  return Uint8Array.from(loads, (load) => mcsOfLoad(load, full));
}

function drawIterations(count: number, seed: number, iterations: readonly number[] = ITERATIONS): Uint8Array {
  checkWeights("iterations", iterations, 255);
  const drawn = new Uint8Array(count);
  fill(drawn, iterations, randomState(seed, "workload", "iterations"));
  for (let i = 0; i < count; i++) drawn[i]++;
  return drawn;
}

/** Writes indices with probabilities in proportion to the weights. */
function fill(into: Uint8Array, weights: readonly number[], state: RandomState): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const cumulated = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) cumulated[i] = (sum += weights[i]) / total;
  // The greatest sum may be below 1 by rounding, and a draw must not be above all.
  const last = cumulated[cumulated.length - 1];
  for (let i = 0; i < weights.length; i++) if (cumulated[i] === last) cumulated[i] = 1;
  for (let i = 0; i < into.length; i++) {
    const drawn = drawUniform(state);
    let index = 0;
    while (cumulated[index] <= drawn) index++;
    into[i] = index;
  }
}

/**
 * Throws InputError for subframes that were not made by a function of this file and do not hold together.
 */
export function checkSubframes({ cells, slots, mcs, iterations }: Subframes): void {
  numbersOf("subframes", { cells, slots }, { cells: CELLS, slots: SLOTS });
  checkSize(cells, "cells", slots, "slots");
  for (const [name, values] of Object.entries({ mcs, iterations }))
    if (!(values instanceof Uint8Array) || values.length !== cells * slots)
      throw new InputError(
        `${name} of subframes: give a Uint8Array of cells x slots, ${cells * slots} values`,
      );
  const wrong = mcs.findIndex((scheme) => scheme > MAX_MCS);
  if (wrong >= 0) numberOf(`subframe ${wrong}`, "mcs", mcs[wrong]);
}
