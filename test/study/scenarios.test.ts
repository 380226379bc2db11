import { describe, expect, it } from "vitest";
import { resolveChoices } from "../../src/simulate/settings.js";
import { listScenarios, type Scenario } from "../../src/study/scenarios.js";
import { parseSweep } from "../../src/study/design.js";

function list(file: object): Scenario[] {
  return listScenarios(parseSweep(JSON.stringify(file), "s.json"));
}

describe("listScenarios", () => {
  it("multiplies a policy's own settings with that policy alone, the model's with all, seeds fastest", () => {
    const scenarios = list({
      trace: "synthetic",
      policies: ["random", "threshold"],
      set: { hot: [0.7, 0.9], cooldown: [0, 3] },
      seeds: [1, 2],
    });
    const rows = scenarios.map(({ policy, settings, simulation }) => [
      policy.name,
      settings.hot,
      settings.cooldown,
      simulation.seed,
    ]);
    expect(rows).toEqual([
      ["random", undefined, 0, 1],
      ["random", undefined, 0, 2],
      ["random", undefined, 3, 1],
      ["random", undefined, 3, 2],
      ["threshold", 0.7, 0, 1],
      ["threshold", 0.7, 0, 2],
      ["threshold", 0.7, 3, 1],
      ["threshold", 0.7, 3, 2],
      ["threshold", 0.9, 0, 1],
      ["threshold", 0.9, 0, 2],
      ["threshold", 0.9, 3, 1],
      ["threshold", 0.9, 3, 2],
    ]);
    expect(scenarios[0].policy.parameters).toEqual({});
    expect(scenarios[11].policy.parameters).toEqual({ hot: 0.9, cold: 0.6 });
    expect(scenarios[11].simulation).toEqual(resolveChoices({ seed: 2, model: { cooldown: 3 } }));
  });

  it("takes the keys in one order, whatever theirs in the file", () => {
    const scenarios = list({
      policies: ["random", "no-migration"],
      migration: ["free", "pre-copy"],
      sharing: ["fair", "lc-first"],
      lcRule: ["class==3", "class>=2"],
      steps: [2, 1],
      machines: [9, 8],
      trace: ["planetlab:b", "planetlab:a"],
    });
    expect(scenarios).toHaveLength(2 ** 7);
    const bits = scenarios.map(({ workload: { trace, open }, simulation, policy }) =>
      [
        trace === "planetlab:a",
        open.machines === 8,
        open.steps === 1,
        open.lcRule === "class>=2",
        simulation.sharing === "lc-first",
        simulation.migration === "pre-copy",
        policy.name === "no-migration",
      ]
        .map(Number)
        .join(""),
    );
    expect(bits).toEqual(Array.from({ length: 128 }, (_, row) => row.toString(2).padStart(7, "0")));
  });

  it("gives the seed to the workload and the simulation; without seeds, the trace's own stays", () => {
    const [seeded] = list({ trace: "synthetic", policies: "random", seeds: 7 });
    expect([seeded.workload.open.seed, seeded.simulation.seed]).toEqual([7, 7]);
    const [own] = list({ trace: "synthetic:seed=5", policies: "random" });
    expect([own.workload.open.seed, own.simulation.seed]).toEqual([undefined, 1]);
  });

  it("opens a saved workload once for all seeds, unless they pick machines of it", () => {
    const opened = (machines: unknown): (number | undefined)[][] =>
      list({ trace: "cell.arrow", policies: "random", machines, seeds: [4, 5] }).map(
        ({ workload, simulation }) => [workload.open.seed, simulation.seed],
      );
    expect(opened(undefined)).toEqual([
      [undefined, 4],
      [undefined, 5],
    ]);
    expect(opened("all")).toEqual(opened(undefined));
    expect(opened(10)).toEqual([
      [4, 4],
      [5, 5],
    ]);
  });

  it.each([
    [{ set: { hot: -1 } }, /invalid hot of policy threshold: -1; it must be at least 0/],
    [{ set: { cooldown: 1.5 } }, /invalid cooldown of the model: 1\.5; it must be a whole number/],
    [{ trace: "synthetic:seed=5", seeds: [5, 6] }, /two values for seed: 5 in the trace and 6 as an option/],
    [{ trace: "synthetic:machnes=5" }, /unknown key of the synthetic trace: machnes/],
    [{ trace: "synthetic:cpu=0" }, /invalid cpu: 0/],
    [
      { seeds: { from: 1, count: 60_000 }, set: { hot: [0.8, 0.9] } },
      /too many runs: 120000; at most 100000 in one sweep/,
    ],
  ])("refuses %j", (more, message) => {
    expect(() => list({ trace: "synthetic", policies: "threshold", ...more })).toThrow(message);
  });
});
