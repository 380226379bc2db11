import { expect, it } from "vitest";
import {
  addedViolations,
  CAPACITY_FIGURES,
  isCarried,
  type CapacityFigures,
} from "../../../src/study/capacity/violations.js";

function figures(given: Partial<CapacityFigures>): CapacityFigures {
  return { ...(Object.fromEntries(CAPACITY_FIGURES.map((name) => [name, 0])) as CapacityFigures), ...given };
}

it("counts the larger increase over LC work alone, and 0 without an increase", () => {
  const alone = figures({ lcTailViolations: 0.5, lcViolations: 0.01 });
  expect(addedViolations(figures({ lcTailViolations: 0.53, lcViolations: 0.02 }), alone)).toBeCloseTo(
    0.03,
    12,
  );
  expect(addedViolations(figures({ lcTailViolations: 0.4, lcViolations: 0.02 }), alone)).toBeCloseTo(
    0.01,
    12,
  );
  expect(addedViolations(figures({ lcTailViolations: 0.4, lcViolations: 0 }), alone)).toBe(0);
});

it("counts work as carried where at most 5 % of it, or 1 % of the trace's, is undone", () => {
  const done = (beThroughput: number): CapacityFigures => figures({ beThroughput });
  expect(isCarried(2, done(0.951))).toBe(true);
  expect(isCarried(2, done(0.949))).toBe(false);
  expect(isCarried(0.5, done(0.949))).toBe(false);
  expect(isCarried(0.05, done(0.81))).toBe(true);
  expect(isCarried(0.05, done(0.79))).toBe(false);
  expect(isCarried(0, done(NaN))).toBe(true);
});
