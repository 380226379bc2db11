/** The charts over replicates: bands, trade-off with intervals, forest plot. */
import { describe, expect, it } from "vitest";
import { bandsOverTime } from "../../src/charts/bands-over-time.js";
import { forestPlot } from "../../src/charts/forest.js";
import { replicatedTable } from "../../src/charts/replicated-table.js";
import type { Metric } from "../../src/simulate/metrics/metric.js";
import { replicatedTradeOff } from "../../src/charts/replicated-trade-off.js";
import { stepsOfRuns, tableOfRuns } from "../study/made-up-table.js";
import { REPLICATES } from "./every-figure.js";
import { madeUpRun } from "./made-up-runs.js";

const RUNS = tableOfRuns(REPLICATES);
const STEPS = stepsOfRuns(REPLICATES);

describe("bandsOverTime", () => {
  it("draws quartiles of the replicates at each step", () => {
    const replicates = [1, 2, 3, 4, 9].map((level) => [
      madeUpRun({ policy: "a", steps: { utilization: [level / 10, NaN] } }),
    ]);
    const { table, data } = bandsOverTime(stepsOfRuns(replicates), "utilization");
    const values = Object.fromEntries(table.columns.map((column) => [column.name, column.values]));
    expect(values).toMatchObject({ q25: [20, null], median: [30, null], q75: [40, null] });
    // The band goes along the lower quartile and back along the upper one; the second step is not defined.
    expect(data[0]).toMatchObject({ fill: "toself", x: [0, 0], y: [20, 40] });
    expect(data[1]).toMatchObject({ name: { en: "a" }, y: [30, null] });
  });

  it("refuses policies that were not simulated, and describes the replicates", () => {
    expect(() => bandsOverTime(STEPS, "gini", { policies: ["x"] })).toThrow(
      "unknown policy: x; simulated were no-migration, ",
    );
    expect(() => bandsOverTime(STEPS, "ginny")).toThrow(
      "no column ginny (did you mean gini?): the table has trace, ",
    );
    expect(bandsOverTime(STEPS, "gini").caption.en).toContain("6 replicates, seeds 1 to 6;");
  });
});

describe("replicatedTradeOff", () => {
  it("fills policies that no other dominates in all objectives, and joins the front of the axes", () => {
    const { table, data } = replicatedTradeOff(RUNS);
    // random-migration moves most bytes and changes nothing; koord costs half as much as gini-greedy.
    expect(table.columns.find(({ name }) => name === "isBest")?.values).toEqual([1, 1, 0, 1]);
    expect((data[0].x as number[]).length).toBe(3);
    const bound = madeUpRun({ policy: "oracle", steps: { gini: new Array<number>(48).fill(0) } });
    const withBound = replicatedTradeOff(tableOfRuns(REPLICATES.map((runs) => [...runs, bound])));
    expect(withBound.table.columns.find(({ name }) => name === "isBest")?.values).toEqual([1, 1, 0, 1, 0]);
    expect(withBound.data[0]).toEqual(data[0]);
    expect(withBound.caption.en).toContain("Bounds, which see the future and could not be deployed: oracle.");
    expect(replicatedTradeOff(tableOfRuns(REPLICATES.slice(0, 4))).data[1].error_y).toMatchObject({
      array: [null],
    });
  });

  it("refuses an unknown metric", () => {
    expect(() => replicatedTradeOff(RUNS, { x: "bytes" })).toThrow("unknown metric: bytes; the runs have: ");
  });
});

describe("forestPlot", () => {
  it("has one row per policy in the color of its verdict", () => {
    const { data, table } = forestPlot(RUNS);
    expect(data.map(({ name, hovertext }) => [name, hovertext])).toMatchObject([
      [{ en: "Lower" }, [{ en: "koord-low-node-load" }, { en: "gini-greedy" }]],
      [{ en: "No difference shown" }, [{ en: "random-migration" }]],
    ]);
    expect(table.columns.find(({ name }) => name === "verdict")?.values).toEqual([
      "lower",
      "no difference",
      "lower",
    ]);
  });

  it("says where there are too few replicates", () => {
    const { data } = forestPlot(tableOfRuns(REPLICATES.slice(0, 3)), {
      baseline: "gini-greedy",
      metric: "lcViolations",
    });
    expect(data.map(({ name }) => (name as { en: string }).en)).toEqual(["Too few replicates"]);
  });
});

describe("replicatedTable", () => {
  it("writes means with the decimals of their arms, and marks differences with a star", () => {
    const replicates = [0, 1, 2, 3, 4].map((i) => [
      madeUpRun({ policy: "no-migration", summary: { gini: 0.3 + i / 100, lcTail: NaN } }),
      madeUpRun({ policy: "a", summary: { gini: 0.2 + i / 100, lcTail: NaN } }),
    ]);
    const { columns } = replicatedTable(tableOfRuns(replicates), {
      metrics: ["gini", "lcTail", "migrations"],
    });
    const [, gini, lcTail, moves] = columns.map(({ values }) => values);
    expect(gini[0]).toMatch(/^0\.320 ± 0\.0(1\d|20)$/);
    expect(gini[1]).toMatch(/^0\.220 ± 0\.0(1\d|20)\*$/);
    expect([lcTail, moves]).toEqual([
      ["–", "–"],
      ["0", "0"],
    ]);
  });
});

describe("charts of a user-defined metric, and of several settings", () => {
  const hottest: Metric = {
    name: "hottest",
    label: "Hottest machine",
    description: "highest utilization of a machine",
    unit: "%",
    scale: 100,
    step: () => 0,
  };
  const own = RUNS.derive({ hottest: (d: { gini: number }) => 2 * d.gini });

  it("take the metric itself, with its label and unit", () => {
    const { title, table } = forestPlot(own, { metric: hottest });
    expect(title.en).toBe("Hottest machine: difference from no-migration");
    const [gini] = forestPlot(own, { metric: "gini" }).table.columns[1].values as number[];
    expect(table.columns[1]).toMatchObject({ unit: "pp" });
    expect(table.columns[1].values[0]).toBeCloseTo(200 * gini, 9);
    expect(replicatedTradeOff(own, { y: hottest }).layout.yaxis).toMatchObject({
      title: { en: "Hottest machine (%)", zh: "Hottest machine（%）" },
    });
    expect(replicatedTable(own, { metrics: [hottest] }).columns[1].label.en).toBe("Hottest machine");
    const steps = STEPS.derive({ hottest: (d: { gini: number }) => 2 * d.gini });
    expect(bandsOverTime(steps, hottest).caption.en).toContain("highest utilization of a machine");
  });

  it("label a column that is not a metric by its name", () => {
    const plain = forestPlot(own, { metric: "hottest" });
    expect(plain.title.en).toBe("hottest: difference from no-migration");
  });

  it("refuse runs that differ in a setting, and give a remedy", () => {
    const fair = RUNS.derive({ sharing: () => "fair" });
    const both = RUNS.concat(fair);
    for (const draw of [forestPlot, replicatedTradeOff, replicatedTable])
      expect(() => draw(both)).toThrow(
        "the runs differ in sharing, and this chart has one place for a policy; filter",
      );
    const steps = STEPS.concat(STEPS.derive({ sharing: () => "fair" }));
    expect(() => bandsOverTime(steps, "gini")).toThrow(
      "the runs differ in a setting; filter the table to one",
    );
  });
});
