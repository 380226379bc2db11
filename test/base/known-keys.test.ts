import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { definePolicy, type Policy } from "../../src/policies/policy.js";
import { experiment } from "../../src/study/experiment.js";
import type { SimulationOptions } from "../../src/simulate/settings.js";
import { simulate } from "../../src/simulate/simulate.js";
import { openWorkload } from "../../src/traces/open.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { workloadFrom, type WorkloadFromOptions } from "../../src/workload/from-rows/workload-from.js";

const rows = {
  machines: { count: 2, cpu: 1, memory: 1 },
  tasks: [0, 1, 2].map((task) => ({ start: 0, end: 1200, cpu: 0.3, machine: 1 + (task % 2), job: task })),
};
const workload = workloadFrom(rows);
const options = (given: object): SimulationOptions => given;

describe("misspelt keys", () => {
  it.each([
    [{ sed: 1 }, "unknown option of simulate: sed (did you mean seed?); it has: seed, steps, "],
    [{ model: { stalness: 1 } }, "unknown parameter of the model: stalness (did you mean staleness?)"],
    [{ sharing: "lc-frist" }, "unknown sharing: lc-frist (did you mean lc-first?)"],
    [{ migration: "precopy" }, "unknown migration model: precopy (did you mean pre-copy?)"],
    [{ migration: 3 }, "unknown migration model: 3; known"],
    [{ policyParameters: { hod: 1 } }, "unknown parameter of policy threshold: hod (did you mean hot?)"],
  ])("of simulate are refused: %o", (given, message) => {
    expect(() => simulate(workload, "threshold", options(given))).toThrow(InputError);
    expect(() => simulate(workload, "threshold", options(given))).toThrow(message);
  });

  it("of functions that open workloads are refused", async () => {
    await expect(openWorkload("synthetic", { machine: 3 } as object)).rejects.toThrow(
      "unknown option of openWorkload: machine (did you mean machines?); it has: machines, shape, seed, ",
    );
    expect(() => generateWorkload({ machins: 5 } as object)).toThrow(
      "unknown option of generateWorkload: machins (did you mean machines?); it has: machines, cpu, ",
    );
    expect(() => workloadFrom(rows, { stepSecond: 60 } as WorkloadFromOptions)).toThrow(
      "unknown option of workloadFrom: stepSecond (did you mean stepSeconds?); it has: source, ",
    );
  });
});

describe("every way to give a policy", () => {
  const hot = { default: 0.5, unit: "load", description: "a machine above it gives work away" };
  const drain = definePolicy({
    name: "drain",
    rule: "Moves task 0 off a machine above `hot`.",
    parameters: { hot },
    create: ({ hot }) => ({ rebalance: (view) => (view.load[0] > hot ? [{ task: 0, to: 1 }] : []) }),
  });

  it("can be simulated: a name, a definition, an object, a function", () => {
    const policyParameters = { hot: 0.7, cold: 0.6 };
    const named = simulate(workload, "threshold", { policyParameters: { hot: 0.7 } });
    expect(named.manifest.policy).toEqual({ name: "threshold", parameters: policyParameters });
    // Machine 0 holds two tasks of 0.3: its load is above 0.5 but not above 0.7.
    expect(simulate(workload, drain).migrations.execution).toEqual(Int32Array.of(0));
    const calm = simulate(workload, drain, { policyParameters: { hot: 0.7 } });
    expect(calm.migrations.execution).toHaveLength(0);
    expect(calm.manifest.policy).toEqual({ name: "drain", parameters: { hot: 0.7 } });
    const made: Policy = { name: "made", rebalance: () => [{ task: 0, to: 1 }] };
    expect(simulate(workload, made, { policyParameters: { label: 3 } }).manifest.policy).toEqual({
      name: "made",
      parameters: { label: 3 },
    });
    expect(simulate(workload, () => []).policy).toBe("custom");
  });

  it("is refused if it is not a policy", () => {
    expect(() => simulate(workload, "treshold")).toThrow(
      "unknown policy: treshold (did you mean threshold?)",
    );
    expect(() => simulate(workload, { rebalance: () => [] } as unknown as Policy)).toThrow("it has no name");
    expect(() => simulate(workload, 3 as unknown as Policy)).toThrow("invalid policy: it is 3; a policy is");
  });

  it("can be compared and given parameters like a built-in policy", async () => {
    const found = await experiment(
      { trace: workload, policies: [drain, "threshold"], set: { "drain.hot": [0.4, 0.7], cooldown: 1 } },
      { workers: 2 },
    );
    expect(found.select("policy", "set.drain.hot", "set.cooldown", "migrations").objects()).toEqual([
      { policy: "drain", "set.drain.hot": 0.4, "set.cooldown": 1, migrations: 1 },
      { policy: "drain", "set.drain.hot": 0.7, "set.cooldown": 1, migrations: 0 },
      { policy: "threshold", "set.drain.hot": null, "set.cooldown": 1, migrations: 0 },
    ]);
    const wrong = { trace: workload, policies: drain, set: { hod: 1 } };
    await expect(experiment(wrong)).rejects.toThrow("unknown key of set: hod (did you mean hot?)");
  });
});
