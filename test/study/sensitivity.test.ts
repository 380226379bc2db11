import { describe, expect, it } from "vitest";
import { compare } from "../../src/study/compare.js";
import { sensitivity } from "../../src/study/sensitivity.js";
import { generateWorkload } from "../../src/trace/synthetic/generate.js";

describe("sensitivity", () => {
  const workloads = [1, 2, 3].map((seed) => generateWorkload({ machines: 30, steps: 12, seed }));
  const policies = ["no-migration", "threshold"];
  const points = sensitivity({
    values: [0.7, 0.9],
    replicates: [0, 1, 2],
    figures: ["gini", "moves"],
    run: (hot, replicate) => compare(workloads[replicate], policies, { parameters: { threshold: { hot } } }),
  });

  it("has a point for each setting, policy and figure, with the mean of the repetitions", () => {
    expect(points.map(({ x, policy, figure }) => `${x} ${policy} ${figure}`)).toEqual(
      [0.7, 0.9].flatMap((x) =>
        policies.flatMap((policy) => ["gini", "moves"].map((f) => `${x} ${policy} ${f}`)),
      ),
    );
    const alone = workloads.map((workload) => compare(workload, ["no-migration"])[0].summary.gini);
    expect(points[0].samples).toEqual(alone);
    expect(points[0].mean).toBeCloseTo((alone[0] + alone[1] + alone[2]) / 3, 12);
  });

  it("meets the same luck at every setting: what a parameter does not touch stays", () => {
    expect(points[0].samples).toEqual(points[4].samples);
    expect(points[3].mean).toBeGreaterThan(points[7].mean);
  });
});
