/** Completion and help in cells, asked as JupyterLab asks. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POLICIES } from "../../../src/policies/registry.js";
import { METRICS } from "../../../src/simulate/metrics/catalogue.js";
import { NOTEBOOKS } from "../../../src/tools/jupyter/project.js";
import { startKernel, type KernelClient } from "./kernel-client.js";

interface Completed {
  readonly matches: readonly string[];
  readonly cursor_start: number;
  readonly cursor_end: number;
  readonly metadata: {
    readonly _jupyter_types_experimental: readonly { text: string; type: string; signature: string }[];
  };
}

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernel(NOTEBOOKS, { SCHEDLAB_PLOTLY: "file" });
  const { reply } = await kernel.execute(`
    import { createPolicy, differences, experiment, openWorkload, simulate, summaryTable } from "schedlab";
    import { op } from "arquero";
    const workload = await openWorkload("synthetic", { machines: 5, steps: 4 });
    const run = simulate(workload, "threshold");
    const chosen = ["threshold", "sandpiper"];
    const hottest = { name: "hottest", label: "Hottest", description: "the highest load", step: () => 1 };
    const design = { trace: "synthetic", machines: 5, steps: 3, metrics: ["gini", "migrations", hottest] };
    const runs = await experiment({ ...design, policies: ["random", "threshold"] });
  `);
  expect(reply).toMatchObject({ status: "ok" });
});
afterAll(() => kernel.close());

/** Splits a cell at the cursor, "▮". */
function ask(cell: string): { readonly code: string; readonly cursor_pos: number } {
  const [before] = cell.split("▮");
  return { code: cell.replace("▮", ""), cursor_pos: Array.from(before).length };
}

async function complete(cell: string): Promise<Completed> {
  const { reply } = await kernel.request("shell", "complete_request", ask(cell));
  expect(reply.status).toBe("ok");
  return reply as unknown as Completed;
}

async function namesAt(cell: string): Promise<readonly string[]> {
  return (await complete(cell)).matches;
}

/** Returns the help at the cursor; undefined where there is none. */
async function help(question: { readonly code: string; readonly cursor_pos: number }): Promise<string> {
  const { reply } = await kernel.request("shell", "inspect_request", { ...question, detail_level: 0 });
  expect(reply).toMatchObject({ status: "ok" });
  return (reply.data as Record<string, string | undefined>)["text/plain"] ?? "";
}

/** Asks for the help of an item as JupyterLab does: with the cell up to the cursor, and the item in it. */
async function helpOfItem(cell: string, item: string): Promise<string> {
  const { matches, cursor_start } = await complete(cell);
  expect(matches).toContain(item);
  const code = Array.from(ask(cell).code).slice(0, cursor_start).join("") + item;
  return help({ code, cursor_pos: code.length + item.length });
}

const ALL_POLICIES = POLICIES.map(({ name }) => name);

describe("policies", () => {
  it.each([
    ['simulate(workload, "▮")'],
    ['simulate(workload, "▮'],
    ['createPolicy("▮")'],
    ['await experiment({ trace: "synthetic", policies: "▮" })'],
    ['await experiment({ trace: "synthetic", policies: ["random", "▮"] })'],
    ['const policies = ["▮"];'],
    ['for (const policy of ["▮"]) simulate(workload, policy);'],
  ])("complete in %s", async (cell) => {
    expect(await namesAt(cell)).toEqual(ALL_POLICIES);
  });

  it("complete from a part of the name, in place of the whole string", async () => {
    const { matches, cursor_start, cursor_end, metadata } = await complete(
      '"😀"; simulate(workload, "GREE▮dy");',
    );
    expect(matches).toEqual(["gini-greedy"]);
    expect([cursor_start, cursor_end]).toEqual([25, 31]);
    const rule = POLICIES.find(({ name }) => name === "gini-greedy")!.rule;
    expect(metadata._jupyter_types_experimental).toMatchObject([
      { text: "gini-greedy", type: "policy", signature: rule },
    ]);
  });

  it("are those of a table where the call takes one", async () => {
    expect(await namesAt('differences(runs, { baseline: "▮" })')).toEqual(["random", "threshold"]);
    expect(await namesAt('runs.filter((row) => row.policy === "▮")')).toEqual(["random", "threshold"]);
  });

  it("are explained by rule, source, fidelity and parameters", async () => {
    const card = await helpOfItem('simulate(workload, "thr▮")', "threshold");
    expect(card).toContain("Moves best-effort tasks from machines above `hot`");
    expect(card).toContain("Source (adapted): hot and cold marks");
    expect(card).toContain("hot: default 0.8 load, 0 to 5: a machine above it gives tasks away");
    expect(await help(ask('simulate(workload, "thre▮shold")'))).toBe(card);
  });
});

