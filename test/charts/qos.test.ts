import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cumulative, qosDistribution } from "../../src/charts/qos.js";
import { madeUpRun } from "./made-up-runs.js";

describe("qosDistribution", () => {
  it("shows for each value the share of steps at or below it", () => {
    const run = madeUpRun({ policy: "a", steps: { lcViolations: [0.02, 0, NaN, 0.01] } });
    const [{ x, y }] = qosDistribution([run], "lcViolations").data;
    expect(x).toEqual([0, 1, 2]);
    expect((y as number[]).map((share) => Number(share.toFixed(6)))).toEqual([33.333333, 66.666667, 100]);
  });
});

describe("what qosDistribution says", () => {
  const run = (policy: string, values: number[]) => madeUpRun({ policy, steps: { lcTail: values } });
  it("is the medians of the lowest and the highest run", () => {
    expect(qosDistribution([run("a", [1, 3, 9]), run("b", [2, 2, NaN]), run("c", [5, 4])]).says?.en).toBe(
      "LC slowdown, P99 (model), median of the steps: from 2 × under b to 4.5 × under c.",
    );
    expect(qosDistribution([run("a", [2]), run("b", [2.001])]).says?.en).toContain(
      ": 2 × under every policy.",
    );
    expect(qosDistribution([run("a", [NaN])]).says?.en).toContain("is not defined in any step.");
  });
});

describe("cumulative", () => {
  it("is exact at every kept point, ends at the largest value, and keeps at most 200 points", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 1000 }), (values) => {
        const { x, share } = cumulative(values);
        expect(x.length).toBe(Math.min(values.length, 200));
        expect(x.at(-1)).toBe(Math.max(...values));
        expect(share.at(-1)).toBe(1);
        x.forEach((value, i) => {
          const atMost = values.filter((other) => other <= value).length;
          const below = values.filter((other) => other < value).length;
          expect(Math.round(share[i] * values.length)).toBeGreaterThan(below);
          expect(Math.round(share[i] * values.length)).toBeLessThanOrEqual(atMost);
        });
      }),
    );
  });
});
