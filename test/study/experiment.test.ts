import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromCSV, type ColumnTable } from "arquero";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/tools/cli/run.js";
import type { Policy } from "../../src/policies/policy.js";
import type { Progress } from "../../src/base/progress.js";
import { RUN_METRICS } from "../../src/simulate/metrics/catalogue.js";
import type { Metric } from "../../src/simulate/metrics/metric.js";
import { simulate } from "../../src/simulate/simulate.js";
import { stepsTable } from "../../src/simulate/tables.js";
import { carryingCapacity } from "../../src/study/capacity/capacity.js";
import type { Experiment } from "../../src/study/design.js";
import { differences } from "../../src/study/differences.js";
import { experiment, type ExperimentOptions } from "../../src/study/experiment.js";
import { saveWorkload } from "../../src/workload/arrow/arrow.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { windowOf } from "../../src/workload/windows.js";
import { tinyWorkload } from "../tiny-workload.js";
import { captureStreams } from "../tools/cli/capture.js";

const OWN = fileURLToPath(new URL("../your-own/own-parts.mjs", import.meta.url));
/** A folder that is never made, because the design is refused before. */
const UNUSED = join(tmpdir(), "schedlab-experiment-unused");
const SMALL = { trace: "synthetic", machines: 15, steps: 8 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-experiment-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Replaces -0, which CSV does not distinguish from 0. */
const rowsOf = (from: ColumnTable): object[] => JSON.parse(JSON.stringify(from.objects())) as object[];

describe("experiment", () => {
  it("has a row for each run, with simulate's results on that workload with that seed", async () => {
    const runs = await experiment({
      ...SMALL,
      policies: ["no-migration", "threshold"],
      seeds: [1, 2],
      set: { hot: [0.7, 0.9] },
    });
    expect(runs.columnNames()).toEqual([
      ...[
        "trace",
        "machines",
        "steps",
        "lcRule",
        "usage",
        "sharing",
        "migration",
        "policy",
        "set.hot",
        "seed",
      ],
      ...RUN_METRICS,
    ]);
    const shown = runs.select("policy", "set.hot", "seed").objects() as Record<string, unknown>[];
    expect(shown.map((row) => Object.values(row))).toEqual([
      ["no-migration", null, 1],
      ["no-migration", null, 2],
      ["threshold", 0.7, 1],
      ["threshold", 0.7, 2],
      ["threshold", 0.9, 1],
      ["threshold", 0.9, 2],
    ]);
    const workload = generateWorkload({ machines: 15, steps: 8, seed: 2 });
    const { summary } = simulate(workload, "threshold", { seed: 2, policyParameters: { hot: 0.7 } });
    expect(runs.objects()[3]).toMatchObject(summary);
  });

  it("has a column for the order of tasks where some run enforces it", async () => {
    const tasks = [{ cpu: [0.1] }, { cpu: [0.1], after: [0] }];
    const trace = tinyWorkload({ machines: [{}], tasks, steps: 3 });
    const runs = await experiment({ trace, policies: "random", order: ["trace", "enforced"] });
    expect(runs.columnNames().slice(5, 9)).toEqual(["sharing", "migration", "order", "policy"]);
    // The second task ends at 300 s, then at 600 s: at each time, one task runs or two.
    expect(runs.array("order")).toEqual(["trace", "enforced"]);
    const { steps } = await experiment(
      { trace, policies: "random", order: "enforced" },
      { tables: ["steps"] },
    );
    expect(steps.array("runningBe")).toEqual([1, 1, 0]);
    expect((await experiment({ trace, policies: "random", order: "trace" })).columnNames()).not.toContain(
      "order",
    );
    await expect(carryingCapacity({ trace, policies: "random", order: "enforced" })).rejects.toThrow(
      'order "enforced" given for a capacity search',
    );
  });

  it("gives tables in long form on request, with columns that identify the runs", async () => {
    const { runs, steps, migrations, tasks, machines } = await experiment(
      { ...SMALL, policies: ["no-migration", "gini-greedy"], seeds: [1, 2] },
      { tables: ["steps", "migrations", "tasks", "machines"] },
    );
    expect(steps.numRows()).toBe(4 * 8);
    expect(machines.numRows()).toBe(4 * 8 * 15);
    const workload = generateWorkload({ machines: 15, steps: 8, seed: 1 });
    const alone = simulate(workload, "gini-greedy", { seed: 1, keepMachines: true });
    const own = steps.filter("d => d.policy === 'gini-greedy' && d.seed === 1");
    expect(rowsOf(own.select(stepsTable(alone).columnNames()))).toEqual(rowsOf(stepsTable(alone)));
    const counted = (from: ColumnTable): number =>
      from.filter("d => d.policy === 'gini-greedy' && d.seed === 1").numRows();
    expect(counted(migrations)).toBe(alone.summary.migrations);
    expect(counted(tasks)).toBe(workload.executions.start.length);
    const hot = machines.filter("d => d.policy === 'gini-greedy' && d.seed === 1").array("utilization");
    expect(Array.from(hot as Iterable<number>)).toEqual(Array.from(alone.machines!.cpu));
    expect(runs.numRows()).toBe(4);
  });

  it("repeats over windows of a trace", async () => {
    const whole = generateWorkload({ machines: 10, steps: 12, seed: 4 });
    const file = join(folder, "whole.arrow");
    await saveWorkload(whole, file);
    const runs = await experiment({ trace: file, policies: "threshold", windows: 3 }, { workers: 2 });
    expect(runs.array("firstStep")).toEqual([0, 4, 8]);
    expect(runs.array("steps")).toEqual([4, 4, 4]);
    const [, second] = runs.array("gini") as number[];
    const window = windowOf(whole, { row: 1, count: 3 });
    expect(second).toBe(simulate(window, "threshold", { seed: 2 }).summary.gini);
  });

  it("takes workloads by names, and policies and metrics that are objects, in this thread", async () => {
    const [quiet, busy] = [1, 2].map((seed) => generateWorkload({ machines: 8, steps: 6, seed }));
    let decisions = 0;
    const still: Policy = {
      name: "still",
      rebalance: () => {
        decisions++;
        return [];
      },
    };
    const hottest: Metric = {
      name: "hottest",
      label: "Hottest machine",
      description: "highest utilization of a machine",
      step: ({ utilization }) => Math.max(...utilization),
    };
    const { runs, steps } = await experiment(
      { trace: { quiet, busy }, policies: ["no-migration", still], metrics: ["gini", hottest] },
      { workers: 2, tables: ["steps"] },
    );
    expect(decisions).toBe(2 * 6);
    expect(runs.array("trace")).toEqual(["quiet", "quiet", "busy", "busy"]);
    expect(runs.columnNames().slice(-2)).toEqual(["gini", "hottest"]);
    const [one, two] = runs.array("gini") as number[];
    expect(two).toBe(one);
    expect(steps.columnNames().slice(-2)).toEqual(["gini", "hottest"]);
  });

  it("gives workloads of this thread to other threads", async () => {
    const workloads = [1, 2].map((seed) => generateWorkload({ machines: 8, steps: 6, seed }));
    const design = { trace: workloads, policies: ["no-migration", "threshold"], seeds: [1, 2] };
    const here = await experiment(design);
    for (const workers of [2, 3]) expect((await experiment(design, { workers })).toCSV()).toBe(here.toCSV());
  });

  it("reports each run", async () => {
    for (const workers of [1, 2]) {
      const reports: Progress[] = [];
      const onProgress = (progress: Progress): void => void reports.push(progress);
      await experiment({ ...SMALL, policies: "random", seeds: [1, 2, 3] }, { workers, onProgress });
      const ofRuns = reports.filter(({ unit, part }) => unit === "runs" && part === undefined);
      expect(ofRuns.map(({ done, total }) => `${done}/${total}`)).toEqual(["0/3", "1/3", "2/3", "3/3"]);
    }
  });

  it.each([
    [{ ...SMALL, policies: ["threshold"], set: { interval: 0 } }, {}, "invalid interval of the model: 0"],
    [
      { ...SMALL, policies: ["threshold"], set: { interval: 0 } },
      { workers: 2 },
      "invalid interval of the model: 0",
    ],
    [
      { ...SMALL, policies: ["threshold"] },
      { worker: 2 },
      "unknown option of experiment: worker (did you mean workers?)",
    ],
    [
      { ...SMALL, policies: ["threshold"] },
      { tables: ["step"] },
      "unknown table: step; known: steps, migrations, tasks",
    ],
    [
      { ...SMALL, policies: ["threshold"] },
      { tables: ["steps"], folder: UNUSED },
      "tables and folder cannot be combined",
    ],
    [
      { ...SMALL, policies: [() => []] },
      { folder: UNUSED },
      "a policy that is not from a module (custom) cannot be used with a folder",
    ],
    [
      { trace: generateWorkload({ machines: 2, steps: 2 }), policies: "random" },
      { folder: UNUSED },
      "a workload (synthetic) cannot be used with a folder",
    ],
    [{ ...SMALL, policies: ["threshold"] }, { workers: 0, folder: UNUSED }, "invalid workers: 0; give"],
    [{ trace: "synthetic:windows=2", policies: "random" }, {}, "unknown key of the synthetic trace: windows"],
  ])("refuses case %#", async (design, options, message) => {
    await expect(experiment(design as Experiment, options as ExperimentOptions)).rejects.toThrow(message);
    await expect(experiment(design as Experiment, options as ExperimentOptions)).rejects.toHaveProperty(
      "name",
      "InputError",
    );
    await expect(stat(UNUSED)).rejects.toThrow("ENOENT");
  });

  it("does not write into a folder with other files", async () => {
    const design = { ...SMALL, policies: "no-migration" };
    const others = join(folder, "others");
    await mkdir(others);
    await writeFile(join(others, "summary.csv"), "mine");
    await expect(experiment(design, { folder: others })).rejects.toThrow(
      `cannot write the results of sweep into ${others}: it holds files that schedlab did not write`,
    );
    expect(await readFile(join(others, "summary.csv"), "utf8")).toBe("mine");
    await expect(experiment(design, { folder: "" })).rejects.toThrow(
      "the folder of the results has an empty name",
    );
  });

  it("treats an undefined setting as missing", async () => {
    const runs = await experiment({
      ...SMALL,
      policies: ["no-migration", "threshold"],
      set: { hot: undefined },
    });
    expect(runs.array("policy")).toEqual(["no-migration", "threshold"]);
  });

  it.each([0, -1, 1.5, NaN, 1025])("refuses %d threads", async (workers) => {
    const design = { ...SMALL, policies: ["threshold"] };
    await expect(experiment(design, { workers })).rejects.toThrow(`invalid workers: ${workers}; give`);
    await expect(carryingCapacity(design, { workers })).rejects.toThrow(`invalid workers: ${workers}; give`);
  });

  it("refuses seeds that all keep the same machines of a trace on disk", async () => {
    const sample = fileURLToPath(new URL("../../data/google2011-sample", import.meta.url));
    const design = { trace: `google2011:${sample}`, policies: "no-migration", seeds: [1, 2], steps: 2 };
    for (const workers of [1, 2])
      await expect(experiment(design, { workers })).rejects.toThrow(
        /^seeds pick nothing from google2011:.*; give/,
      );
  });
});

describe("a user-defined policy and metric, given by their paths", () => {
  const design = {
    ...SMALL,
    policies: ["no-migration", `${OWN}#drain`],
    set: { "drain.hot": [0.5, 0.7] },
    seeds: { from: 1, count: 5 },
    metrics: ["gini", "migrations", `${OWN}#hottest`],
  };

  it("give the same results in this thread, on threads, into a folder and from a JSON file", async () => {
    const here = await experiment(design);
    expect(here.columnNames().slice(-3)).toEqual(["gini", "migrations", "hottest"]);
    for (const workers of [2, 4]) expect((await experiment(design, { workers })).toCSV()).toBe(here.toCSV());
    const kept = await experiment(design, { workers: 2, folder: join(folder, "kept") });
    expect(kept.toCSV()).toBe(here.toCSV());
    await writeFile(join(folder, "design.json"), JSON.stringify(design));
    const { streams, stderr } = captureStreams();
    const out = join(folder, "by-file");
    expect([
      await run(["sweep", join(folder, "design.json"), "--workers", "2", "--out", out], streams),
      stderr(),
    ]).toEqual([0, ""]);
    for (const name of ["summary.csv", "summary.parquet", "manifest.json"])
      expect(await readFile(join(out, name))).toEqual(await readFile(join(folder, "kept", name)));
    expect(fromCSV(await readFile(join(out, "summary.csv"), "utf8")).array("hottest")).toEqual(
      here.array("hottest"),
    );
  });

  it("are compared with the baseline like built-in ones", async () => {
    const found = differences(await experiment(design)).objects() as Record<string, unknown>[];
    expect(found.map(({ policy, metric, "set.drain.hot": hot }) => [policy, hot, metric])).toEqual(
      [0.5, 0.7].flatMap((hot) => ["gini", "migrations", "hottest"].map((metric) => ["drain", hot, metric])),
    );
  });

  it("have a carrying capacity", async () => {
    const { metrics: _, set: __, ...plain } = design;
    const options = { levels: [0.05], max: 2, precision: 0.5 };
    const searched = await carryingCapacity({ ...plain, seeds: [1, 2] }, options);
    expect(searched.array("policy")).toEqual(
      ["no-migration", "drain", "no-co-location", "perfectly-even"].flatMap((name) => [name, name]),
    );
    const threaded = await carryingCapacity({ ...plain, seeds: [1, 2] }, { ...options, workers: 2 });
    expect(threaded.toCSV()).toBe(searched.toCSV());
    await expect(carryingCapacity(design)).rejects.toThrow("metrics given for a capacity search");
  });
});
