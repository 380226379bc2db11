import { describe, expect, it } from "vitest";
import { collectQuality, qualityParagraph } from "../../../src/tools/cli/data-quality.js";
import type { Described } from "../../../src/workload/quality.js";

/** Seven counts that each make a sentence. */
const REPORT = {
  "executions.kept": 10,
  "usage.executionsModelled": 5,
  "executions.withoutMachine": 5,
  "usage.assumedMemory": 5,
  "requests.imputedCpuFromJob": 1,
  "requests.imputedCpuFromUse": 1,
  "batch.neverRan": 1,
  "batch.edgesInLoops": 1,
};
const described = (report: Record<string, number>, source = "alibaba2018"): Described => ({
  source,
  provenance: { inputs: [], options: {}, usage: "modelled", report },
});

describe("qualityParagraph", () => {
  it("has five sentences and the number of further ones, in lines that fit a terminal", () => {
    const text = qualityParagraph(described(REPORT), 70);
    expect(text).toMatch(/^The data of alibaba2018: CPU use is measured for no execution\. /);
    expect(text.replaceAll(/\s+/g, " ")).toMatch(/ 3 more: schedlab describe\. $/);
    expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(70);
  });

  it("has all sentences where they are few, and none for a generated trace", () => {
    expect(qualityParagraph(described({}), 80)).toBe(
      "The data of alibaba2018: CPU use is measured for no execution.\n",
    );
    expect(qualityParagraph(described(REPORT, "synthetic"), 80)).toBe("");
  });
});

it("collectQuality describes the data of many runs once for each trace", () => {
  const { onWorkload, text } = collectQuality(80);
  for (const source of ["swf", "azure2019", "swf"]) onWorkload(described({}, source));
  expect(text().split("\n")).toEqual([
    "The data of azure2019: CPU use is measured for no execution.",
    "The data of swf: CPU use is measured for no execution.",
    "",
  ]);
});
