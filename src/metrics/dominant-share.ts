/** How much of a cluster a user has when there is more than one resource: the largest of the shares. */
import { InputError } from "../base/errors.js";
import { checkAllNonNegative, checkSameLength } from "./check.js";

/** Relative tolerance for a full resource, because sums of floats are not exact. */
const ROUNDING = 1e-9;

/**
 * Returns the dominant share of each user: the largest, over the resources, of the user's amount over the
 * capacity. Ghodsi et al., Dominant Resource Fairness, NSDI 2011, section 1. Throws InputError on a negative
 * or non-finite amount, a capacity that is not above 0, and rows of unequal length.
 *
 * @param amounts What each user has: one row per user, one column per resource, in the unit of its capacity.
 * @param capacity What there is of each resource.
 */
export function dominantShares(
  amounts: readonly ArrayLike<number>[],
  capacity: ArrayLike<number>,
): Float64Array {
  checkAllNonNegative("capacity", capacity);
  for (let r = 0; r < capacity.length; r++) {
    if (capacity[r] === 0)
      throw new InputError(`capacity ${r} is 0: leave out resources with a capacity of 0`);
  }
  return Float64Array.from(amounts, (amount, user) => {
    checkSameLength(`user ${user}`, amount, "capacity", capacity);
    checkAllNonNegative(`amount of user ${user}, resource`, amount);
    let most = 0;
    for (let r = 0; r < capacity.length; r++) most = Math.max(most, amount[r] / capacity[r]);
    return most;
  });
}

export interface DrfAllocation {
  /** Tasks that each user runs. */
  readonly tasks: Int32Array;
  /** Dominant share of each user. */
  readonly shares: Float64Array;
}

/**
 * Returns the allocation of dominant resource fairness for users who each have an endless supply of equal
 * tasks: repeatedly, the user with the lowest dominant share (ties: the first) gets one more task. This is
 * Algorithm 1 of Ghodsi et al., NSDI 2011, except that a user whose next task does not fit drops out, where
 * Algorithm 1 ends. The lowest share is at most one task (the largest one) below the best possible lowest
 * share of a division into whole tasks. Throws InputError as `dominantShares` does, and where a task demands
 * nothing.
 *
 * @param demands What one task of each user needs: one row per user, one column per resource.
 * @param capacity What there is of each resource.
 */
export function allocateByDominantShare(
  demands: readonly ArrayLike<number>[],
  capacity: ArrayLike<number>,
): DrfAllocation {
  const perTask = dominantShares(demands, capacity);
  const idle = perTask.indexOf(0);
  if (idle >= 0) throw new InputError(`demand of user ${idle} is nothing: give it an amount above 0`);
  const left = Float64Array.from(capacity, (amount) => amount * (1 + ROUNDING));
  const tasks = new Int32Array(demands.length);
  const waiting = new Set(tasks.keys());
  while (waiting.size > 0) {
    let user = -1;
    for (const u of waiting) if (user < 0 || tasks[u] * perTask[u] < tasks[user] * perTask[user]) user = u;
    const demand = demands[user];
    if (left.every((amount, r) => demand[r] <= amount)) {
      for (let r = 0; r < left.length; r++) left[r] -= demand[r];
      tasks[user]++;
    } else {
      waiting.delete(user);
    }
  }
  return { tasks, shares: perTask.map((share, user) => share * tasks[user]) };
}
