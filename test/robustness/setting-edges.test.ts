/** Every parameter of the catalogues has two bounds, and a small scenario at each of them ends well. */
import { describe, expect, it } from "vitest";
import { ARCHITECTURES } from "../../src/architectures/registry.js";
import { clusterOf } from "../../src/architectures/cluster.js";
import { jobsFrom } from "../../src/architectures/jobs/jobs.js";
import { schedule } from "../../src/architectures/schedule.js";
import { InputError } from "../../src/base/errors.js";
import { resolveParameters, type Parameters } from "../../src/base/parameters.js";
import { MIGRATION_MODELS } from "../../src/cluster/migration/presets.js";
import { SHARING } from "../../src/cluster/share.js";
import { POLICIES } from "../../src/policies/index.js";
import { MODEL } from "../../src/simulate/model.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import { carryingCapacity } from "../../src/study/capacity/capacity.js";
import { CLOUD_RAN_MODEL } from "../../src/systems/cloud-ran/processing.js";
import { SUBFRAME_POLICIES } from "../../src/systems/cloud-ran/registry.js";
import { runSubframes } from "../../src/systems/cloud-ran/run.js";
import { dagFrom } from "../../src/systems/dag/dag-from.js";
import { packDag } from "../../src/systems/dag/pack-dag.js";
import { ORDERS } from "../../src/systems/dag/registry.js";
import { DECIDERS } from "../../src/systems/giantvm/decide/index.js";
import { TESTBED } from "../../src/systems/giantvm/testbed/parameters.js";
import { bigSwitch } from "../../src/systems/traffic/network.js";
import { FLOW_RULES } from "../../src/systems/traffic/rules/registry.js";
import { runRule } from "../../src/systems/traffic/rules/run-rule.js";
import { publishedSizes } from "../../src/systems/traffic/sizes/distribution.js";
import { generateFlows } from "../../src/systems/traffic/sizes/generate.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { outOfRange } from "./scenarios.mjs";

const CATALOGUES: readonly (readonly [owner: string, Parameters])[] = [
  ["the model", MODEL],
  ["cloud-ran", CLOUD_RAN_MODEL],
  ["the testbed", TESTBED],
  ...Object.entries(DECIDERS),
  ...[...POLICIES, ...ARCHITECTURES, ...ORDERS, ...SUBFRAME_POLICIES, ...FLOW_RULES].map(
    ({ name, parameters }) => [name, parameters] as const,
  ),
];

describe.each(CATALOGUES)("%s", (owner, parameters) => {
  it("bounds each parameter on both sides of its default, and refuses what lies beyond", () => {
    for (const [name, { min, max, default: value, integer }] of Object.entries(parameters)) {
      expect(Number.isFinite(min), name).toBe(true);
      expect(Number.isFinite(max), name).toBe(true);
      expect(value, name).toBeGreaterThanOrEqual(min!);
      expect(value, name).toBeLessThanOrEqual(max!);
      if (integer === true) expect([min, max].every(Number.isInteger), name).toBe(true);
      for (const beyond of [min! - 1, max! + 1, 1e300, Infinity, -Infinity, NaN])
        expect(() => resolveParameters(owner, parameters, { [name]: beyond }), name).toThrow(
          `invalid ${name} of ${owner}: ${beyond}; it must be`,
        );
    }
  });
});

/** Every parameter with each of its bounds, one at a time. */
function edges(parameters: Parameters = {}): [name: string, value: number][] {
  return Object.entries(parameters).flatMap(([name, { min, max }]): [string, number][] => [
    [name, min!],
    [name, max!],
  ]);
}

/** Two settings may contradict each other, which is an InputError. */
function resultOf<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

const workload = generateWorkload({ machines: 4, steps: 6, seed: 8 });

function expectSound(run: Run): void {
  expect(outOfRange(run)).toEqual([]);
}

