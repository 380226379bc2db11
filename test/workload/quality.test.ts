import { describe, expect, it } from "vitest";
import { describeQuality, type Described } from "../../src/workload/quality.js";

/** What a reader found, of which this number of four runs of two steps are measured. */
function described(measured: number, report: Record<string, number>, source = "alibaba2018"): Described {
  const usage = measured === 4 ? "measured" : measured === 0 ? "modelled" : "mixed";
  const counts = {
    "runs.kept": 4,
    "usage.steps": 8,
    "usage.runsMeasured": measured,
    "usage.stepsMeasured": 2 * measured,
  };
  return { source, provenance: { inputs: [], options: {}, usage, report: { ...counts, ...report } } };
}

describe("describeQuality", () => {
  it("says first how much is measured, of the runs and of their steps", () => {
    expect(describeQuality(described(4, {}))).toEqual(["CPU use is measured for all runs."]);
    expect(describeQuality(described(0, {}))).toEqual(["CPU use is measured for no run."]);
    expect(describeQuality(described(1, {}))).toEqual([
      "CPU use is measured for 25 % of the runs, which make 25 % of the steps of all runs.",
    ]);
  });

  it("says less where the report is of an older version", () => {
    const provenance = { inputs: [], options: {}, usage: "mixed", report: {} } as const;
    expect(describeQuality({ source: "swf", provenance })).toEqual([
      "CPU use is measured for some of the runs.",
    ]);
  });

  it("gives counts as shares of their own totals, and says nothing of what is 0", () => {
    const report = {
      "runs.kept": 4,
      "runs.read": 8,
      "batch.useOfPlan": 2,
      "usage.steps": 8,
      "usage.stepsCarried": 1,
      "usage.runsModelled": 4,
      "azure.readingsOfNoVm": 0,
    };
    expect(describeQuality(described(0, report)).slice(1)).toEqual([
      "The use of all runs is modelled after Google's trace of 2011, as no row tells it.",
      "The use of 25 % of the runs is what they planned (batch_instance is not here), on machines that are not known.",
      "In 13 % of the steps of all runs no measurement lies: the last one before is carried on.",
    ]);
  });

  it("never rounds a part to nothing or to all", () => {
    const of = (count: number, total: number): string =>
      describeQuality(described(4, { "runs.kept": total, "usage.assumedMemory": count }))[1];
    expect(of(1, 1_000_000)).toContain("of less than 0.01 % of the runs");
    expect(of(999_999, 1_000_000)).toContain("of more than 99.9 % of the runs");
    expect(of(123, 10_000)).toContain("of 1.2 % of the runs");
    expect(of(10, 10)).toContain("of all runs");
  });

  it("says where Google's medians stand in for requests, apart from those that the trace tells", () => {
    const [, fromGoogle, fromUse] = describeQuality(
      described(4, { "requests.imputedCpuFromUse": 3, "requests.imputedMemoryFromGoogle2011": 2 }),
    );
    expect(fromUse).toMatch(/^3 requests .* largest use of the run/);
    expect(fromGoogle).toMatch(/^2 requests .* medians of Google's cell of 2011/);
  });

  it("has nothing to say of a generated trace", () => {
    expect(describeQuality(described(0, { "usage.runsModelled": 4 }, "synthetic"))).toEqual([]);
  });
});
