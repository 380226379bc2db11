/** The state of the subframe loop, and how one subframe runs on a core. */
import { MAX_MCS, processingParts, type CloudRanValues } from "../processing.js";
import type { Subframes } from "../subframes.js";

/** What became of a subframe: by its code, the index here. */
export const SUBFRAME_OUTCOME = ["met", "given-up", "late"] as const;
const [MET, GIVEN_UP, LATE] = [0, 1, 2];

export interface Loop {
  readonly cells: number;
  readonly slots: number;
  readonly cores: number;
  readonly antennas: number;
  readonly mcs: Uint8Array;
  readonly iterations: Uint8Array;
  readonly slot: number;
  readonly halfRtt: number;
  /** Time from a subframe's arrival to its deadline. */
  readonly time: number;
  /** Time of an FFT. */
  readonly fft: number;
  /** By MCS: time before decoding, time of an iteration, and what is compared with the time left. */
  readonly before: Float64Array;
  readonly decode: Float64Array;
  readonly guard: Float64Array;
  /** By core: when it has nothing to do any more. */
  readonly free: Float64Array;
  readonly busy: Float64Array;
  readonly outcome: Uint8Array;
  readonly response: Float64Array;
}

export function createLoop(
  { cells, slots, mcs, iterations }: Subframes,
  { cores, antennas }: { readonly cores: number; readonly antennas: number },
  values: CloudRanValues,
): Loop {
  const parts = Array.from({ length: MAX_MCS + 1 }, (_, m) => processingParts(m, antennas, values));
  return {
    ...{ cells, slots, cores, antennas, mcs, iterations },
    slot: values.slot,
    halfRtt: values.halfRtt,
    time: values.budget - values.halfRtt,
    fft: values.antenna * antennas,
    before: Float64Array.from(parts, ({ base, fft, demodulation }) => base + fft + demodulation),
    decode: Float64Array.from(parts, ({ decode }) => decode),
    guard: Float64Array.from(parts, ({ decode }) => values.margin + values.guardIterations * decode),
    free: new Float64Array(cores),
    busy: new Float64Array(cores),
    outcome: new Uint8Array(cells * slots),
    response: new Float64Array(cells * slots).fill(NaN),
  };
}

/** Returns when the subframes of a slot arrive. */
export function arrivalOf({ slot, halfRtt }: Loop, k: number): number {
  return k * slot + halfRtt;
}

/**
 * Runs a subframe on a core as soon as the core is free.
 *
 * @param saved Time that other cores save it.
 */
export function runOn(loop: Loop, subframe: number, arrival: number, core: number, saved: number): void {
  const { free, time, outcome } = loop;
  // All times count from the arrival, so that they are the same for every slot to the bit.
  const wait = free[core] > arrival ? free[core] - arrival : 0;
  if (wait >= time) {
    outcome[subframe] = LATE;
    return;
  }
  const scheme = loop.mcs[subframe];
  const decodesAt = wait + loop.before[scheme] - saved;
  let end: number;
  if (decodesAt > time) {
    end = time;
    outcome[subframe] = LATE;
  } else if (decodesAt + loop.guard[scheme] > time) {
    end = decodesAt;
    outcome[subframe] = GIVEN_UP;
  } else {
    end = decodesAt + loop.iterations[subframe] * loop.decode[scheme];
    outcome[subframe] = end > time ? LATE : MET;
    if (end > time) end = time;
  }
  loop.response[subframe] = end;
  loop.busy[core] += end - wait;
  free[core] = arrival + end;
}
