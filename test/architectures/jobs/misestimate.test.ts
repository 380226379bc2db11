import { describe, expect, it } from "vitest";
import { clusterOf } from "../../../src/architectures/cluster.js";
import { jobsFrom } from "../../../src/architectures/jobs/jobs.js";
import { misestimate } from "../../../src/architectures/jobs/misestimate.js";
import { schedule } from "../../../src/architectures/schedule.js";

const jobs = jobsFrom(Array.from({ length: 4000 }, (_, i) => ({ arrival: i, duration: 10, estimate: 20 })));
const factors = (error: number, seed?: number): number[] =>
  [...misestimate(jobs, error, { seed }).estimate].map((estimate) => estimate / 20);

describe("misestimate", () => {
  it("multiplies each estimate by a number that is uniform around 1", () => {
    const found = factors(0.5);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...found)).toBeLessThan(1.5);
    // Mean 1 and variance (2 x .5)^2 / 12; four standard errors.
    const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(1 / 12 / found.length));
    const variance = found.reduce((sum, one) => sum + (one - 1) ** 2, 0) / found.length;
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it("changes nothing else, nothing at all with error 0, and keeps the direction of each error", () => {
    const wrong = misestimate(jobs, 0.9);
    expect({ ...wrong, estimate: jobs.estimate }).toEqual(jobs);
    expect(factors(0)).toEqual(new Array(4000).fill(1));
    const small = factors(0.1);
    factors(0.2).forEach((factor, i) => {
      expect(factor - 1).toBeCloseTo(2 * (small[i] - 1), 12);
    });
    expect(factors(0.1, 2)).not.toEqual(small);
  });

  it("decides which jobs Hawk takes for long", () => {
    // The second job's estimate is just above the cutoff of 10; some seeds put it below.
    const pair = jobsFrom([
      { arrival: 0, duration: 100 },
      { arrival: 1, duration: 11 },
    ]);
    const cluster = clusterOf({ machines: 4, slots: 1 });
    const parameters = { cutoff: 10, longPercent: 25 };
    const machines = new Set(
      Array.from({ length: 20 }, (_, seed) => {
        const given = misestimate(pair, 0.5, { seed });
        const { tasks } = schedule(given, cluster, "hawk", { parameters, seed });
        return given.estimate[1] > 10 ? `long on ${tasks.machine[1]}` : "short";
      }),
    );
    // Long jobs may only use the last of the four workers.
    expect([...machines].sort()).toEqual(["long on 3", "short"]);
  });

  it.each([-0.1, 1.5, NaN])("refuses %d", (error) => {
    expect(() => misestimate(jobs, error)).toThrow("give a number from 0 to 1");
  });
});
