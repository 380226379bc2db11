/** Metrics of random scenarios stay in their range; those that once left it, by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MIGRATION_MODELS } from "../../src/cluster/migration/presets.js";
import { SHARING } from "../../src/cluster/share.js";
import { createPolicy, POLICIES } from "../../src/policies/index.js";
import { METRICS } from "../../src/simulate/metrics/catalogue.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import { tinyWorkload } from "../tiny-workload.js";
import { outOfRange, scenarios, workloadOf } from "./scenarios.mjs";

const choices = { sharings: SHARING, mechanisms: MIGRATION_MODELS };

// A hundred thousand: node test/robustness/metric-ranges.mjs 100000
describe("in random scenarios with machine events", () => {
  it.each(POLICIES.map(({ name }) => name))("%s: every metric is in its range, or not defined", (policy) => {
    fc.assert(
      fc.property(scenarios({ ...choices, policies: [policy] }), (scenario) => {
        expect(outOfRange(simulate(workloadOf(scenario), policy, scenario.options))).toEqual([]);
      }),
      { numRuns: 30, seed: 26 },
    );
  });
});

describe("the check of ranges", () => {
  const run = (gini: number, summary = 0.5): Parameters<typeof outOfRange>[0] => ({
    steps: { gini: Float64Array.of(0.5, gini) },
    summary: { gini: summary },
    metrics: METRICS.filter(({ name }) => name === "gini"),
  });
  it("finds values that are too large, too small or infinite, and lets NaN pass", () => {
    expect(outOfRange(run(1.1))).toEqual(["gini is 1.1 in 1, outside of 0 to 1"]);
    expect(outOfRange(run(-1e-300))).toHaveLength(1);
    expect(outOfRange(run(Infinity))).toHaveLength(1);
    expect(outOfRange(run(1, 2))).toHaveLength(1);
    expect(outOfRange(run(NaN, NaN))).toEqual([]);
  });
});

describe("machines without CPU", () => {
  /** Machine 1 keeps its task and loses its CPU, machine 0 has a task that is too large for it. */
  const { steps } = simulate(
    tinyWorkload({
      machines: [{ cpu: 0.5 }, {}],
      tasks: [
        { cpu: [1, 1], machine: 0, initial: true, memory: 0.25 },
        { cpu: [0.5, 0.5], machine: 1, initial: true, memory: 0.5 },
      ],
      steps: 2,
      events: [{ time: 300, machine: 1, kind: "update", cpu: 0, memory: 1 }],
    }),
    createPolicy("no-migration"),
  );

  it("do not count: one of two machines, then one of one, is contended", () => {
    expect(Array.from(steps.contended)).toEqual([0.5, 1]);
  });

  it("have no memory: a half of it is used, then a quarter", () => {
    // 0.25 + 0.5 of two machines of 1; then 0.25 of one.
    expect(Array.from(steps.memoryUtilization)).toEqual([0.375, 0.25]);
  });

  it("what their tasks want is still wanted", () => {
    // 1 + 0.5 of 1.5; then the same of 0.5.
    expect(Array.from(steps.demand)).toEqual([1, 3]);
    expect(Array.from(steps.steal)).toEqual([0.5 / 1.5, 2]);
  });
});

it("where all machines have left, shares of the capacity are not defined", () => {
  const { steps } = simulate(
    tinyWorkload({
      machines: [{}],
      tasks: [{ cpu: [0.5, 0.5], machine: 0, initial: true, memory: 0.5 }],
      steps: 2,
      events: [{ time: 300, machine: 0, kind: "update", cpu: 0, memory: 0 }],
    }),
    createPolicy("no-migration"),
  );
  for (const name of ["demand", "steal", "memoryUtilization", "contended", "overhead", "linkShare"] as const)
    expect(steps[name][1], name).toBeNaN();
});

it("memory is compared on machines that have some", () => {
  const { steps } = simulate(
    tinyWorkload({
      machines: [{}, {}, { memory: 0 }],
      tasks: [{ cpu: [0.5], machine: 0, initial: true, memory: 0.5 }],
      steps: 1,
    }),
    createPolicy("no-migration"),
  );
  // Of 0.5 and 0: (2 - 1) * 0.5 / (2 * 0.5).
  expect(steps.giniMemory[0]).toBe(0.5);
  expect(steps.memoryUtilization[0]).toBe(0.25);
});

it("the Gini in the small-sample form is at most 1 where a small machine has all the load", () => {
  const { steps, summary } = simulate(
    tinyWorkload({
      machines: [{ cpu: 0.25 }, { cpu: 0.75 }],
      tasks: [{ cpu: [0.25], machine: 0, initial: true }],
      steps: 1,
    }),
    createPolicy("no-migration"),
  );
  // 1 minus the share of machine 0; times 2 / 1 it would be 1.5.
  expect(steps.gini[0]).toBe(0.75);
  expect(summary.giniUnbiased).toBe(1);
});

it("migrations cost a machine no more CPU than it has", () => {
  // A task that wants 8 CPU costs both machines all that they have while it is copied, and then nothing.
  const run: Run = simulate(
    tinyWorkload({
      machines: [{}, {}],
      tasks: [{ cpu: [8, 8, 8], machine: 0, initial: true, memory: 0.5 }],
      steps: 3,
    }),
    { name: "once", rebalance: ({ step }) => (step === 0 ? [{ task: 0, to: 1 }] : []) },
    { model: { migrationOverhead: 1, linkGbps: 0.1 } },
  );
  expect(Array.from(run.steps.overhead)).toEqual([0, 1, 1]);
});

it("without a machine that has CPU, the SLO is that of LC work that waits for nothing", () => {
  const { summary, steps } = simulate(
    tinyWorkload({
      machines: [{ cpu: 0 }],
      tasks: [{ cpu: [0.5], lc: true, machine: 0, initial: true }],
      steps: 1,
    }),
    createPolicy("no-migration"),
  );
  expect(summary.lcSlo).toBe(1.2);
  expect(steps.lcTail[0]).toBeNaN();
});
