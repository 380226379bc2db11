/** The charts over replicates: bands, trade-off with intervals, forest plot. */
import { describe, expect, it } from "vitest";
import { differencesOverTime } from "../../src/charts/differences-over-time.js";
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
    expect(bandsOverTime(STEPS, "gini").provenance?.en).toContain("6 replicates, seeds 1 to 6;");
  });
});

describe("bandsOverTime of a long run", () => {
  it("draws quartiles of hourly means, and says the lowest and the highest policy", () => {
    const hours = (first: number, second: number): number[] =>
      Array.from(
        { length: 48 },
        (_, step) => [first, second, 0.5, 0.5][Math.floor(step / 12)] + (step % 2) / 50,
      );
    const replicates = [0, 0.02, 0.06].map((more) => [
      madeUpRun({ policy: "a", steps: { gini: hours(0.2 + more, 0.3) } }),
      madeUpRun({ policy: "b", steps: { gini: hours(0.4, 0.4) } }),
    ]);
    const { table, caption, says } = bandsOverTime(stepsOfRuns(replicates), "gini");
    const [, , q25, median] = table.columns.map(({ values }) => values as number[]);
    expect(median.slice(0, 4).map((value) => Number(value.toFixed(9)))).toEqual([0.23, 0.31, 0.51, 0.51]);
    expect(q25[0]).toBeCloseTo(0.22, 9);
    expect(caption.en).toContain("Each point is the mean of 12 steps (60 min).");
    // Means over the four hours: 0.39 and 0.46.
    expect(says?.en).toBe("Gini coefficient, mean over time: from 0.39 under a to 0.46 under b.");
  });
});

describe("differencesOverTime", () => {
  const replicates = [0, 1, 2].map((r) => [
    madeUpRun({ policy: "no-migration", steps: { utilization: [0.5 + r / 10, 0.4] } }),
    madeUpRun({ policy: "a", steps: { utilization: [0.51 + (2 * r) / 10, 0.4] } }),
  ]);
  const steps = stepsOfRuns(replicates);

  it("pairs by replicate and step, in percentage points", () => {
    const { table, says, data } = differencesOverTime(steps, "utilization");
    const written = table.columns
      .slice(2)
      .map(({ values, unit }) => [unit, (values as number[]).map((value) => Number(value.toFixed(9)))]);
    // Differences in step 0: 1, 11 and 21 points.
    expect(written).toEqual([
      ["pp", [6, 0]],
      ["pp", [11, 0]],
      ["pp", [16, 0]],
    ]);
    expect(data.map(({ name }) => (name as { en: string }).en)).toEqual(["a", "a"]);
    expect(says?.en).toBe(
      "CPU utilization: the largest median difference from no-migration is 11 pp (a, at 0:00 h).",
    );
  });

  it("says that nothing differs, and leaves out replicates without a baseline", () => {
    const same = steps.filter((row: { step: number }) => row.step === 1);
    expect(differencesOverTime(same, "utilization").says?.en).toBe(
      "CPU utilization: the median difference from no-migration is 0 at all times.",
    );
    const one = steps.filter(
      (row: { seed: number; policy: string }) => row.seed === 1 || row.policy !== "no-migration",
    );
    expect(differencesOverTime(one, "utilization").table.columns[3].values[0]).toBeCloseTo(1, 9);
  });

  it("refuses an unknown baseline, policy or column, and a table without other policies", () => {
    expect(() => differencesOverTime(steps, "gini", { baseline: "x" })).toThrow("unknown baseline: x");
    expect(() => differencesOverTime(steps, "gini", { policies: ["x"] })).toThrow("unknown policy: x");
    expect(() => differencesOverTime(steps, "ginny")).toThrow("no column ginny");
    expect(() => differencesOverTime(steps, "gini", { policies: [] })).toThrow(
      "no policy beside no-migration",
    );
    const twice = steps.concat(steps);
    expect(() => differencesOverTime(twice, "gini")).toThrow("the runs differ in a setting");
  });
});

describe("replicatedTradeOff", () => {
  it("fills policies that no other dominates in all objectives, and joins the front of the axes", () => {
    const { table, data, says } = replicatedTradeOff(RUNS);
    // random-migration moves most bytes and changes nothing; koord costs half as much as gini-greedy.
    expect(table.columns.find(({ name }) => name === "isBest")?.values).toEqual([1, 1, 0, 1]);
    expect((data[0].x as number[]).length).toBe(3);
    // 0.25 - 0.0066 of noise; 600 GB - 0.1 %.
    expect(says?.en).toBe("gini-greedy has the lowest Gini coefficient, 0.24; migration traffic: 599 GB.");
    const bound = madeUpRun({ policy: "oracle", steps: { gini: new Array<number>(48).fill(0) } });
    const withBound = replicatedTradeOff(tableOfRuns(REPLICATES.map((runs) => [...runs, bound])));
    expect(withBound.table.columns.find(({ name }) => name === "isBest")?.values).toEqual([1, 1, 0, 1, 0]);
    expect(withBound.data[0]).toEqual(data[0]);
    expect(withBound.caption.en).toContain("Bounds, which see the future: oracle.");
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

  it("puts policies in the order of the first metric, in all panels of several metrics", () => {
    const { layout, data, says, table } = forestPlot(RUNS, { metric: ["gini", "lcViolations"] });
    const order = ["gini-greedy", "koord-low-node-load", "random-migration"];
    expect(layout.yaxis).toMatchObject({ ticktext: order.map((policy) => ({ en: policy, zh: policy })) });
    expect(layout.yaxis2).toMatchObject({ matches: "y", showticklabels: false });
    expect(new Set(data.map(({ xaxis }) => xaxis))).toEqual(new Set(["x", "x2"]));
    expect(table.columns[0].name).toBe("panel");
    // LC violations are 0.4 points higher for each policy after the first, nearly without noise.
    expect(says?.en).toBe(
      "2 of 3 policies load the machines more evenly than no-migration; of these, measurably worse: 2 in LC " +
        "work.",
    );
  });

  it("says how many policies are better, and whether they are worse elsewhere", () => {
    expect(forestPlot(RUNS).says?.en).toBe(
      "2 of 3 policies load the machines more evenly than no-migration.",
    );
    expect(forestPlot(RUNS, { metric: "lcViolations" }).says?.en).toBe(
      "LC tasks short of CPU is lower than under no-migration in 0 of 3 policies.",
    );
    expect(forestPlot(RUNS, { metric: ["gini", "lcTail"] }).says?.en).toBe(
      "2 of 3 policies load the machines more evenly than no-migration; none of them is measurably worse in " +
        "LC work.",
    );
    expect(forestPlot(tableOfRuns(REPLICATES.slice(0, 3))).says?.en).toBe(
      "There are too few replicates to tell the policies apart.",
    );
    expect(() => forestPlot(RUNS, { metric: [] })).toThrow("no metric to draw: give at least one");
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
    expect(bandsOverTime(steps, hottest).provenance?.en).toContain("highest utilization of a machine");
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
