import { describe, expect, it } from "vitest";
import { describeQuality, type Described } from "../../src/workload/quality.js";

/** What a reader found, of which this number of four executions of two steps are measured. */
function described(measured: number, report: Record<string, number>, source = "alibaba2018"): Described {
  const usage = measured === 4 ? "measured" : measured === 0 ? "modelled" : "mixed";
  const counts = {
    "executions.kept": 4,
    "usage.steps": 8,
    "usage.executionsMeasured": measured,
    "usage.stepsMeasured": 2 * measured,
  };
  return { source, provenance: { inputs: [], options: {}, usage, report: { ...counts, ...report } } };
}

describe("describeQuality", () => {
  it("says first how much is measured, of the executions and of their steps", () => {
    expect(describeQuality(described(4, {}))).toEqual(["CPU use is measured for all executions."]);
    expect(describeQuality(described(0, {}))).toEqual(["CPU use is measured for no execution."]);
    expect(describeQuality(described(1, {}))).toEqual([
      "CPU use is measured for 25 % of the executions, which make 25 % of the steps of all executions.",
    ]);
  });

  it("says less where the report is of an older version", () => {
    const provenance = { inputs: [], options: {}, usage: "mixed", report: {} } as const;
    expect(describeQuality({ source: "swf", provenance })).toEqual([
      "CPU use is measured for some of the executions.",
    ]);
  });

  it("gives counts as shares of their own totals, and says nothing of what is 0", () => {
    const report = {
      "executions.kept": 4,
      "executions.read": 8,
      "batch.useOfPlan": 2,
      "usage.steps": 8,
      "usage.stepsCarried": 1,
      "usage.executionsModelled": 4,
      "azure.readingsOfNoVm": 0,
    };
    expect(describeQuality(described(0, report)).slice(1)).toEqual([
      "The use of all executions is modelled after Google's trace of 2011, as the trace has no row of it.",
      "The use of 25 % of the executions is their planned use, and their machines are not known (there is " +
        "no batch_instance table).",
      "13 % of the steps of all executions have no measurement: they repeat the previous one.",
    ]);
  });

  it("never rounds a part to nothing or to all", () => {
    const of = (count: number, total: number): string =>
      describeQuality(described(4, { "executions.kept": total, "usage.assumedMemory": count }))[1];
    expect(of(1, 1_000_000)).toContain("of less than 0.01 % of the executions");
    expect(of(999_999, 1_000_000)).toContain("of more than 99.9 % of the executions");
    expect(of(123, 10_000)).toContain("of 1.2 % of the executions");
    expect(of(10, 10)).toContain("of all executions");
  });

  it("says where Google's medians stand in for requests, apart from those that the trace tells", () => {
    const [, fromGoogle, fromUse] = describeQuality(
      described(4, { "requests.imputedCpuFromUse": 3, "requests.imputedMemoryFromGoogle2011": 2 }),
    );
    expect(fromUse).toMatch(/^3 requests .* largest use of the execution/);
    expect(fromGoogle).toMatch(/^2 requests .* medians of Google's cell of 2011/);
  });

  it("has nothing to say of a generated trace", () => {
    expect(describeQuality(described(0, { "usage.executionsModelled": 4 }, "synthetic"))).toEqual([]);
  });
});
