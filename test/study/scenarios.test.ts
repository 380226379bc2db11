import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { resolveChoices } from "../../src/simulate/settings.js";
import { listScenarios, type Scenario } from "../../src/study/scenarios.js";
import { readDesign, type Experiment } from "../../src/study/design.js";

async function list(file: object): Promise<Scenario[]> {
  return listScenarios(await readDesign(file as Experiment));
}

describe("listScenarios", () => {
  it("combines a policy's settings with that policy only, the model's with all; seeds go fastest", async () => {
    const scenarios = await list({
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

  it("uses one order of the keys, whatever their order in the file", async () => {
    const scenarios = await list({
      policies: ["random", "no-migration"],
      order: ["enforced", "trace"],
      migration: ["free", "pre-copy"],
      sharing: ["fair", "lc-first"],
      lcRule: ["class==3", "class>=2"],
      steps: [2, 1],
      machines: [9, 8],
      trace: ["planetlab:b", "planetlab:a"],
    });
    expect(scenarios).toHaveLength(2 ** 8);
    const bits = scenarios.map(({ workload: { trace, open }, simulation, policy }) =>
      [
        trace === "planetlab:a",
        open.machines === 8,
        open.steps === 1,
        open.lcRule === "class>=2",
        simulation.sharing === "lc-first",
        simulation.migration === "pre-copy",
        simulation.order === undefined,
        policy.name === "no-migration",
      ]
        .map(Number)
        .join(""),
    );
    expect(bits).toEqual(Array.from({ length: 256 }, (_, row) => row.toString(2).padStart(8, "0")));
  });

  it("gives the seed to the workload and the simulation; without seeds, the trace's own stays", async () => {
    const [seeded] = await list({ trace: "synthetic", policies: "random", seeds: 7 });
    expect([seeded.workload.open.seed, seeded.simulation.seed]).toEqual([7, 7]);
    const [own] = await list({ trace: "synthetic:seed=5", policies: "random" });
    expect([own.workload.open.seed, own.simulation.seed]).toEqual([undefined, 1]);
  });

  it("opens a saved workload once for all seeds, unless they select its machines", async () => {
    const opened = async (machines: unknown): Promise<(number | undefined)[][]> =>
      (await list({ trace: "cell.arrow", policies: "random", machines, seeds: [4, 5] })).map(
        ({ workload, simulation }) => [workload.open.seed, simulation.seed],
      );
    expect(await opened(undefined)).toEqual([
      [undefined, 4],
      [undefined, 5],
    ]);
    expect(await opened("all")).toEqual(await opened(undefined));
    expect(await opened(10)).toEqual([
      [4, 4],
      [5, 5],
    ]);
  });

  it("repeats over windows instead of seeds, and increases the seed by 1 for each", async () => {
    const scenarios = await list({
      trace: "cell.arrow",
      policies: "random",
      windows: 2,
      windowSteps: 6,
      seeds: 4,
    });
    expect(
      scenarios.map(({ workload, simulation }) => [workload.window, workload.open.seed, simulation.seed]),
    ).toEqual([
      [{ row: 0, count: 2, steps: 6 }, 4, 4],
      [{ row: 1, count: 2, steps: 6 }, 4, 5],
    ]);
  });

  it("includes the modules of policies and metrics, by path and contents", async () => {
    const own = fileURLToPath(new URL("../your-own/own-parts.mjs", import.meta.url));
    const [{ policy, metrics, settings }] = await list({
      trace: "synthetic",
      policies: `${own}#drain`,
      set: { "drain.hot": 0.6 },
      metrics: ["gini", `${own}#hottest`],
    });
    const sha256 = createHash("sha256")
      .update(JSON.stringify([["own-parts.mjs", readFileSync(own, "utf8")]]))
      .digest("hex");
    expect(policy).toEqual({
      name: "drain",
      parameters: { hot: 0.6 },
      module: { reference: `${own}#drain`, sha256 },
    });
    expect(metrics).toEqual([
      { name: "gini", hasFigure: true },
      { name: "hottest", hasFigure: true, module: { reference: `${own}#hottest`, sha256 } },
    ]);
    expect(settings).toEqual({ "drain.hot": 0.6 });
  });

  it.each([
    [{ set: { hot: -1 } }, /invalid hot of policy threshold: -1; it must be at least 0/],
    [{ set: { cooldown: 1.5 } }, /invalid cooldown of the model: 1\.5; it must be a whole number/],
    [{ trace: "synthetic:seed=5", seeds: [5, 6] }, /two values for seed: 5 in the trace and 6 as an option/],
    [{ trace: "synthetic:machnes=5" }, /unknown key of the synthetic trace: machnes/],
    [{ trace: "synthetic:cpu=0" }, /invalid cpu: 0/],
    [
      { seeds: { from: 1, count: 60_000 }, set: { hot: [0.8, 0.9] } },
      /too many runs: 120000; at most 100000 in one experiment/,
    ],
  ])("refuses %j", async (more, message) => {
    await expect(list({ trace: "synthetic", policies: "threshold", ...more })).rejects.toThrow(message);
  });
});
