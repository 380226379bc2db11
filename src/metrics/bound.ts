/**
 * How even a policy could make the load at best: the Gini coefficient that is left when latency-critical (LC)
 * load stays where it is and best-effort (BE) load is divisible and may run anywhere. A chart that shows it
 * says how far from the limit a policy stays.
 */
import { checkAllNonNegative, checkNonNegative, checkSameLength } from "./check.js";
import { createSpreadSort, type SpreadSort } from "../base/sort.js";
import { giniOfSorted, giniWeighted } from "./gini.js";

/** The best that any placement of the best-effort load could reach. */
export interface WaterFill {
  /**
   * Utilization up to which machines are filled, at most 1; a machine above it by its LC load gets nothing.
   */
  readonly level: number;
  /**
   * Gini of the utilizations: population form for machines of one capacity, by capacity where they differ.
   */
  readonly gini: number;
  /** Utilization of each machine; 0 for one without capacity. */
  readonly utilization: Float64Array;
  /** BE load for which there is no room even so, in CPU. */
  readonly unplaced: number;
}

/**
 * Returns the least Gini for LC load and capacity of each machine (CPU) and total BE load (CPU):
 * `waterFill(...).gini`.
 */
export type WaterFilling = (
  lcLoad: ArrayLike<number>,
  capacity: ArrayLike<number>,
  bestEffort: number,
) => number;

/**
 * Returns the water-filled state: every machine that LC load l_i leaves below a common level is filled with
 * BE load up to it, x_i = max(l_i, level), with the level such that sum_i c_i (x_i - l_i) = `bestEffort`. LC
 * load above a machine's capacity counts as served up to it, and the level stops at 1.
 *
 * No feasible state (b_i >= 0 CPU of BE load on machine i, sum b_i = `bestEffort`) has a lower Gini. Proof
 * sketch: the total sum c_i x_i is the same for all of them. In a state other than the water-filled one some
 * machine a with b_a > 0 has x_a above some x_b (else all machines with BE load are at the minimum: that is
 * the water-filled state). Moving a little BE load from a to b, up to where they meet, is a transfer from a
 * higher to a lower utilization, which never raises the Gini coefficient weighted by capacity (Pigou-Dalton);
 * repeating this ends at the water-filled state. Less BE load never helps either: lowering the level lowers
 * only the least loaded. Where capacities differ the claim holds for `giniWeighted` and not for the
 * unweighted coefficient, which one can lower by putting load on small machines only.
 *
 * Machines with capacity 0 do not count. NaN level and Gini where no machine has capacity; NaN Gini where
 * there is no load. Throws InputError on negative or non-finite input and on unequal lengths.
 */
export function waterFill(
  lcLoad: ArrayLike<number>,
  capacity: ArrayLike<number>,
  bestEffort: number,
): WaterFill {
  checkSameLength("LC load", lcLoad, "capacity", capacity);
  checkAllNonNegative("LC load of machine", lcLoad);
  checkAllNonNegative("capacity of machine", capacity);
  checkNonNegative("best-effort load", bestEffort);
  const level = waterLevel(lcLoad, capacity, bestEffort);
  const utilization = new Float64Array(lcLoad.length);
  raise(lcLoad, capacity, level, utilization);
  let room = 0;
  for (let i = 0; i < lcLoad.length; i++) room += Math.max(0, capacity[i] - lcLoad[i]);
  const unplaced = Math.max(0, bestEffort - room);
  return {
    level,
    gini: createWaterFilling(lcLoad.length)(lcLoad, capacity, bestEffort),
    utilization,
    unplaced,
  };
}

/**
 * Returns `waterFill` for clock loops over up to `machines` machines: the Gini alone, no checks, and its own
 * buffers, so that a call allocates nothing to speak of where all capacities are equal (it does where they
 * differ).
 */
export function createWaterFilling(machines: number): WaterFilling {
  const buffer = new Float64Array(machines);
  const sort = createSpreadSort(machines);
  return (lcLoad, capacity, bestEffort) =>
    filledGini(lcLoad, capacity, { bestEffort, values: buffer.subarray(0, lcLoad.length), sort });
}

function filledGini(
  lcLoad: ArrayLike<number>,
  capacity: ArrayLike<number>,
  { bestEffort, values, sort }: { bestEffort: number; values: Float64Array; sort: SpreadSort },
): number {
  const equal = raise(lcLoad, capacity, waterLevel(lcLoad, capacity, bestEffort), values);
  if (!equal) return giniWeighted(values, capacity);
  sort(values);
  return giniOfSorted(values);
}

/** Writes max(level, LC utilization) to `out`; returns whether all capacities are equal and above 0. */
function raise(
  lcLoad: ArrayLike<number>,
  capacity: ArrayLike<number>,
  level: number,
  out: Float64Array,
): boolean {
  let equal = true;
  for (let i = 0; i < lcLoad.length; i++) {
    const up = capacity[i] > 0;
    out[i] = up ? Math.max(level, Math.min(1, lcLoad[i] / capacity[i])) : 0;
    if (!up || capacity[i] !== capacity[0]) equal = false;
  }
  return equal;
}

/**
 * Solves sum_i c_i max(0, level - l_i) = bestEffort by Newton's method. The left side is convex and piecewise
 * linear in the level, so that steps from above never overshoot and reach the exact solution in finitely
 * many, usually under ten; no sort is needed.
 */
function waterLevel(lcLoad: ArrayLike<number>, capacity: ArrayLike<number>, bestEffort: number): number {
  let level = Infinity;
  for (;;) {
    let load = bestEffort;
    let size = 0;
    for (let i = 0; i < lcLoad.length; i++) {
      if (!(lcLoad[i] < level * capacity[i])) continue;
      load += lcLoad[i];
      size += capacity[i];
    }
    // With no BE load the last step finds nobody below the level: the least LC utilization is the level.
    if (size === 0) return level === Infinity ? NaN : Math.min(1, level);
    const next = load / size;
    if (!(next < level)) return Math.min(1, level);
    level = next;
  }
}
