import { describe, expect, it } from "vitest";
import type { Progress } from "../../src/progress.js";
import { compare } from "../../src/study/compare.js";
import { compareReplicates } from "../../src/study/compare-replicates.js";
import { planReplicates } from "../../src/trace/replicates.js";
import { generateWorkload } from "../../src/trace/synthetic/generate.js";

const replicates = await planReplicates("synthetic", { machines: 20, steps: 8, seeds: 3 });
const POLICIES = ["no-migration", "random", "threshold"];

describe("compareReplicates", () => {
  it("is what compare finds on each seed's workload with that seed", async () => {
    const all = await compareReplicates(replicates, POLICIES, { parameters: { threshold: { hot: 0.7 } } });
    expect(all.map((runs) => runs.map(({ policy }) => policy))).toEqual([POLICIES, POLICIES, POLICIES]);
    const workload = generateWorkload({ machines: 20, steps: 8, seed: 2 });
    const alone = compare(workload, POLICIES, { seed: 2, parameters: { threshold: { hot: 0.7 } } });
    expect(all[1].map(({ summary }) => summary)).toEqual(alone.map(({ summary }) => summary));
    expect(all[0][1].summary.gini).not.toBe(all[1][1].summary.gini);
  });

  it("finds the same on worker threads, and reports each repetition", async () => {
    const reports: Progress[] = [];
    const here = await compareReplicates(replicates, POLICIES);
    const there = await compareReplicates(replicates, POLICIES, {
      workers: 2,
      onProgress: (progress) => reports.push(progress),
    });
    expect(there).toEqual(here);
    expect(reports.map(({ done, total }) => `${done}/${total}`)).toEqual(["0/3", "1/3", "2/3", "3/3"]);
  });

  it("keeps a policy of one's own in this thread", async () => {
    let calls = 0;
    const own = (): [] => {
      calls++;
      return [];
    };
    const all = await compareReplicates(replicates, ["no-migration", { name: "own", rebalance: own }], {
      workers: 2,
    });
    expect(calls).toBe(3 * 8);
    expect(all[2][1].summary.gini).toBe(all[2][0].summary.gini);
  });

  it("throws an input's fault as such, from a thread as well", async () => {
    for (const workers of [1, 2]) {
      const wrong = compareReplicates(replicates, ["threshold"], { workers, model: { interval: 0 } });
      await expect(wrong).rejects.toThrow("invalid interval of the model: 0; it must be at least 1");
      await expect(wrong).rejects.toHaveProperty("name", "InputError");
    }
    await expect(compareReplicates([], ["threshold"])).rejects.toThrow(
      "nothing to compare: 1 policies on 0 repetitions",
    );
  });
});
