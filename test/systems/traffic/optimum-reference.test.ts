/** The least mean over all thresholds, against a separate search. */
import { describe, expect, it } from "vitest";
import { oneLink } from "../../../src/systems/traffic/queue/one-link.js";
import { optimalThresholds } from "../../../src/systems/traffic/queue/optimum.js";
import { readRows, referenceFiles, sizesOf, thresholdsIn } from "./reference.js";

const rows = referenceFiles(/^mlfq-optimal-.*\.csv$/).flatMap((file) =>
  readRows(file).map((row) => ({ ...row, file }) as Record<string, string> & { file: typeof file }),
);

describe.skipIf(rows.length === 0)("optimal thresholds", () => {
  it.each(rows)(
    "$cdf at $load: $queues queues for $objective",
    (row) => {
      const sizes = sizesOf(row.cdf, row.file);
      if (sizes === undefined) return;
      const load = Number(row.load);
      const objective = row.objective === "fct" ? "completionTime" : "slowdown";
      const queues = Number(row.queues);
      // Half of the cells are good to 2e-4, and a search over seven thresholds takes half as long.
      const cells = queues > 4 ? 24 : undefined;
      const { thresholds } = optimalThresholds(sizes, load, { queues, objective, cells });
      expect(Array.from(thresholds)).toEqual(Array.from(thresholds).sort((a, b) => a - b));
      // The reference's value is good to 1e-3; ours may be better, not worse.
      const wanted = Number(row[objective === "slowdown" ? "mean_slowdown" : "mean_fct_over_mean_size"]);
      const value = oneLink(sizes, load, "mlfq", { thresholds })[objective];
      expect(Math.abs(value / wanted - 1)).toBeLessThan(1.5e-3);
      // The formula itself at the reference's thresholds, which are rounded to whole bytes.
      const theirs = oneLink(sizes, load, "mlfq", { thresholds: thresholdsIn(row.thresholds_bytes) });
      expect(Math.abs(theirs[objective] / wanted - 1)).toBeLessThan(4e-4);
    },
    60_000,
  );
});
