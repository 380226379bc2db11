import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { allocateByDominantShare, dominantShares } from "../../src/metrics/dominant-share.js";

/**
 * 9 CPUs and 18 GB; a task of user A needs 1 CPU and 4 GB, one of user B 3 CPUs and 1 GB (Ghodsi et al.,
 * 4.1).
 */
const CAPACITY = [9, 18];
const DEMANDS = [
  [1, 4],
  [3, 1],
];

const users = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 })), {
  minLength: 1,
  maxLength: 3,
});
const capacities = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }));

/** All allocations of whole tasks that fit. */
function feasible(demands: readonly (readonly number[])[], capacity: readonly number[]): number[][] {
  if (demands.length === 0) return [[]];
  const [demand, ...others] = demands;
  const found: number[][] = [];
  for (let tasks = 0; demand.every((need, r) => tasks * need <= capacity[r]); tasks++) {
    const left = capacity.map((amount, r) => amount - tasks * demand[r]);
    found.push(...feasible(others, left).map((rest) => [tasks, ...rest]));
  }
  return found;
}

describe("dominantShares", () => {
  it("is the largest share of any resource", () => {
    expect(Array.from(dominantShares([...DEMANDS, [0, 0]], CAPACITY))).toEqual([4 / 18, 3 / 9, 0]);
    expect(Array.from(dominantShares([], CAPACITY))).toEqual([]);
  });

  it("refuses invalid amounts and capacities", () => {
    expect(() => dominantShares([[1, -1]], CAPACITY)).toThrow("amount of user 0, resource 1 is -1");
    expect(() => dominantShares([[1]], CAPACITY)).toThrow(InputError);
    expect(() => dominantShares(DEMANDS, [9, 0])).toThrow("capacity 1 is 0");
  });
});

describe("allocateByDominantShare", () => {
  it("agrees with the paper's example: 3 and 2 tasks, two thirds of memory and of CPU", () => {
    const { tasks, shares } = allocateByDominantShare(DEMANDS, CAPACITY);
    expect(Array.from(tasks)).toEqual([3, 2]);
    expect(shares[0]).toBeCloseTo(2 / 3, 15);
    expect(shares[1]).toBeCloseTo(2 / 3, 15);
  });

  it("continues with the other users when one user's task no longer fits", () => {
    // 0.55, then 0.1 six times; the first has less now, and no room for more; the second goes on to ten.
    const demands = [
      [0.55, 0],
      [0, 0.1],
    ];
    expect(Array.from(allocateByDominantShare(demands, [1, 1]).tasks)).toEqual([1, 10]);
  });

  it("leaves no room for another task, and no division raises the lowest share by more than a task", () => {
    fc.assert(
      fc.property(users, capacities, (demands, capacity) => {
        const { tasks, shares } = allocateByDominantShare(demands, capacity);
        const all = feasible(demands, capacity);
        const given = Array.from(tasks);
        expect(all).toContainEqual(given);
        given.forEach((count, user) => {
          expect(all).not.toContainEqual(given.map((n, u) => (u === user ? count + 1 : n)));
        });
        const perTask = dominantShares(demands, capacity);
        const poorest = (counts: readonly number[]): number =>
          Math.min(...counts.map((n, u) => n * perTask[u]));
        const best = all.reduce((most, counts) => Math.max(most, poorest(counts)), 0);
        expect(best).toBeLessThanOrEqual(Math.min(...shares) + Math.max(...perTask) + 1e-12);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("approaches equal dominant shares for small tasks", () => {
    // x (sum over users of demand / dominant demand) = capacity at the scarcest resource.
    fc.assert(
      fc.property(users, capacities, (demands, capacity) => {
        const perTask = dominantShares(demands, capacity);
        const fluid = Math.min(
          ...capacity.map((amount, r) => amount / demands.reduce((sum, d, u) => sum + d[r] / perTask[u], 0)),
        );
        const small = demands.map((demand) => demand.map((need) => need / 500));
        const { shares } = allocateByDominantShare(small, capacity);
        expect(Math.min(...shares)).toBeLessThanOrEqual(fluid + 1e-6);
        expect(Math.min(...shares)).toBeGreaterThan(fluid - Math.max(...perTask) / 250);
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  it("refuses a demand of nothing, because it would never end", () => {
    expect(() =>
      allocateByDominantShare(
        [
          [1, 1],
          [0, 0],
        ],
        CAPACITY,
      ),
    ).toThrow("demand of user 1 is nothing");
  });
});
