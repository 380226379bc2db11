import { CAPACITY_FIGURES } from "../../src/study/capacity/violations.js";
import type { CapacityPoint } from "../../src/study/capacity/capacity.js";

const FACTORS: Readonly<Record<string, readonly number[]>> = {
  "no-migration": [0.1, 0.5, 1],
  "gini-greedy": [0.3, 0.9, 3.9],
  "no-co-location": [0, 0.4, 0.9],
  "perfectly-even": [0.8, 1.2, 4],
};

/** Points written out by hand: two policies and the references at three levels. */
export const CAPACITY: readonly CapacityPoint[] = Object.entries(FACTORS).flatMap(([policy, factors]) =>
  factors.map((mean, i) => ({
    policy,
    level: [0.001, 0.01, 0.05][i],
    factor: { mean, low: Math.max(0, mean - 0.05), high: mean + 0.1 },
    samples: [mean - 0.05, mean + 0.1],
    limits: mean > 3 ? (["range"] as const) : (["violations"] as const),
    never: 0,
    violations: { mean: 0.001, low: 0.001, high: 0.001 },
    figures: Object.fromEntries(
      CAPACITY_FIGURES.map((name) => [name, { mean: 0.4, low: 0.3, high: 0.5 }]),
    ) as CapacityPoint["figures"],
  })),
);
