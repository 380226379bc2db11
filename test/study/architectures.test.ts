/** Experiments over scheduler architectures. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ColumnTable } from "arquero";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulate } from "../../src/simulate/simulate.js";
import type { Experiment } from "../../src/study/design.js";
import { differences } from "../../src/study/differences.js";
import { experiment } from "../../src/study/experiment.js";
import { asWorkload } from "../../src/architectures/as-workload.js";
import { jobsOf } from "../../src/architectures/jobs/jobs-of.js";
import { SCHEDULE_METRIC_NAMES, scheduleMetrics } from "../../src/architectures/metrics.js";
import { schedule } from "../../src/architectures/schedule.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";

const SMALL = {
  trace: "synthetic",
  machines: 15,
  steps: 8,
  policies: ["no-migration", "threshold"],
  jobs: { overcommit: 2 },
} as const;

type Row = Readonly<Record<string, string | number | null>>;
const rowsOf = (runs: ColumnTable): Row[] => runs.objects() as Row[];
const textOf = (runs: ColumnTable): string => JSON.stringify(runs.objects());

let folder: string;
let runs: ColumnTable;
const design = {
  ...SMALL,
  architectures: ["trace", "omega", "sparrow"],
  set: { "omega.batchJob": [0.01, 40], hot: 0.7 },
} as const satisfies Experiment;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-architectures-"));
  runs = await experiment(design);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("an experiment over architectures", () => {
  it("has a row for each architecture, policy and setting", () => {
    const rows = rowsOf(runs).map((row) => [row.architecture, row.policy, row["set.omega.batchJob"]]);
    expect(rows).toEqual([
      ["trace", "no-migration", null],
      ["trace", "threshold", null],
      ["omega", "no-migration", 0.01],
      ["omega", "no-migration", 40],
      ["omega", "threshold", 0.01],
      ["omega", "threshold", 40],
      ["sparrow", "no-migration", null],
      ["sparrow", "threshold", null],
    ]);
  });

  it("simulates the workload as the architecture schedules it, and has both kinds of metrics", () => {
    const workload = generateWorkload({ machines: 15, steps: 8, seed: 1 });
    const { jobs, cluster, prefill } = jobsOf(workload, SMALL.jobs);
    const made = schedule(jobs, cluster, "omega", { prefill, seed: 1, parameters: { batchJob: 40 } });
    const { summary } = simulate(asWorkload(workload, made), "threshold", {
      seed: 1,
      policyParameters: { hot: 0.7 },
    });
    const row = rowsOf(runs)[5];
    for (const metric of ["gini", "utilization", "migrations", "lcTail"] as const)
      expect(row[metric]).toBe(summary[metric]);
    const metrics = scheduleMetrics(made);
    for (const metric of SCHEDULE_METRIC_NAMES) expect(row[metric]).toBe(metrics[metric]);
    // Each decision takes 40 s in place of .01 s.
    expect(row.waitToFirstMean).toBeGreaterThan(rowsOf(runs)[4].waitToFirstMean as number);
  });

  it("leaves the workload as it is for the architecture called trace", async () => {
    const { jobs, ...plain } = SMALL;
    expect(jobs).toBeDefined();
    const without = rowsOf(await experiment({ ...plain, set: { hot: 0.7 } }));
    for (const [i, row] of without.entries())
      for (const [name, value] of Object.entries(row)) expect(rowsOf(runs)[i][name], name).toEqual(value);
  });

  it("compares with the trace on the same tasks", async () => {
    const workload = generateWorkload({ machines: 15, steps: 8, seed: 1 });
    const none = await experiment({
      ...{ trace: workload, architectures: ["trace", "sparrow"], policies: "no-migration" },
      jobs: { running: "none", overcommit: 2 },
    });
    const tasks = jobsOf(workload, { running: "none", overcommit: 2 }).jobs.executions.length;
    expect(tasks).toBeLessThan(workload.executions.job.length);
    for (const { ended, running, pending } of rowsOf(none) as Record<string, number>[])
      expect(ended + running + pending).toBe(tasks);
  });

  it("has the same bytes on two threads and in a folder", async () => {
    expect(textOf(await experiment(design, { workers: 2 }))).toBe(textOf(runs));
    const kept = await experiment(design, { folder: join(folder, "sweep") });
    expect(JSON.stringify(rowsOf(kept))).toBe(textOf(runs));
    // The second time, all runs are read from the folder.
    const read = await experiment(design, { folder: join(folder, "sweep") });
    expect(textOf(read)).toBe(textOf(runs));
  });

  it("compares architectures", () => {
    const table = differences(runs.filter("d => d['set.omega.batchJob'] !== 40"), {
      of: "architecture",
      by: ["policy"],
      baseline: "trace",
      metrics: ["gini", "waitToFirstMean"],
    });
    expect(table.numRows()).toBe(8);
  });

  it("takes metrics of either kind by name", async () => {
    const one = { ...SMALL, architectures: "omega", policies: "no-migration" } as const;
    const both = await experiment({ ...one, metrics: ["waitToFullP90", "gini"] });
    expect(both.columnNames().slice(-2)).toEqual(["gini", "waitToFullP90"]);
    const only = await experiment({ ...one, metrics: ["waitToFullP90"] });
    expect(only.columnNames().slice(-2)).toEqual(["seed", "waitToFullP90"]);
    expect(rowsOf(only)[0].waitToFullP90).toBe(rowsOf(both)[0].waitToFullP90);
  });

  it.each<[Partial<Experiment>, string]>([
    [{ architectures: ["omgea"] as never }, "unknown architecture: omgea (did you mean omega?)"],
    [{ architectures: [7] as never }, "invalid architectures: 7"],
    [{ architectures: ["omega", "omega"] }, "two times omega in architectures"],
    [{ architectures: [] }, "empty architectures"],
    [{}, "jobs has no effect without architectures"],
    [{ architectures: "omega", jobs: { runing: "none" } as never }, "unknown key of jobs: runing"],
    [{ architectures: "omega", jobs: { overcommit: -1 } }, "overcommit is -1"],
    [{ architectures: "omega", set: { probeRatio: 2 } }, "unknown key of set: probeRatio"],
    [{ architectures: "omega", set: { batchJob: -1 } }, "invalid batchJob of architecture omega: -1"],
    [
      { architectures: "omega", set: { batchJob: 1, "omega.batchJob": 2 } },
      "two settings of batchJob of architecture omega",
    ],
    [{ jobs: undefined, metrics: ["waitToFirstP50"] }, "waitToFirstP50 is of a schedule"],
  ])("refuses %j", async (change, message) => {
    await expect(experiment({ ...SMALL, ...change })).rejects.toThrow(message);
  });
});