describe("settings", () => {
  it.each([
    ['simulate(workload, "threshold", { policyParameters: { ▮ } })', ["hot", "cold"]],
    ['createPolicy("threshold", { c▮ })', ["cold"]],
    ['simulate(workload, "threshold", { model: { link▮ } })', ["linkGbps"]],
    ['await experiment({ trace: "synthetic", policies: "threshold", set: { hot: 0.7, co▮ } })', ["cold"]],
    [
      'await experiment({ trace: "synthetic", policies: chosen, set: { "hot▮" } })',
      ["hot", "hotSamples", "threshold.hot", "sandpiper.hotSamples"],
    ],
  ])("complete in %s", async (cell, wanted) => {
    const found = await namesAt(cell);
    expect(found.slice(0, wanted.length)).toEqual(wanted);
  });

  it("are quoted where they must be", async () => {
    const cell = 'await experiment({ trace: "synthetic", policies: chosen, set: { threshold▮ } })';
    expect(await namesAt(cell)).toEqual(['"threshold.hot"', '"threshold.cold"']);
  });

  it("are explained by default, unit and range", async () => {
    const cell = 'await experiment({ trace: "synthetic", policies: "threshold", set: { ▮ } })';
    const meaning = "default 0.8 load, 0 to 5: a machine above it gives tasks away";
    expect(await helpOfItem(cell, "hot")).toBe(`hot: setting of threshold\n${meaning}`);
    expect(await help(ask(cell.replace("▮", "ho▮t: 0.7")))).toContain(meaning);
    expect(await helpOfItem(cell, "linkGbps")).toContain("default 1 Gbit/s");
  });
});

describe("metrics", () => {
  it.each([['simulate(workload, "random", { metrics: ["▮"] })'], ['const metrics = ["▮"];']])(
    "complete in %s",
    async (cell) => {
      expect(await namesAt(cell)).toEqual(METRICS.map(({ name }) => name));
    },
  );

  it("are those of the table where there is one, with the user's own", async () => {
    const columns = ["gini", "migrations", "hottest"];
    expect((await namesAt('runs.select("▮")')).slice(-3)).toEqual(columns);
    expect(await namesAt('runs.select("policy", "gi▮")')).toEqual(["gini"]);
    expect(await namesAt('runs.groupby("policy").rollup({ g: op.mean("hot▮") })')).toEqual(["hottest"]);
    expect(await namesAt('differences(runs, { metrics: ["▮"] })')).toEqual(columns);
    expect(await namesAt('summaryTable([run]).select("lcTail▮")')).toEqual(["lcTail", "lcTailViolations"]);
  });

  it("are explained by meaning, unit and direction", async () => {
    const card = await helpOfItem('runs.select("gi▮")', "gini");
    expect(card).toContain("Gini of delivered utilization over machines");
    expect(card).toContain("Better: less.");
    expect(await help(ask("run.summary.gi▮ni"))).toContain("Gini of delivered utilization over machines");
    expect(await helpOfItem('runs.select("pol▮")', "policy")).toBe("policy: column\nrandom, threshold");
    expect(await helpOfItem("run.summary.util▮", "utilization")).toContain("Charts show it in %.");
  });
});

describe("imports", () => {
  it.each([
    ['import { summ▮ } from "schedlab";', "summaryTable"],
    ["import { summ▮ }", "summaryTable"],
    ["import { show, ▮", "summaryTable"],
    ['import { transp▮ } from "schedlab/giantvm";', "transportLatencies"],
    ['import { show } from "sch▮"', "schedlab/giantvm"],
    ['import { readFileSync } from "node:▮"', "node:fs"],
    ['import { from } from "▮"', "arquero"],
  ])("complete in %s", async (cell, wanted) => {
    expect(await namesAt(cell)).toContain(wanted);
  });

  it("are explained by their docstrings", async () => {
    const text = await helpOfItem('import { sim▮ } from "schedlab";', "simulate");
    expect(text).toContain("Replays a workload under a policy and returns the run");
    // A docstring's lines are one paragraph: front ends break it anew.
    expect(text).toContain("The same workload, policy and options give exactly the same result");
  });
});

describe("help inside a call", () => {
  it.each([["simulate(▮"], ["simulate(workload, ▮)"], ['simulate(workload, "random", { ▮ })']])(
    "shows the signature: %s",
    async (cell) => {
      const text = await help(ask(cell));
      expect(text).toContain("simulate(workload: Workload, policy: PolicyChoice, options?:");
      expect(text).toContain("Replays a workload under a policy and returns the run");
      expect(text).toContain("seed?: number\n      Root seed of the random numbers");
    },
  );
});

describe("elsewhere", () => {
  it("leaves other strings, keys and names to TypeScript", async () => {
    expect(await namesAt('const text = "abc▮";')).toEqual([]);
    expect(await namesAt("const options = { a: 1 }; options.▮")).toEqual(["a"]);
    expect(await namesAt('simulate(workload, "random", { sharing: "▮" })')).toEqual(["lc-first", "fair"]);
    expect(await namesAt("workl▮")).toEqual(["workload", "openWorkload"]);
    expect(await help(ask("1 + ▮1"))).toBe("");
  });

  it.each([
    ["simulate(workload, {{{"],
    ["await experiment({ policies: [ , set: {"],
    ["import {"],
    ['"'],
    ["{"],
  ])("answers in %s, and the next cell runs", async (cell) => {
    await complete(`${cell}▮`);
    await help(ask(`${cell}▮`));
    expect((await kernel.execute("run.policy")).reply).toMatchObject({ status: "ok" });
  });
});
