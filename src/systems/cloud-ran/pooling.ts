/** What cells gain by sharing one pool, and how many cores they take. */
import { meanOf } from "../../metrics/statistics.js";
import { checkCells, loadsOf, type CellLoads } from "./cells.js";
import { NUMBERS, numberOf, numbersOf } from "./options.js";
import {
  bitsPerSymbol,
  blockBits,
  MAX_MCS,
  modelOf,
  RESOURCE_ELEMENTS,
  type CloudRanValues,
} from "./processing.js";

/** What cells need apart and together, in the unit of their loads. */
export interface Pooling {
  /** Sum of the cells' greatest loads: what they need apart. */
  readonly sumOfPeaks: number;
  /** Greatest sum of the loads: what they need together. */
  readonly peakOfSum: number;
  readonly meanOfSum: number;
  /** sumOfPeaks / peakOfSum. */
  readonly ratio: number;
}

/** Returns what the cells need, or the first `count` of them. NaN ratio where there is no load. */
export function poolingOf(cells: CellLoads, count?: number): Pooling {
  const sum = sumOfLoads(cells, count);
  let sumOfPeaks = 0;
  for (let c = 0; c < (count ?? cells.ids.length); c++) sumOfPeaks += greatest(loadsOf(cells, c));
  const peakOfSum = greatest(sum);
  return { sumOfPeaks, peakOfSum, meanOfSum: meanOf(sum), ratio: sumOfPeaks / peakOfSum };
}

/** Returns the sum of the first `count` cells' loads in each step. */
export function sumOfLoads(cells: CellLoads, count?: number): Float64Array {
  checkCells(cells);
  const { steps, load, ids } = cells;
  const most = numberOf("the count", "cells", count, { default: ids.length, max: ids.length });
  const sum = new Float64Array(steps);
  for (let i = 0; i < most * steps; i++) sum[i % steps] += load[i];
  return sum;
}

export interface CellCoresOptions {
  /** Antennas of each cell. Default 2. */
  readonly antennas?: number;
  /** Mean decoding iterations. Default 2. */
  readonly iterations?: number;
  /** The load at which a cell sends the most that it can. Default: each cell's own greatest load. */
  readonly peak?: number;
  readonly model?: Partial<CloudRanValues>;
}

/**
 * Returns the cores that the cells keep busy in each step. A cell at a share u of its peak decodes u of the
 * bits of the greatest MCS, in the modulation of the greatest MCS whose bits it fills; its FFT never rests.
 * Cores are processing time over the length of a slot.
 */
export function coresOfCells(cells: CellLoads, options: CellCoresOptions = {}): CellLoads {
  checkCells(cells);
  const numbers = { antennas: NUMBERS.antennas, iterations: { ...NUMBERS.iterations, default: 2 } };
  const { antennas, iterations } = numbersOf("coresOfCells", options, numbers, ["peak", "model"]);
  const { peak, model } = options;
  if (peak !== undefined) numberOf("coresOfCells", "peak", peak);
  const { base, antenna, modulation, decode, slot } = modelOf(model);
  const { steps, load } = cells;
  const most = blockBits(MAX_MCS);
  const cores = new Float64Array(load.length);
  for (let c = 0; c < cells.ids.length; c++) {
    const full = peak ?? greatest(loadsOf(cells, c));
    for (let i = c * steps; i < (c + 1) * steps; i++) {
      const bits = full > 0 ? most * Math.min(1, load[i] / full) : 0;
      const symbols = modulation * bitsPerSymbol(mcsOfBits(bits));
      cores[i] =
        (base + antenna * antennas + symbols + (decode * iterations * bits) / RESOURCE_ELEMENTS) / slot;
    }
  }
  return { ...cells, load: cores };
}

/** Returns the greatest MCS whose block has no more bits than these; 0 below all. */
function mcsOfBits(bits: number): number {
  let mcs = MAX_MCS;
  while (mcs > 0 && blockBits(mcs) > bits) mcs--;
  return mcs;
}

/** Returns the greatest of values of at least 0; 0 for none. */
export function greatest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
