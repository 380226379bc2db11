/**
 * A lower bound of the Gini coefficient: its least value if latency-critical (LC) load stays where it is and
 * best-effort (BE) load is divisible and may run anywhere. A chart with this bound shows how far a policy is
 * from it.
 */
import { checkAllNonNegative, checkNonNegative, checkSameLength } from "./check.js";
import { spreadSort } from "../base/sort.js";
import { giniOfSorted, giniWeighted } from "./gini.js";

/** The most even state that any placement of the best-effort load could reach. */
export interface WaterFill {
  /**
   * Utilization up to which machines are filled, at most 1. A machine whose LC load is above this level gets
   * no BE load.
   */
  readonly level: number;
  /**
   * Gini of the utilizations: population form if all machines have the same capacity, else weighted by
   * capacity.
   */
  readonly gini: number;
  /** Utilization of each machine; 0 for one without capacity. */
  readonly utilization: Float64Array;
  /** BE load that does not fit on the machines, in CPU. */
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
 * Returns the water-filled state: every machine with an LC load l_i below a common level is filled with BE
 * load up to this level, x_i = max(l_i, level). The level is chosen so that sum_i c_i (x_i - l_i) =
 * `bestEffort`. LC load above a machine's capacity counts as served up to the capacity, and the level is at
 * most 1.
 *
 * No feasible state (b_i >= 0 CPU of BE load on machine i, sum b_i = `bestEffort`) has a lower Gini. Proof
 * sketch: the total sum c_i x_i is the same for all feasible states. In every state other than the
 * water-filled one, some machine a with b_a > 0 has x_a above some x_b (otherwise all machines with BE load
 * would be at the minimum, and that is the water-filled state). Moving BE load from a to b, at most until
 * both are equal, is a transfer from a higher to a lower utilization, which never raises the Gini coefficient
 * weighted by capacity (Pigou-Dalton); repeating this ends at the water-filled state. Less BE load never
 * helps either: lowering the level lowers only the least loaded. Where capacities differ, the claim holds for
 * `giniWeighted` and not for the unweighted coefficient, which load on small machines only could lower
 * further.
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
 * Returns `waterFill` for clock loops over up to `machines` machines: only the Gini, without checks, with its
 * own buffers. A call allocates almost nothing where all capacities are equal, but does where they differ.
 */
export function createWaterFilling(machines: number): WaterFilling {
  const buffer = new Float64Array(machines);
  // The level of one step is near that of the step before.
  let level = Infinity;
  return (lcLoad, capacity, bestEffort) => {
    level = waterLevel(lcLoad, capacity, bestEffort, level);
    return filledGini(lcLoad, capacity, { level, values: buffer.subarray(0, lcLoad.length) });
  };
}

function filledGini(
  lcLoad: ArrayLike<number>,
  capacity: ArrayLike<number>,
  { level, values }: { level: number; values: Float64Array },
): number {
  const equal = raise(lcLoad, capacity, level, values);
  if (!equal) return giniWeighted(values, capacity);
  // Most machines are at the level, which is the least value: only those above it are sorted.
  let above = values.length;
  for (let i = values.length - 1; i >= 0; i--) if (values[i] > level) values[--above] = values[i];
  values.fill(level, 0, above);
  spreadSort(values.subarray(above));
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
 * linear in the level: the first step, from any level above some machine's, leads to the solution or above
 * it, and further steps never overshoot and reach the exact solution in finitely many steps. No sort is
 * needed. Returns at most 1; NaN without capacity.
 */
function waterLevel(
  lcLoad: ArrayLike<number>,
  capacity: ArrayLike<number>,
  bestEffort: number,
  start = Infinity,
): number {
  let level = newtonStep(lcLoad, capacity, bestEffort, start);
  if (Number.isNaN(level)) level = newtonStep(lcLoad, capacity, bestEffort, Infinity);
  for (;;) {
    const next = newtonStep(lcLoad, capacity, bestEffort, level);
    // With no best-effort load, no machine is below the level in the end: it is the least LC utilization.
    if (!(next < level)) return Math.min(1, level);
    level = next;
  }
}

/** Returns the next level; NaN where no machine is below the level. */
function newtonStep(
  lcLoad: ArrayLike<number>,
  capacity: ArrayLike<number>,
  bestEffort: number,
  level: number,
): number {
  let load = bestEffort;
  let size = 0;
  for (let i = 0; i < lcLoad.length; i++) {
    if (!(lcLoad[i] < level * capacity[i])) continue;
    load += lcLoad[i];
    size += capacity[i];
  }
  return size === 0 ? NaN : load / size;
}
