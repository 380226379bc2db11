/**
 * Computes exactly how a migration would change the Gini coefficient, without sorting again: the utilizations
 * are kept sorted with prefix sums, so that testing a move costs a few binary searches and applying it one
 * pass.
 */
import { InputError } from "../base/errors.js";
import { checkAllNonNegative, checkNonNegative, checkSameLength } from "./check.js";
import { pairDifferenceOfSorted } from "./gini.js";

/**
 * The utilizations of a cluster's machines, prepared for the question "what if this much CPU moved from a to
 * b?".
 */
export interface GiniIndex {
  /** Number of machines with capacity; only these count. */
  readonly machines: number;
  /** Utilization of a machine, moves included; NaN for a machine without capacity. */
  value(machine: number): number;
  /**
   * The Gini coefficient now (population form, each machine counts once); NaN where nothing is loaded. O(1).
   */
  gini(): number;
  /** D = sum_{i<j} |x_i - x_j| now. O(1). */
  difference(): number;
  /** The machine's rank in ascending order: the number of machines with a lower utilization. O(log n). */
  rank(machine: number): number;
  /** Change of D if `cpu` moved from machine `a` to machine `b`. O(log n). */
  differenceDelta(a: number, b: number, cpu: number): number;
  /**
   * Change of the Gini coefficient if `cpu` moved from machine `a` to machine `b`: negative is better. O(log
   * n).
   */
  delta(a: number, b: number, cpu: number): number;
  /** Applies a move. Throws InputError where `a` has less load than `cpu`. O(n). */
  move(a: number, b: number, cpu: number): void;
  /** Gives a machine a new utilization. Throws InputError where negative or non-finite. O(n). */
  set(machine: number, utilization: number): void;
}

/** A load that is less than this below 0, because of rounding, counts as 0. */
const ROUNDING = 1e-9;

/**
 * Returns an index over the machines' utilizations (any scale, 0 or more) and CPU capacities; without
 * capacities every machine has 1, and CPU and utilization are the same thing. Machines with capacity 0 (down)
 * do not count; moves from or to them give NaN.
 *
 * Moving w CPU changes x_a by -w/c_a and x_b by +w/c_b, and with f(v) = sum_{k != a,b} |x_k - v|
 *
 *   dD = f(x_a') + f(x_b') + |x_a' - x_b'| - f(x_a) - f(x_b) - |x_a - x_b|,
 *
 * where sum_k |x_k - v| = v (2r - n) + P_n - 2 P_r for r = #{x_k <= v} and P_r the sum of the r least.
 * Between machines of equal capacity the sum S of the utilizations does not change, and dG = dD / (n S).
 * Between unequal machines S changes by dS, and dG = (dD - D dS / S) / (n (S + dS)): the exact change of the
 * unweighted coefficient, in which a small machine counts as much as a large one (see `giniWeighted` for the
 * alternative).
 *
 * Throws InputError on a negative or non-finite utilization or capacity and on unequal lengths.
 */
export function createGiniIndex(utilizations: ArrayLike<number>, capacities?: ArrayLike<number>): GiniIndex {
  if (capacities !== undefined) {
    checkSameLength("utilizations", utilizations, "capacities", capacities);
    checkAllNonNegative("capacity", capacities);
  }
  const capacity = capacities ? new Float64Array(capacities) : new Float64Array(utilizations.length).fill(1);
  const x = new Float64Array(utilizations).map((value, m) => (capacity[m] > 0 ? value : NaN));
  const counted = x.filter((_, m) => capacity[m] > 0);
  checkAllNonNegative("utilization", counted);
  const sums = createSortedSums(counted);
  const { sorted } = sums;
  const n = sorted.length;
  let difference = pairDifferenceOfSorted(sorted);

  const pairChange = (xa: number, xb: number, newA: number, newB: number): number =>
    // distance(v) also includes a and b: their terms are subtracted, and the pair is added once.
    sums.distance(newA) -
    Math.abs(newA - xa) -
    Math.abs(newA - xb) +
    (sums.distance(newB) - Math.abs(newB - xa) - Math.abs(newB - xb)) +
    Math.abs(newA - newB) -
    (sums.distance(xa) + sums.distance(xb) - Math.abs(xa - xb));

  const differenceDelta = (a: number, b: number, cpu: number): number =>
    a === b ? 0 : pairChange(x[a], x[b], x[a] - cpu / capacity[a], x[b] + cpu / capacity[b]);

  const replace = (machine: number, utilization: number): void => {
    if (!(capacity[machine] > 0)) {
      throw new InputError(`machine ${machine} has no capacity: choose one that is up`);
    }
    sums.replace(x[machine], utilization);
    x[machine] = utilization;
  };

  return {
    machines: n,
    value: (machine) => x[machine],
    gini: () => (sums.total() > 0 ? difference / (n * sums.total()) : NaN),
    difference: () => difference,
    rank: (machine) => sums.countBelow(x[machine]),
    differenceDelta,
    delta(a, b, cpu) {
      if (a === b) return 0;
      const total = sums.total();
      const totalDelta = cpu / capacity[b] - cpu / capacity[a];
      return (differenceDelta(a, b, cpu) - (difference * totalDelta) / total) / (n * (total + totalDelta));
    },
    move(a, b, cpu) {
      if (a === b) return;
      const left = x[a] - cpu / capacity[a];
      if (!(left >= -ROUNDING)) {
        throw new InputError(`move of ${cpu} CPU from machine ${a} exceeds its load: give at most that`);
      }
      const gained = x[b] + cpu / capacity[b];
      checkNonNegative(`utilization of machine ${b} after the move`, gained);
      replace(a, Math.max(0, left));
      replace(b, gained);
      difference = pairDifferenceOfSorted(sorted);
    },
    set(machine, utilization) {
      checkNonNegative("utilization", utilization);
      replace(machine, utilization);
      difference = pairDifferenceOfSorted(sorted);
    },
  };
}

interface SortedSums {
  readonly sorted: Float64Array;
  total(): number;
  /** Number of values below v. */
  countBelow(v: number): number;
  /** sum_k |y_k - v|. */
  distance(v: number): number;
  replace(old: number, value: number): void;
}

/**
 * Sorted values with the sums of the least r values. Sums are recomputed from the changed value on, so
 * rounding errors do not accumulate over many moves.
 */
function createSortedSums(values: Float64Array): SortedSums {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const prefix = new Float64Array(n + 1);
  const sumFrom = (at: number): void => {
    for (let i = at; i < n; i++) prefix[i + 1] = prefix[i] + sorted[i];
  };
  sumFrom(0);

  const countBelow = (v: number): number => {
    let low = 0;
    let high = n;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < v) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    sorted,
    total: () => prefix[n],
    countBelow,
    distance(v) {
      // Values equal to v add nothing, so counting the values below v is enough.
      const r = countBelow(v);
      return v * (2 * r - n) + prefix[n] - 2 * prefix[r];
    },
    replace(old, value) {
      const out = countBelow(old);
      const into = countBelow(value);
      if (into > out) {
        sorted.copyWithin(out, out + 1, into);
        sorted[into - 1] = value;
      } else {
        sorted.copyWithin(into + 1, into, out);
        sorted[into] = value;
      }
      sumFrom(Math.min(out, into));
    },
  };
}
