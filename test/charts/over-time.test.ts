import { describe, expect, it } from "vitest";
import { giniOverTime, REAL_CELL_GINI } from "../../src/charts/gini.js";
import { migrationTraffic } from "../../src/charts/migration.js";
import { figureOverTime } from "../../src/charts/over-time.js";
import { utilizationOverTime } from "../../src/charts/utilization.js";
import { InputError } from "../../src/base/errors.js";
import { madeUpRun } from "./made-up-runs.js";

const HALF_HOUR = [0, 300, 600].map((seconds) => seconds / 3600);
const a = madeUpRun({
  policy: "a",
  steps: { gini: [0.3, NaN, 0.2], giniBound: [0.1, 0.1, 0.12], bytes: [1e9, 0, 2e9] },
});
const b = madeUpRun({
  policy: "b",
  steps: { gini: [0.4, 0.5, 0.45], giniBound: [0.2, 0.2, 0.2], bytes: [0, 0, 0] },
});

describe("figureOverTime", () => {
  it("draws one line per run, in the units of the axis, with a gap where a value is not defined", () => {
    const run = madeUpRun({ policy: "a", steps: { lcShortfall: [0.01, NaN, 0.02] } });
    const { data, table, layout } = figureOverTime([run], "lcShortfall");
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ name: { en: "a", zh: "a" }, x: HALF_HOUR, y: [1, null, 2] });
    expect(layout.yaxis).toMatchObject({
      title: { en: "LC CPU shortfall (%)", zh: "时延敏感型任务 CPU 缺口（%）" },
    });
    expect(table.columns.map(({ name, values }) => [name, values])).toEqual([
      ["policy", ["a", "a", "a"]],
      ["time", HALF_HOUR],
      ["lcShortfall", [1, null, 2]],
    ]);
  });

  it("says that a tail is modelled", () => {
    expect(figureOverTime([a], "lcTail").caption.en).toContain("queueing model");
    expect(figureOverTime([a], "lcShortfall").caption.en).not.toContain("queueing model");
  });

  it("averages a long run into 300 points or fewer, and says so", () => {
    const run = madeUpRun({
      policy: "a",
      steps: { waiting: Array.from({ length: 1201 }, (_, step) => step) },
    });
    const { data, caption } = figureOverTime([run], "waiting");
    expect((data[0].y as number[]).slice(0, 2)).toEqual([2, 7]);
    expect(data[0].y).toHaveLength(241);
    expect(caption.en).toContain("mean of 5 steps (25 min)");
  });

  it("refuses an unknown metric, no run, and two runs with the same name", () => {
    expect(() => figureOverTime([a, a], "gini")).toThrow(
      new InputError('two runs have the name a: rename one, as in { ...run, policy: "a 2" }'),
    );
    expect(() => figureOverTime([a], "ginny")).toThrow(InputError);
    expect(() => figureOverTime([], "gini")).toThrow(
      new InputError("no run to draw: simulate a policy first"),
    );
  });
});

describe("giniOverTime", () => {
  it("draws the real cell, the first run's bound and one line per policy", () => {
    const { data, table } = giniOverTime([a, b]);
    expect(data.map(({ name }) => name)).toEqual([
      { en: "Google cell 2011", zh: "Google 集群 2011" },
      { en: "Bound", zh: "下界" },
      { en: "a", zh: "a" },
      { en: "b", zh: "b" },
    ]);
    expect([...new Set(data[0].y as number[])]).toEqual([...REAL_CELL_GINI]);
    expect(data[1].y).toEqual([0.1, 0.1, 0.12]);
    expect(data[2].y).toEqual([0.3, null, 0.2]);
    expect(table.columns[0].values).toEqual(["a", "a", "a", "b", "b", "b", "bound", "bound", "bound"]);
    expect(table.columns[2].values).toEqual([0.3, null, 0.2, 0.4, 0.5, 0.45, 0.1, 0.1, 0.12]);
  });

  it("says the mean of the first and of the lowest run, and the bound", () => {
    expect(giniOverTime([b, a]).says?.en).toBe(
      "Gini, mean over time: 0.45 under b, 0.25 under a; no policy could reach less than 0.20.",
    );
    expect(giniOverTime([a, b]).says?.en).toBe(
      "Gini, mean over time: 0.25 under a, the lowest; no policy could reach less than 0.11.",
    );
    expect(giniOverTime([b]).says?.en).toContain("0.45 under b; no policy");
  });

  it("shades the thesis's bands up to the top of the axis", () => {
    const { layout } = giniOverTime([b]);
    expect(layout.yaxis).toMatchObject({ range: [0, 0.6] });
    const bands = (layout.shapes as { type: string; y0: number; y1: number }[]).filter(
      ({ type }) => type === "rect",
    );
    expect(bands.map(({ y0, y1 }) => [y0, y1])).toEqual([
      [0, 0.2],
      [0.2, 0.3],
      [0.3, 0.4],
      [0.4, 0.6],
    ]);
  });

  it("leaves out what is switched off", () => {
    const { data, layout } = giniOverTime([a], { bands: false, bound: false, realCell: false });
    expect(data).toHaveLength(1);
    expect(layout.shapes).toBeUndefined();
  });
});

it("migrationTraffic sums the bytes, and says who sends most and the largest share of the links", () => {
  const some = madeUpRun({ policy: "a", steps: { bytes: [1e9, 0, 2e9], linkShare: [0.01, 0, 0.02] } });
  const more = madeUpRun({ policy: "b", steps: { bytes: [0, 40e9, 0], linkShare: [0, 0.15, 0] } });
  const { data, table, says } = migrationTraffic([some, more]);
  expect(data.map(({ y }) => y)).toEqual([
    [1, 1, 3],
    [0, 40, 40],
  ]);
  expect(table.columns.map(({ name }) => name)).toEqual(["policy", "time", "cumulativeGb"]);
  expect(says?.en).toBe("b sends most, 40 GB; in no step do migrations take more than 15 % of the links.");
  expect(migrationTraffic([madeUpRun({ policy: "a" })]).says?.en).toBe("No policy sends anything.");
});

it("utilizationOverTime fills between percentiles, and has mean and median in percent", () => {
  const one = (value: number): number[] => [value];
  const run = madeUpRun({
    policy: "a",
    steps: {
      utilization: one(0.5),
      p5: one(0.1),
      p25: one(0.25),
      p50: one(0.375),
      p75: one(0.75),
      p95: one(1),
    },
  });
  const { data, says } = utilizationOverTime(run);
  expect(says?.en).toBe(
    "Under a, half of the machines use between 25 and 75 % of their CPU; the mean is 50 %.",
  );
  expect(data.map(({ y, fill }) => [y, fill])).toEqual([
    [[10, 100], "toself"],
    [[25, 75], "toself"],
    [[37.5], undefined],
    [[50], undefined],
  ]);
});
