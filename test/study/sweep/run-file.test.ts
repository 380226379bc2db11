import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Manifest } from "../../../src/simulate/manifest.js";
import { decodeParquet, encodeParquet } from "../../../src/study/sweep/parquet.js";
import { encodeRun, readRunFile, runFile, writeRunFile } from "../../../src/study/sweep/run-file.js";
import { listScenarios } from "../../../src/study/scenarios.js";
import { readDesign } from "../../../src/study/design.js";
import { RUN_METRICS } from "../../../src/simulate/metrics/catalogue.js";
import { resultColumns, type RunResult } from "../../../src/study/result-table.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-run-file-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const file = { trace: "synthetic", policies: ["random", "threshold"], set: { hot: 0.7 }, seeds: 2 ** 40 };
const [random, threshold] = listScenarios(await readDesign(file));
const figures = Object.fromEntries(RUN_METRICS.map((name, k) => [name, k / 3])) as Record<
  (typeof RUN_METRICS)[number],
  number
>;
figures.lcTail = NaN;
figures.beSlowdown = Infinity;
figures.migrations = -0;
const result: RunResult = { machines: 800, steps: 288, lcRule: "class>=2", usage: "modelled", figures };
const manifest = { schedlab: "9.9.9" } as Manifest;

describe("resultColumns", () => {
  it("puts what was simulated before the metrics, and null where a setting does not affect a run", () => {
    const columns = resultColumns(
      [random, threshold].map((scenario) => ({ scenario, result })),
      ["hot"],
    );
    expect(columns.map(({ name }) => name)).toEqual([
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
      ...RUN_METRICS,
    ]);
    expect(columns.slice(7, 10).map(({ values }) => values)).toEqual([
      ["random", "threshold"],
      [null, 0.7],
      [2 ** 40, 2 ** 40],
    ]);
  });
});

describe("a run's file", () => {
  const run = { scenario: threshold, result };

  it("is read back bit for bit, including NaN, with key and manifest", async () => {
    await writeRunFile(folder, "k1", encodeRun("k1", { run, settings: ["hot"], manifest }));
    expect(await readRunFile(folder, "k1", threshold)).toEqual(result);
    const { rows, metadata } = await decodeParquet(await readFile(runFile(folder, "k1")));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ policy: "threshold", "set.hot": 0.7, seed: 2n ** 40n });
    expect([...metadata]).toEqual([
      ["schedlab.key", "k1"],
      ["schedlab.manifest", '{"schedlab":"9.9.9"}'],
    ]);
  });

  it("is not a result where it is missing, truncated anywhere, or of another run", async () => {
    expect(await readRunFile(folder, "none", threshold)).toBeUndefined();
    await writeRunFile(folder, "k2", encodeRun("k2", { run, settings: [], manifest }));
    const bytes = await readFile(runFile(folder, "k2"));
    await writeFile(runFile(folder, "k3"), bytes);
    expect(await readRunFile(folder, "k3", threshold)).toBeUndefined();
    for (let length = 0; length < bytes.length; length += 101) {
      await writeFile(runFile(folder, "k2"), bytes.subarray(0, length));
      expect(await readRunFile(folder, "k2", threshold), `${length} bytes`).toBeUndefined();
    }
  });

  it("is not a result where a metric is missing", async () => {
    const metadata = { "schedlab.key": "k4", "schedlab.manifest": "{}" };
    const columns = resultColumns([run], []).filter(({ name }) => name !== "gini");
    await writeFile(runFile(folder, "k4"), encodeParquet(columns, metadata));
    expect(await readRunFile(folder, "k4", threshold)).toBeUndefined();
    await writeFile(runFile(folder, "k4"), encodeParquet(resultColumns([run], []), metadata));
    expect(await readRunFile(folder, "k4", threshold)).toEqual(result);
  });

  it("reports where it cannot be read", async () => {
    await writeFile(join(folder, "taken"), "");
    await expect(readRunFile(join(folder, "taken"), "k", threshold)).rejects.toThrow(/cannot read .*taken/);
  });
});
