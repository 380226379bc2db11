/** Published cell loads through the generic mapping of tables, where their folder is. */
import { existsSync, symlinkSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkload, type Workload } from "../../../src/index.js";
import { CELLULAR } from "./reference.js";
import { supercomDays } from "./supercom.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-cells-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function open(spec: object, files: readonly string[]): Promise<Workload> {
  for (const file of files)
    if (!existsSync(join(folder, file))) symlinkSync(join(CELLULAR, file), join(folder, file));
  await writeFile(join(folder, "cells.json"), JSON.stringify(spec));
  return openWorkload(`table:${join(folder, "cells.json")}`);
}

describe.skipIf(!existsSync(CELLULAR))("layouts of published cell loads", () => {
  it("SUPERCOM: a file of rows of two minutes for each cell", async () => {
    const file = ["ElBorn", "LesCorts", "PobleSec"].map((cell) => `supercom-${cell}.csv.gz`);
    const { executions, stepSeconds } = await open(
      {
        ...{ machines: { count: 3 }, tasks: { class: "LC" } },
        usage: { file, columns: { time: "time", cpu: "down" } },
        ...{ time: "date", origin: "first", cpuUnit: 4e9, stepSeconds: 120 },
      },
      file,
    );
    expect(stepSeconds).toBe(120);
    expect([...executions.taskClass]).toEqual([1, 1, 1]);
    // The first row of PobleSec, 2018-02-05 23:40, is the first of all; ElBorn begins on 2018-03-28 at 15:56.
    expect([...executions.start.slice(0, 2)]).toEqual([
      0,
      (Date.UTC(2018, 2, 28, 15, 56) - Date.UTC(2018, 1, 5, 23, 40)) / 1000,
    ]);
  });

  it("SUPERCOM: each day of each cell beside the others", async () => {
    const file = ["ElBorn", "LesCorts", "PobleSec"].map((cell) => `supercom-${cell}.csv.gz`);
    const { executions, steps, usage } = await open(
      {
        ...{ machines: { count: 8 }, tasks: { class: "LC", memory: 8 } },
        usage: { file, columns: { time: "time", cpu: "down" } },
        ...{ time: "date", period: 86_400, cpuUnit: 4e9, memoryUnit: 65_536, stepSeconds: 120 },
      },
      file,
    );
    // 42 days of a cell, 36 of them with at least 700 rows of two minutes.
    expect([steps, executions.start.length]).toEqual([720, 42]);
    const longest = supercomDays("down").reduce((days, { cell }) => days.add(cell), new Set()).size;
    const lengths = Array.from(executions.start, (_, row) => usage.offsets[row + 1] - usage.offsets[row]);
    expect(lengths.filter((length) => length >= 700).length).toBeGreaterThanOrEqual(longest);
    expect(Math.min(...executions.cpuRequest)).toBeGreaterThan(0);
  });

  it("C2TM: hourly rows of 159 sites in one file", async () => {
    const file = "c2tm-159-sites-hourly.csv.gz";
    const workload = await open(
      {
        ...{ machines: { count: 40 }, tasks: { class: "LC" } },
        usage: { file, columns: { task: "bs", time: "thour", cpu: "bytes" } },
        ...{ time: "date", origin: "first", cpuUnit: 1e11, stepSeconds: 3600 },
      },
      [file],
    );
    expect(workload.executions.start).toHaveLength(159);
    expect(workload.stepSeconds).toBe(3600);
  });
});
