import { describe, expect, it } from "vitest";
import { giniOverTime, REAL_CELL_GINI } from "../../src/charts/gini.js";
import { migrationTraffic } from "../../src/charts/migration.js";
import { madeUpRun } from "./made-up-runs.js";

const a = madeUpRun({
  policy: "a",
  steps: { gini: [0.3, NaN, 0.2], giniBound: [0.1, 0.1, 0.12], bytes: [1e9, 0, 2e9] },
});
const b = madeUpRun({
  policy: "b",
  steps: { gini: [0.4, 0.5, 0.45], giniBound: [0.2, 0.2, 0.2], bytes: [0, 0, 0] },
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
      "Gini, mean over time: 0.45 under b, 0.25 under a; with LC work where it is under b, " +
        "no placement of the BE work could reach less than 0.20.",
    );
    expect(giniOverTime([a, b]).says?.en).toBe(
      "Gini, mean over time: 0.25 under a, the lowest; with LC work where it is, " +
        "no placement of the BE work could reach less than 0.11.",
    );
    expect(giniOverTime([b]).says?.en).toContain("0.45 under b; with LC work");
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
