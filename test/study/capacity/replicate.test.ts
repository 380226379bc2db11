import { describe, expect, it } from "vitest";
import { lcTail } from "../../../src/metrics/queueing.js";
import { NO_CO_LOCATION, PERFECTLY_EVEN } from "../../../src/study/capacity/references.js";
import { replicateCapacity, type CapacitySearch } from "../../../src/study/capacity/replicate.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import type { Workload } from "../../../src/workload/workload.js";
import { tinyWorkload } from "../../tiny-workload.js";

const STEPS = 6;
const SEARCH: CapacitySearch = {
  levels: [0.01],
  max: 8,
  precision: 0.02,
  seed: 1,
  model: { interference: 0 },
};
const steady = (cpu: number): number[] => Array.from({ length: STEPS }, () => cpu);

/** LC tasks on separate machines, and 100 best-effort tasks that together use `bestEffort` CPU. */
function cluster(lc: readonly number[], bestEffort: number): Workload {
  return tinyWorkload({
    machines: lc.map(() => ({})),
    steps: STEPS,
    tasks: [
      ...lc.map((cpu, machine) => ({ lc: true, priority: 9, cpu: steady(cpu), machine, cpuRequest: 0.001 })),
      ...Array.from({ length: 100 }, () => ({ cpu: steady(bestEffort / 100), cpuRequest: 0.0025 })),
    ],
  });
}

describe("replicateCapacity", () => {
  it("ends where the free CPU is used up and 5 % of the work is undone, if LC work goes first", () => {
    // 1 - 0.5 CPU is free and the trace's best-effort work takes 0.25, so the factor is 2, or 2 / 0.95 with 5
    // % undone.
    const [{ factor, limit, violations, figures }] = replicateCapacity(
      cluster([0.5], 0.25),
      "no-migration",
      SEARCH,
    );
    expect(limit).toBe("undone");
    expect(factor).toBeGreaterThan(2);
    expect(factor).toBeLessThan(2.17);
    expect(violations).toBe(0);
    expect(figures.utilization).toBeCloseTo(1, 2);
  });

  it("refuses a workload without best-effort work, whatever the contender", () => {
    const workload = tinyWorkload({
      machines: [{}],
      steps: STEPS,
      tasks: [{ lc: true, priority: 9, cpu: steady(0.5), machine: 0 }],
    });
    for (const contender of ["no-migration", NO_CO_LOCATION, PERFECTLY_EVEN])
      expect(() => replicateCapacity(workload, contender, SEARCH)).toThrow(
        "has no best-effort work, and capacity is how much of it fits",
      );
  });

  it("ends where the LC tail passes the SLO, if sharing is fair", () => {
    // 16 cores with 0.5 CPU of LC work, and b of best-effort work that takes CPU from all LC work.
    const tail = (b: number): number =>
      lcTail({ cores: 16, load: 0.5, capacity: 1, effectiveCapacity: 1 - b, quantile: 0.99 });
    let b = 0;
    while (tail(b + 1e-4) <= 1.2 * tail(0)) b += 1e-4;
    for (const contender of ["no-migration", PERFECTLY_EVEN]) {
      const [{ factor, limit, violations }] = replicateCapacity(cluster([0.5], 0.25), contender, {
        ...SEARCH,
        sharing: "fair",
      });
      expect([limit, violations]).toEqual(["violations", 0]);
      expect(Math.abs(factor - b / 0.25)).toBeLessThan(0.07);
    }
  });

  it("spreads the fluid up to one level", () => {
    // 0.2 + 0.4 of LC work and 0.4 of best-effort work fill two machines to 0.5; four times as much fills all
    // free CPU.
    const workload = cluster([0.2, 0.4], 0.4);
    const [at] = replicateCapacity(workload, PERFECTLY_EVEN, { ...SEARCH, max: 1 });
    expect(at).toMatchObject({ factor: 1, limit: "range" });
    expect(at.figures.utilization).toBeCloseTo(0.5, 6);
    expect(at.figures.gini).toBeCloseTo(0, 6);
    expect(at.figures.beThroughput).toBeCloseTo(1, 9);
    const [full] = replicateCapacity(workload, PERFECTLY_EVEN, SEARCH);
    expect(full.limit).toBe("undone");
    expect(full.factor).toBeGreaterThan(3.5);
    expect(full.factor).toBeLessThan(3.5 / 0.95 + 0.01);
  });

  it("without co-location, packs LC work as far as its tail allows and leaves the other machines", () => {
    // Two LC tasks of 0.2 on one machine meet the SLO, four do not. So two machines remain, 2 CPU for the
    // trace's 0.5.
    const [{ factor, limit, figures }] = replicateCapacity(
      cluster([0.2, 0.2, 0.2, 0.2], 0.5),
      NO_CO_LOCATION,
      SEARCH,
    );
    expect(limit).toBe("undone");
    expect(factor).toBeGreaterThan(3.9);
    expect(factor).toBeLessThan(4 / 0.95 + 0.1);
    expect(figures.beUtilization).toBeCloseTo(0.5, 2);
    expect(figures.lcHarmed).toBe(0);
  });

  it("carries more where more violations are allowed, and the same when asked again", () => {
    const workload = generateWorkload({ machines: 25, steps: 12, seed: 2 });
    const search: CapacitySearch = {
      levels: [0.001, 0.01, 0.05],
      max: 3,
      precision: 0.1,
      seed: 2,
      sharing: "fair",
    };
    for (const contender of ["no-migration", "gini-greedy", NO_CO_LOCATION, PERFECTLY_EVEN]) {
      const found = replicateCapacity(workload, contender, search);
      const factors = found.map(({ factor }) => factor);
      expect(factors).toEqual([...factors].sort((a, b) => a - b));
      for (const { level, violations, never } of found)
        if (!never) expect(violations).toBeLessThanOrEqual(level);
      expect(replicateCapacity(workload, contender, search)).toEqual(found);
    }
  });
});