describe("simulations with a parameter at its edge have metrics in their range:", () => {
  it.each(POLICIES.map((policy) => [policy.name, policy] as const))("%s", (name, { parameters }) => {
    for (const [key, value] of edges(parameters))
      expectSound(simulate(workload, name, { policyParameters: { [key]: value } }));
  });

  it.each(edges(MODEL))("%s of the model at %d, under every mechanism and sharing", (key, value) => {
    for (const [at, migration] of MIGRATION_MODELS.entries()) {
      const sharing = SHARING[at % SHARING.length];
      expectSound(simulate(workload, "random-migration", { migration, sharing, model: { [key]: value } }));
    }
    expectSound(simulate(workload, "heracles", { model: { [key]: value } }));
  });
});

describe("schedules with a parameter at its edge end:", () => {
  const jobs = jobsFrom(
    Array.from({ length: 6 }, (_, row) => ({
      arrival: row / 4,
      tasks: 2,
      duration: 1 + (row % 2),
      class: row % 3 === 0 ? "Service" : "Batch",
    })),
  );
  it.each(ARCHITECTURES.map((architecture) => [architecture.name, architecture] as const))(
    "%s",
    (name, { parameters }) => {
      for (const [key, value] of edges(parameters)) {
        const options = { parameters: { [key]: value }, horizon: 100 };
        const run = resultOf(() => schedule(jobs, clusterOf({ machines: 10, slots: 1 }), name, options));
        expect(run?.tasks.start.includes(Infinity) ?? false, `${key} ${value}`).toBe(false);
      }
    },
  );
});

describe("graphs, subframes and flows with a parameter at its edge end:", () => {
  it.each(ORDERS.map((order) => [order.name, order] as const))("order %s", (name, { parameters }) => {
    const dag = dagFrom([
      { id: "a", duration: 2, demand: { cpu: 0.5 } },
      { id: "b", duration: 1, demand: { cpu: 0.5 }, after: ["a"] },
      { id: "c", duration: 3, demand: { cpu: 1 } },
    ]);
    for (const [key, value] of edges(parameters)) {
      const { makespan } = packDag(dag, 2, name, { parameters: { [key]: value } });
      // At least c, at most all of them one after the other.
      expect(makespan, `${key} ${value}`).toBeGreaterThanOrEqual(3);
      expect(makespan, `${key} ${value}`).toBeLessThanOrEqual(6);
    }
  });

  it.each(SUBFRAME_POLICIES.map((policy) => [policy.name, policy] as const))(
    "subframes under %s",
    (name, { parameters }) => {
      const column = new Uint8Array(8).fill(4);
      const subframes = { cells: 2, slots: 4, mcs: column, iterations: column };
      const outcomes = (options: object): number | undefined =>
        resultOf(() => runSubframes(subframes, name, { cores: 2, ...options }))?.outcome.length;
      for (const [key, value] of edges(parameters))
        expect(outcomes({ parameters: { [key]: value } })).toBe(8);
      for (const [key, value] of edges(CLOUD_RAN_MODEL))
        expect([8, undefined], key).toContain(outcomes({ model: { [key]: value } }));
    },
  );

  it.each(FLOW_RULES.filter(({ name }) => name !== "learned").map((rule) => [rule.name, rule] as const))(
    "flows under %s",
    (name, { parameters }) => {
      const [sizes, other] = ["web-search", "data-mining"].map(publishedSizes);
      const network = bigSwitch(2);
      const flows = generateFlows(sizes, network, { load: 0.5, flows: 60, pairs: "one", seed: 4 });
      for (const [key, value] of edges(parameters)) {
        const run = runRule(name, flows, network, { sizes, other, load: 0.5, parameters: { [key]: value } });
        expect(run.rule).toBe(name);
      }
    },
  );
});

it("a search for the carrying capacity refuses factors and precisions that would never end", async () => {
  const design = { trace: "synthetic", machines: 4, steps: 4, policies: ["no-migration"] } as const;
  for (const options of [{ max: 1e9 }, { max: Infinity }, { precision: 1e-9 }, { precision: NaN }])
    await expect(carryingCapacity(design, options)).rejects.toThrow(/^invalid (largest factor|precision)/);
});
