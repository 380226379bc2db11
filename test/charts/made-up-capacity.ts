import { from, type ColumnTable } from "arquero";
import { CAPACITY_FIGURES } from "../../src/study/capacity/violations.js";

const FACTORS: Readonly<Record<string, readonly number[]>> = {
  "no-migration": [0.1, 0.5, 1],
  "gini-greedy": [0.3, 0.9, 3.9],
  "no-co-location": [0.05, 0.4, 0.9],
  "perfectly-even": [0.8, 1.2, 3],
};

/**
 * Searches written by hand in the form of `carryingCapacity`: two policies and the references, three levels,
 * two seeds.
 */
export const CAPACITY: ColumnTable = from(
  Object.entries(FACTORS).flatMap(([policy, factors]) =>
    [1, 2].flatMap((seed) =>
      factors.map((mean, i) => ({
        trace: "synthetic",
        machines: 20,
        steps: 12,
        lcRule: "class>=2",
        usage: "modelled",
        sharing: "lc-first",
        migration: "pre-copy",
        policy,
        level: [0.001, 0.01, 0.05][i],
        seed,
        factor: seed === 1 ? mean - 0.05 : mean + 0.05,
        violations: 0.001,
        ...Object.fromEntries(CAPACITY_FIGURES.map((name) => [name, 0.4])),
        limit: mean > 3 ? "range" : "violations",
      })),
    ),
  ),
);
