import { from } from "arquero";
import { expect, it } from "vitest";
import { capacityPoints } from "../../../src/study/capacity/points.js";
import { CAPACITY_FIGURES } from "../../../src/study/capacity/violations.js";

const searches = (limits: readonly string[]) =>
  from(
    limits.map((limit, i) => ({
      policy: "a",
      level: 0.01,
      seed: i + 1,
      factor: 1 + i,
      violations: 0,
      ...Object.fromEntries(CAPACITY_FIGURES.map((name) => [name, i])),
      limit,
    })),
  );

it("averages over the replicates", () => {
  const [{ policy, level, factor, figures }] = capacityPoints(searches(["undone", "undone", "undone"]));
  expect([policy, level, factor.mean, figures.gini.mean]).toEqual(["a", 0.01, 2, 1]);
  expect(factor.low).toBeLessThan(2);
  expect(factor.high).toBeGreaterThan(2);
});

it("names the limits by frequency, and says where LC work alone exceeds the level", () => {
  const limitOf = (...limits: string[]): string => capacityPoints(searches(limits))[0].limit;
  expect(limitOf("undone", "violations", "undone")).toBe("undone or violations");
  expect(limitOf("violations", "never")).toBe("violations (without BE in 1 of 2)");
  expect(capacityPoints(searches(["range", "undone"]))[0].isLowerBound).toBe(true);
  expect(capacityPoints(searches(["undone"]))[0].isLowerBound).toBe(false);
});
