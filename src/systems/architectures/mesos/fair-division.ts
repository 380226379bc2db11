/**
 * How a cluster is divided between users with endless supplies of equal tasks (Ghodsi et al., Dominant
 * Resource Fairness, NSDI 2011). Demands and capacity have one number per resource.
 * `allocateByDominantShare` of the metrics gives DRF's result; here are its order, and the two divisions
 * that DRF is compared with.
 */
import { InputError } from "../../../base/errors.js";
import { dominantShares } from "../../../metrics/dominant-share.js";

/**
 * Returns the users in the order in which DRF (Algorithm 1) gives them tasks, until a task does not fit:
 * the user with the least dominant share is next. Among equal shares, the one that comes first in `order`
 * (default: by number) is. The paper's example picks the second user first.
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
 * Returns the tasks (fractions allowed) of each user under asset fairness: all have the same sum of shares of
 * all resources, as large as fits (section 5.1).
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
 * largest product of the users' tasks that fits (section 5.2). Prices p of resources solve its dual; user i
 * has 1 / sum_r p_r d_ir tasks, and each price is multiplied by use over capacity until it stays (Cover
 * 1984), which lowers the dual in each step.
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
  if (idle >= 0) throw new InputError(`demand of user ${idle} is nothing: give it an amount above 0`);
}
