import { describe, expect, it } from "vitest";
import { splitPolicy, withoutPlacement } from "../../../src/study/capacity/no-co-location.js";
import { simulate } from "../../../src/simulate/simulate.js";
import { scaleBestEffort } from "../../../src/workload/scale-best-effort.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import { LATENCY_CRITICAL } from "../../../src/workload/workload.js";

const WORKLOAD = generateWorkload({ machines: 20, steps: 12, seed: 4 });

describe("splitPolicy", () => {
  it("separates the classes, including tasks that run from the beginning", () => {
    const { tasks } = simulate(withoutPlacement(WORKLOAD), splitPolicy(14));
    tasks.machine.forEach((machine, run) => {
      if (machine < 0) return;
      expect(machine < 14).toBe(WORKLOAD.executions.taskClass[run] === LATENCY_CRITICAL);
    });
    expect(new Set(tasks.machine).size).toBeGreaterThanOrEqual(20);
  });

  it("does not change LC work, however much best-effort work waits", () => {
    const [none, much] = [0, 5].map((factor) =>
      simulate(withoutPlacement(scaleBestEffort(WORKLOAD, factor)), splitPolicy(14)),
    );
    expect(much.summary.pending).toBeGreaterThan(none.summary.pending);
    for (const column of ["lcViolations", "lcTail", "lcUtilization"] as const)
      expect(much.steps[column]).toEqual(none.steps[column]);
  });
});
