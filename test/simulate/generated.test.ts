import { beforeAll, describe, expect, it } from "vitest";
import { POLICIES } from "../../src/policies/index.js";
import { OVERLOAD_POLICIES } from "../../src/policies/overload/policies.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import { RUN_METRICS } from "../../src/simulate/metrics/catalogue.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";

const MIGRATING = [
  "random-migration",
  "lpt-repack",
  "threshold",
  ...OVERLOAD_POLICIES.map(({ name }) => name),
  "sandpiper",
  "descheduler",
  "koord-low-node-load",
  "koord",
  "dcsim-relocate",
  "ward",
  "holt",
  "gini-greedy",
  "quincy-flow",
  "steal-time",
  "steal-ewma",
  "koord",
  "quincy-flow",
  "lookahead",
  "oracle",
];

describe("every policy on a generated trace", () => {
  let runs: Map<string, Run>;
  beforeAll(() => {
    const workload = generateWorkload({ machines: 100, steps: 48, seed: 1 });
    runs = new Map(POLICIES.map(({ name }) => [name, simulate(workload, name)]));
  }, 60_000);

  it("gives finite metrics", () => {
    for (const [policy, { summary }] of runs) {
      for (const figure of RUN_METRICS) {
        expect(Number.isFinite(summary[figure]), `${policy}: ${figure} is ${summary[figure]}`).toBe(true);
      }
    }
  });

  it("migrates if it is a policy that migrates, and only then", () => {
    for (const [policy, { summary }] of runs) {
      if (MIGRATING.includes(policy)) {
        expect(summary.migrations, policy).toBeGreaterThan(0);
        expect(summary.migrationGb, policy).toBeGreaterThan(0);
      } else expect(summary.migrations, policy).toBe(0);
    }
  });

  it("gets the same random input under every policy: arrivals and the SLO depend only on the trace", () => {
    const [first, ...others] = Array.from(runs.values());
    for (const { policy, summary, steps } of others) {
      expect(summary.lcSlo, policy).toBe(first.summary.lcSlo);
      expect(steps.arrived, policy).toEqual(first.steps.arrived);
    }
  });

  it("orders the simple cases as theory says", () => {
    const gini = (policy: string): number => runs.get(policy)!.summary.gini;
    // Two choices beat one, all choices beat two; packing is less even than spreading.
    expect(gini("least-loaded")).toBeLessThan(gini("power-of-two"));
    expect(gini("power-of-two")).toBeLessThan(gini("random"));
    expect(gini("best-fit")).toBeGreaterThan(gini("random"));
    // Moves with a goal are better than the same number of random moves.
    expect(gini("gini-greedy")).toBeLessThan(gini("random-migration"));
  });
});
