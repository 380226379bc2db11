/** The subframes of several cells: their modulation and coding schemes and their decoding iterations. */
import { InputError } from "../../base/errors.js";
import { drawUniform, randomState, type RandomState } from "../../base/random.js";
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

export interface LoadOptions extends Omit<SubframesOptions, "slots"> {
  /** Default: as many as the longest trace has loads. */
  readonly slots?: number;
  /** The load that has the greatest MCS. Default: the greatest load of each trace. */
  readonly peak?: number;
}

/**
 * Returns subframes with the loads of traces: one load for each slot, again from the beginning after the
 * last. Cells take the traces in turn. Cells with the same trace begin at evenly spaced places of it. Throws
 * InputError for a trace without loads or with negative ones.
 */
export function subframesFromLoads(
  traces: readonly ArrayLike<number>[],
  {
    cells,
    peak,
    slots = traces.reduce((most, { length }) => Math.max(most, length), 0),
    ...rest
  }: LoadOptions,
): Subframes {
  checkCount("cells", cells);
  checkCount("slots", slots);
  const schemes = traces.map((loads, number) => mcsOfTrace(loads, number, peak));
  if (schemes.length === 0) throw new InputError("no trace of loads; give at least one");
  const mcs = new Uint8Array(cells * slots);
  for (let cell = 0; cell < cells; cell++) {
    const trace = schemes[cell % schemes.length];
    const sharing = Math.ceil((cells - (cell % schemes.length)) / schemes.length);
    const first = Math.floor((Math.floor(cell / schemes.length) * trace.length) / sharing);
    for (let slot = 0; slot < slots; slot++) mcs[slot * cells + cell] = trace[(first + slot) % trace.length];
  }
  return { cells, slots, mcs, iterations: drawIterations(mcs.length, rest) };
}

/**
 * Returns subframes with independent schemes.
 *
 * @param shares Probability of each MCS, from 0 on. They need not add up to 1.
 */
export function drawSubframes(
  shares: readonly number[],
  { cells, slots, ...rest }: SubframesOptions,
): Subframes {
  checkCount("cells", cells);
  checkCount("slots", slots);
  if (shares.length > MAX_MCS + 1)
    throw new InputError(`${shares.length} probabilities of MCS; give at most ${MAX_MCS + 1}`);
  const mcs = new Uint8Array(cells * slots);
  fill(mcs, cumulate("MCS", shares), randomState(rest.seed ?? 0, "workload", "mcs"));
  return { cells, slots, mcs, iterations: drawIterations(mcs.length, rest) };
}

/**
 * Returns the probability of each MCS where loads are exponential with this mean, as a share of the peak, and
 * loads above the peak have the greatest MCS: generated load, assumed.
 *
 * @param fitted Probabilities that some MCS have instead; the others are scaled so that the sum is 1.
 */
export function exponentialShares(mean: number, fitted: Readonly<Record<number, number>> = {}): number[] {
  if (!(mean > 0 && mean < Infinity))
    throw new InputError(`invalid mean load: ${mean}; give a number above 0`);
  const above = (mcs: number): number => (mcs > MAX_MCS ? 0 : Math.exp(-mcs / MAX_MCS / mean));
  const shares = Array.from({ length: MAX_MCS + 1 }, (_, mcs) => above(mcs) - above(mcs + 1));
  let given = 0;
  let replaced = 0;
  for (const [mcs, share] of Object.entries(fitted)) {
    given += share;
    replaced += shares[Number(mcs)];
  }
  if (!(given >= 0 && given <= 1))
    throw new InputError(`the given probabilities of MCS add up to ${given}; give at most 1`);
  return shares.map((share, mcs) => fitted[mcs] ?? (share * (1 - given)) / (1 - replaced));
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

function drawIterations(
  count: number,
  { iterations = ITERATIONS, seed = 0 }: Pick<SubframesOptions, "iterations" | "seed">,
): Uint8Array {
  const drawn = new Uint8Array(count);
  fill(drawn, cumulate("iterations", iterations), randomState(seed, "workload", "iterations"));
  for (let i = 0; i < count; i++) drawn[i]++;
  return drawn;
}

/** Writes indices with the given cumulated probabilities. */
function fill(into: Uint8Array, cumulated: Float64Array, state: RandomState): void {
  for (let i = 0; i < into.length; i++) {
    const drawn = drawUniform(state);
    let index = 0;
    while (cumulated[index] <= drawn) index++;
    into[i] = index;
  }
}

function cumulate(what: string, shares: readonly number[]): Float64Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!shares.every((share) => share >= 0) || !(total > 0 && total < Infinity) || shares.length > 255)
    throw new InputError(
      `invalid probabilities of ${what}: ${shares.join(", ")}; give numbers of at least 0`,
    );
  const cumulated = new Float64Array(shares.length);
  let sum = 0;
  for (let i = 0; i < shares.length; i++) cumulated[i] = (sum += shares[i]) / total;
  // The greatest sum may be below 1 by rounding, and a draw must not be above all.
  return cumulated.map((share) => (share === cumulated[cumulated.length - 1] ? 1 : share));
}

export function checkCount(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new InputError(`${name} is ${value}: give a whole number of at least 1`);
}
