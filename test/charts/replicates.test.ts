/** The charts over repetitions: bands, trade-off with intervals, forest plot. */
import { describe, expect, it } from "vitest";
import { bandsOverTime } from "../../src/charts/bands-over-time.js";
import { forestPlot } from "../../src/charts/forest.js";
import { replicatedTable } from "../../src/charts/replicated-table.js";
import { replicatedTradeOff } from "../../src/charts/replicated-trade-off.js";
import { REPLICATES } from "./every-figure.js";
import { madeUpRun } from "./made-up-runs.js";

describe("bandsOverTime", () => {
  it("draws quartiles of the repetitions at each step", () => {
    const repetitions = [1, 2, 3, 4, 9].map((level) => [
      madeUpRun({ policy: "a", steps: { utilization: [level / 10, NaN] } }),
    ]);
    const { table, data } = bandsOverTime(repetitions, "utilization");
    const values = Object.fromEntries(table.columns.map((column) => [column.name, column.values]));
    expect(values).toMatchObject({ q25: [20, null], median: [30, null], q75: [40, null] });
    // The band goes along the lower quartile and back along the upper one; the second step is not defined.
    expect(data[0]).toMatchObject({ fill: "toself", x: [0, 0], y: [20, 40] });
    expect(data[1]).toMatchObject({ name: "a", y: [30, null] });
  });

  it("refuses what was not simulated, and says over what was repeated", () => {
    expect(() => bandsOverTime(REPLICATES, "gini", { policies: ["x"] })).toThrow(
      "unknown policy: x; simulated were no-migration, ",
    );
    expect(() => bandsOverTime(REPLICATES, "ginny" as "gini")).toThrow("unknown column: ginny");
    expect(bandsOverTime(REPLICATES, "gini").caption.en).toContain("6 repetitions, seeds 1 to 6;");
  });
});

describe("replicatedTradeOff", () => {
  it("fills what no other policy beats in all objectives, and joins the front of the axes", () => {
    const { table, data } = replicatedTradeOff(REPLICATES);
    // random-migration moves most bytes and changes nothing; koord costs half of what gini-greedy does.
    expect(table.columns.find(({ name }) => name === "isBest")?.values).toEqual([1, 1, 0, 1]);
    expect((data[0].x as number[]).length).toBe(3);
    const bound = madeUpRun({ policy: "seer", foresight: true });
    const withBound = replicatedTradeOff(REPLICATES.map((runs) => [...runs, bound]));
    expect(withBound.table.columns.find(({ name }) => name === "isBest")?.values).toEqual([1, 1, 0, 1, 0]);
    expect(withBound.data[0]).toEqual(data[0]);
    expect(withBound.caption.en).toContain("Bounds, which see the future and could not be deployed: seer.");
    expect(replicatedTradeOff(REPLICATES.slice(0, 4)).data[1].error_y).toMatchObject({ array: [null] });
  });

  it("refuses an unknown figure", () => {
    expect(() => replicatedTradeOff(REPLICATES, { x: "bytes" as "gini" })).toThrow(
      "unknown figure: bytes; known: ",
    );
  });
});

describe("forestPlot", () => {
  it("has one row per policy in the color of its verdict", () => {
    const { data, table } = forestPlot(REPLICATES);
    expect(data.map(({ name, text }) => [(name as { en: string }).en, text])).toEqual([
      ["Lower", ["koord-low-node-load", "gini-greedy"]],
      ["No difference shown", ["random-migration"]],
    ]);
    expect(table.columns.find(({ name }) => name === "verdict")?.values).toEqual([
      "lower",
      "no difference",
      "lower",
    ]);
  });

  it("says where repetitions are too few", () => {
    const { data } = forestPlot(REPLICATES.slice(0, 3), { baseline: "gini-greedy", metric: "lcViolations" });
    expect(data.map(({ name }) => (name as { en: string }).en)).toEqual(["Too few repetitions"]);
  });
});

describe("replicatedTable", () => {
  it("writes a mean to the places of its arm, and stars what differs from the baseline", () => {
    const repetitions = [0, 1, 2, 3, 4].map((i) => [
      madeUpRun({ policy: "no-migration", summary: { gini: 0.3 + i / 100, lcTail: NaN } }),
      madeUpRun({ policy: "a", summary: { gini: 0.2 + i / 100, lcTail: NaN } }),
    ]);
    const { columns } = replicatedTable(repetitions, { metrics: ["gini", "lcTail", "moves"] });
    const [, gini, lcTail, moves] = columns.map(({ values }) => values);
    expect(gini[0]).toMatch(/^0\.320 ± 0\.0(1\d|20)$/);
    expect(gini[1]).toMatch(/^0\.220 ± 0\.0(1\d|20)\*$/);
    expect([lcTail, moves]).toEqual([
      ["–", "–"],
      ["0", "0"],
    ]);
  });
});
