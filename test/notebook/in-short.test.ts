import { describe, expect, it } from "vitest";
import { bundleOf } from "../../src/notebook/bundle.js";
import { cutLines, tableOfRuns, workloadCard } from "../../src/notebook/in-short.js";
import { simulate } from "../../src/simulate/simulate.js";
import { RUN_METRICS } from "../../src/simulate/metrics/catalogue.js";
import { tinyWorkload } from "../tiny-workload.js";

const workload = tinyWorkload({
  machines: [{}, {}],
  tasks: [{ lc: true, cpu: [0.1, 0.1, 0.1] }, { cpu: [0.2] }, { cpu: [0.2, 0.2] }],
  steps: 3,
});
const runs = ["no-migration", "least-loaded"].map((policy) => simulate(workload, policy));
const shown = (value: unknown) => bundleOf(value, {}, { count: 0, isNewOnPage: () => true });
const lines = (value: unknown): string[] => (shown(value)["text/plain"] as string).split("\n");

describe("runs", () => {
  it("show as the table of their summaries, alone or several", () => {
    for (const [value, rows] of [
      [runs[0], 1],
      [runs, 2],
    ] as const) {
      expect(tableOfRuns(value)?.numRows()).toBe(rows);
      const bundle = shown(value);
      expect(Object.keys(bundle)).toEqual(["text/html", "text/plain"]);
      expect((bundle["text/plain"] as string).split("\n")).toHaveLength(rows + 1);
    }
    expect(tableOfRuns(runs)?.columnNames()).toEqual(["policy", ...RUN_METRICS]);
  });

  it.each([[[]], [[1]], [[[]]], [{ policy: "a" }], ["text"], [null]])("are not what %j is", (value) => {
    expect(tableOfRuns(value)).toBeUndefined();
  });
});

describe("a workload", () => {
  it("shows in five lines", () => {
    // Three steps of 300 s are a quarter of an hour.
    const report = { "executions.kept": 3, "usage.assumedMemory": 3, "batch.zeroLength": 1 };
    const card = workloadCard({ ...workload, provenance: { ...workload.provenance, report } });
    expect(card.split("\n")).toEqual([
      `workload  ${workload.source}: 2 machines`,
      `tasks     3 executions, 1 of them latency-critical (${workload.lcRule})`,
      "time      3 steps of 300 s: 0.25 h",
      `usage     ${workload.provenance.usage}`,
      "data      CPU use is measured for all executions. 2 notes more: describeQuality(workload)",
    ]);
    expect(lines(workload)).toHaveLength(5);
  });
});

describe("anything else", () => {
  it("is cut after 40 lines, and says how to see the others", () => {
    const long = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`property${n}`, n]));
    const cut = lines(long);
    // "{", one line per property, "}".
    expect(cut).toHaveLength(41);
    expect(cut.slice(0, 2)).toEqual(["{", "  property0: 0,"]);
    expect(cut[40]).toBe("… 62 more lines: show(value, { lines: Infinity }) shows all");
  });

  it("stays unchanged if it is short", () => {
    expect(cutLines("a\nb", 2)).toBe("a\nb");
    expect(cutLines("a\nb\nc", 2)).toBe("a\nb\n… 1 more lines: show(value, { lines: Infinity }) shows all");
  });
});
