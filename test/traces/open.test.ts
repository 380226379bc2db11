import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { saveWorkload } from "../../src/workload/arrow/arrow.js";
import { openReplicates, openWorkload } from "../../src/traces/open.js";
import { openPlanetLab } from "../../src/traces/planetlab.js";

let folder: string;
let day: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-open-"));
  day = join(folder, "day");
  await mkdir(day);
  for (let vm = 1; vm <= 8; vm++) await writeFile(join(day, `vm${vm}`), `${vm}\n${vm}\n${vm}\n`);
  await mkdir(join(folder, "saved"));
  file = join(folder, "saved/day.arrow");
  await saveWorkload(await openPlanetLab(day, { machines: 4 }), file);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("openWorkload", () => {
  it("opens a PlanetLab day with its options", async () => {
    const workload = await openWorkload(`planetlab:${day}`, { machines: 5, steps: 2 });
    expect([workload.machines.id.length, workload.executions.job.length, workload.steps]).toEqual([5, 8, 2]);
  });

  it("generates a synthetic trace from its specification and the options", async () => {
    const workload = await openWorkload("synthetic:tasksPerMachine=2", { machines: 3, steps: 4, seed: 5 });
    expect([workload.source, workload.machines.id.length, workload.steps]).toEqual(["synthetic", 3, 4]);
    expect(await openWorkload("synthetic:machines=3,steps=4,seed=5,tasksPerMachine=2")).toEqual(workload);
    await expect(openWorkload("synthetic:machnes=3")).rejects.toThrow(InputError);
  });

  it("opens a saved workload as it was saved", async () => {
    expect(await openWorkload(file)).toEqual(await openPlanetLab(day, { machines: 4 }));
    expect((await openWorkload(file, { machines: "all" })).machines.id.length).toBe(4);
  });

  it("narrows a saved workload, and says so in its provenance", async () => {
    const narrowed = await openWorkload(file, {
      machines: 2,
      shape: "any",
      seed: 3,
      steps: 2,
      lcRule: "class==3",
    });
    expect([narrowed.machines.id.length, narrowed.steps, narrowed.lcRule]).toEqual([2, 2, "class==3"]);
    expect([...narrowed.executions.end]).toEqual(Array(narrowed.executions.job.length).fill(600));
    expect(narrowed.provenance.options).toEqual({
      machines: 2,
      steps: 2,
      lcRule: "class==3",
      onError: "fail",
      shape: "any",
      subsetSeed: 3,
    });
    const again = await openWorkload(file, {
      machines: 2,
      shape: "any",
      seed: 3,
      steps: 2,
      lcRule: "class==3",
    });
    expect(again).toEqual(narrowed);
  });

  it("refuses more machines than a saved workload has", async () => {
    await expect(openWorkload(file, { machines: 5 })).rejects.toThrow(InputError);
  });

  it("says which prefix a bare folder needs", async () => {
    await mkdir(join(folder, "google/task_events"), { recursive: true });
    await expect(openWorkload(join(folder, "google"))).rejects.toThrow(
      new InputError(
        `no format in trace ${folder}/google: it looks like the Google trace; write ` +
          `google2011:${folder}/google`,
      ),
    );
    await expect(openWorkload(day)).rejects.toThrow(
      `write its format before it, such as google2011:${day} or planetlab:${day}`,
    );
    await expect(openWorkload(join(folder, "saved"))).rejects.toThrow(`such as ${file}`);
    await expect(openWorkload(join(folder, "none"))).rejects.toThrow(/^unknown trace: .*none; give one of/);
  });
});

describe("openReplicates", () => {
  const sample = new URL("../../data/google2011-sample", import.meta.url).pathname;

  it("generates a trace for each seed", async () => {
    const [one, two] = await openReplicates("synthetic", { machines: 5, steps: 2, seeds: [1, 2] });
    expect(one).toEqual(await openWorkload("synthetic", { machines: 5, steps: 2, seed: 1 }));
    expect(two.usage.cpu).not.toEqual(one.usage.cpu);
  });

  it("picks other machines of a trace on disk for each seed, the same as a saved workload would", async () => {
    const [one, two] = await openReplicates(`google2011:${sample}`, { machines: 8, seeds: [1, 2] });
    const again = await openReplicates(`google2011:${sample}`, { machines: 8, seeds: [2] });
    expect([one.machines.id.length, two.machines.id.length]).toEqual([8, 8]);
    expect(two.machines.id).not.toEqual(one.machines.id);
    expect(again[0].machines.id).toEqual(two.machines.id);
    // The same seed picks the same machines however the trace is opened.
    const directly = await openWorkload(`google2011:${sample}`, { machines: 8, seed: 2 });
    expect(two.machines.id).toEqual(directly.machines.id);
  });
});
