/**
 * How a cluster is divided among users with unlimited numbers of equal tasks (Ghodsi et al., Dominant
 * Resource Fairness, NSDI 2011). Demands and capacity have one number per resource. `allocateByDominantShare`
 * of the metrics gives DRF's result; this file has the order of its picks, and the two divisions with which
 * the paper compares DRF.
 */
import { InputError } from "../../base/errors.js";
import { dominantShares } from "../../metrics/dominant-share.js";

/**
 * Returns the users in the order in which DRF (Algorithm 1) gives them tasks, until a task does not fit: the
 * user with the least dominant share is next. At equal shares, the user that comes first in `order` (default:
 * by number) is next. The paper's example picks the second user first.
 */
export function drfPicks(
  demands: readonly (readonly number[])[],
  capacity: readonly number[],
  order: readonly number[] = demands.map((_, user) => user),
): number[] {
  const used = capacity.map(() => 0);
  const amounts = demands.map((demand) => demand.map(() => 0));
  const picks: number[] = [];
  for (;;) {
    const shares = dominantShares(amounts, capacity);
    // Shares are sums of floats, so that equal ones may differ in the last bits.
    let next = order[0];
    for (const user of order) if (shares[user] < shares[next] - 1e-12) next = user;
    if (demands[next].some((amount, r) => used[r] + amount > capacity[r] + 1e-9)) return picks;
    demands[next].forEach((amount, r) => {
      used[r] += amount;
      amounts[next][r] += amount;
    });
    picks.push(next);
  }
}

/**
 * Returns the tasks (fractions allowed) of each user under asset fairness: all users have the same sum of
 * shares of all resources, and this sum is as large as possible (section 5.1).
 */
export function assetFairness(
  demands: readonly (readonly number[])[],
  capacity: readonly number[],
): Float64Array {
  checkDemands(demands);
  const perAsset = demands.map(
    (demand) => 1 / demand.reduce((sum, amount, r) => sum + amount / capacity[r], 0),
  );
  const most = capacity.map(
    (amount, r) => amount / demands.reduce((sum, demand, user) => sum + demand[r] * perAsset[user], 0),
  );
  return Float64Array.from(perAsset, (tasks) => tasks * Math.min(...most));
}

const ITERATIONS = 200_000;

/**
 * Returns the tasks (fractions allowed) of each user under competitive equilibrium from equal incomes: the
 * product of the users' numbers of tasks is as large as possible (section 5.2). Prices p of the resources
 * solve the dual problem: user i has 1 / sum_r p_r d_ir tasks, and each price is multiplied by use / capacity
 * until it does not change any more (Cover 1984). Each step lowers the value of the dual problem.
 */
export function equalIncomes(
  demands: readonly (readonly number[])[],
  capacity: readonly number[],
): Float64Array {
  checkDemands(demands);
  const prices = capacity.map((amount) => demands.length / (capacity.length * amount));
  const tasks = new Float64Array(demands.length);
  for (let i = 0; i < ITERATIONS; i++) {
    for (let user = 0; user < demands.length; user++)
      tasks[user] = 1 / demands[user].reduce((sum, amount, r) => sum + amount * prices[r], 0);
    let change = 0;
    for (let r = 0; r < capacity.length; r++) {
      const use = demands.reduce((sum, demand, user) => sum + demand[r] * tasks[user], 0) / capacity[r];
      change = Math.max(change, Math.abs(use - 1) * prices[r] * capacity[r]);
      prices[r] *= use;
    }
    if (change < 1e-13) break;
  }
  return tasks;
}

function checkDemands(demands: readonly (readonly number[])[]): void {
  const idle = demands.findIndex((demand) => demand.every((amount) => amount === 0));
  if (idle >= 0) throw new InputError(`demand of user ${idle} is 0: give an amount above 0 for a resource`);
}
