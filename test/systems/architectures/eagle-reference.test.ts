/** Every response time of the published simulator of Hawk and Eagle, job by job. */
import { describe, expect, it } from "vitest";
import { clusterOf } from "../../../src/architectures/cluster.js";
import { readHawkTrace } from "../../../src/architectures/jobs/hawk-trace.js";
import { schedule } from "../../../src/architectures/schedule.js";
import { readRows, readText, referenceFolders } from "./reference.js";

type Numbers = Record<string, number>;

/**
 * The columns of response.csv: an architecture and its parameters, from those of params.json. The lab has no
 * architecture for DLWL.
 */
function variant(name: string, params: Numbers): [string, Numbers] | undefined {
  const { cutoff, small: shortPercent, big: longPercent, networkDelay: delay, probeRatio } = params;
  const { stealAttempts, stealLimit, minProbes, srptCap: slack } = params;
  const shared = { cutoff, shortPercent, longPercent, delay };
  switch (name) {
    case "sparrow":
      return ["hawk", { ...shared, probeRatio, longPercent: 100, central: 0, stealAttempts: 0 }];
    case "hawk":
      return ["hawk", { ...shared, probeRatio, stealAttempts, stealLimit }];
    case "hawk-nosteal":
      return ["hawk", { ...shared, probeRatio, stealAttempts: 0 }];
    case "eagle":
      return ["eagle", { ...shared, probeRatio, leastProbes: minProbes, slack }];
    case "ideal":
      return ["ideal-eagle", { ...shared, probeRatio, leastProbes: minProbes }];
    case "clwl":
      return ["central-least-work", shared];
  }
  return undefined;
}

const folders = referenceFolders("eagle");

describe.skipIf(folders.length === 0)("eagle-sim equals the program", () => {
  for (const folder of folders) {
    const params = { slots: 1, ...(folder.params as Numbers) } as Numbers;
    const rows = readRows(readText(folder, "response.csv"));
    const names = Object.keys(rows[0]).filter((name) => variant(name, params) !== undefined);
    it.each(names)(`${folder.path}: %s`, (name) => {
      const [architecture, parameters] = variant(name, params)!;
      const cluster = clusterOf({ machines: params.workers, slots: params.slots });
      const result = schedule(readHawkTrace(readText(folder, "trace.tr")), cluster, architecture, {
        mode: "eagle-sim",
        seed: params.lcgStart,
        parameters,
      });
      const { ids, taskOffsets } = result.submitted;
      expect(rows).toHaveLength(ids.length);
      for (const row of rows) {
        const j = ids.indexOf(row.job);
        const end = Math.max(...result.tasks.end.subarray(taskOffsets[j], taskOffsets[j + 1]));
        const off = Math.abs(end - result.jobs.arrived[j] - Number(row[name]));
        expect(off, `job ${row.job}: ${end - result.jobs.arrived[j]} ${row[name]}`).toBeLessThan(1e-9);
      }
    });
  }
});
