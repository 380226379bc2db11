import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveWorkload } from "../../src/trace/arrow.js";
import { findFault } from "../../src/trace/check.js";
import { openWorkload } from "../../src/trace/open.js";
import { planReplicates } from "../../src/trace/replicates.js";
import { generateWorkload } from "../../src/trace/synthetic/generate.js";

const sample = `google2011:${new URL("../../data/google2011-sample", import.meta.url).pathname}`;
let folder: string;
let saved: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-replicates-"));
  saved = join(folder, "saved.arrow");
  await saveWorkload(generateWorkload({ machines: 6, steps: 10, seed: 1 }), saved);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("planReplicates", () => {
  it("counts seeds up from the first, and opens what the trace is with each of them", async () => {
    const replicates = await planReplicates("synthetic", { machines: 5, steps: 2, seeds: 2, seed: 7 });
    expect(replicates.map(({ seed }) => seed)).toEqual([7, 8]);
    expect(await replicates[1].open()).toEqual(
      await openWorkload("synthetic", { machines: 5, steps: 2, seed: 8 }),
    );
  });

  it("picks other machines of a trace on disk for each seed", async () => {
    const replicates = await planReplicates(sample, { machines: 8, seeds: 2 });
    const [one, two] = [await replicates[0].open(), await replicates[1].open()];
    expect(one.machines.id).toEqual((await openWorkload(sample, { machines: 8 })).machines.id);
    expect(two.machines.id).not.toEqual(one.machines.id);
  });

  it("cuts a trace into windows, one after the other, the last steps left over", async () => {
    const replicates = await planReplicates(saved, { windows: 3, seed: 4 });
    const windows = await Promise.all(replicates.map(({ open }) => open()));
    expect(replicates.map(({ seed }) => seed)).toEqual([4, 5, 6]);
    expect(windows.map(({ steps, originSeconds }) => [steps, originSeconds])).toEqual([
      [3, 600],
      [3, 1500],
      [3, 2400],
    ]);
    expect(windows.map(({ provenance }) => provenance.options.firstStep)).toEqual([0, 3, 6]);
    expect(windows.map(findFault)).toEqual([undefined, undefined, undefined]);
    const [short] = await planReplicates(saved, { windows: 1, windowSteps: 2 });
    expect((await short.open()).steps).toBe(2);
  });

  it.each([
    [{ seeds: 0 }, "invalid seeds: 0; give a whole number of at least 1"],
    [{ windows: 1.5 }, "invalid windows: 1.5; give a whole number of at least 1"],
    [{ windows: 11 }, "11 windows are longer than the trace, which has 10 steps; give fewer"],
    [
      { windows: 4, windowSteps: 3 },
      "4 windows of 3 steps are longer than the trace, which has 10 steps; give fewer or shorter ones",
    ],
    [{ windowSteps: 3 }, "window of 3 steps without a number of windows; give windows as well"],
    [{ seeds: 2, windows: 2 }, /^2 seeds and 2 windows: .* give one of the two$/],
    [
      { seeds: 2 },
      /^seeds pick nothing from .*: each keeps the same 6 machines; give fewer machines, or windows/,
    ],
  ])("refuses %j", async (options, message) => {
    await expect(planReplicates(saved, options)).rejects.toThrow(message);
  });
});
