import { describe, expect, it } from "vitest";
import { carriedWork } from "../../src/charts/carried-work.js";
import { overview } from "../../src/charts/overview.js";
import { CAPACITY } from "./made-up-capacity.js";
import { madeUpRun } from "./made-up-runs.js";

const RUNS = [
  ["no-migration", 0.36, 0],
  ["oracle", 0.1, 5],
  ["gini-greedy", 0.27, 1234.4],
  ["threshold", 0.3, 80],
].map(([policy, gini, migrationGb], i) =>
  madeUpRun({
    policy: String(policy),
    foresight: policy === "oracle",
    summary: { gini: Number(gini), migrationGb: Number(migrationGb) },
    machines: [[0.2 + 0.05 * i, 0.8 - 0.05 * i]],
  }),
);

describe("carriedWork", () => {
  it("has a row for each policy and reference at the level, the least on top", () => {
    const { data, layout } = carriedWork(CAPACITY);
    const { ticktext } = layout.yaxis as { ticktext: { en: string }[] };
    expect(ticktext.map(({ en }) => en)).toEqual([
      "Separate machines",
      "no-migration",
      "gini-greedy",
      "Perfectly even",
    ]);
    expect(data.map(({ x }) => Number((x as number[])[0].toFixed(6)))).toEqual([0.4, 0.5, 0.9, 1.2]);
    expect(data.some(({ showlegend }) => showlegend)).toBe(false);
  });

  it("draws a lower bound hollow, and says so", () => {
    const { data, caption } = carriedWork(CAPACITY, { level: 0.05 });
    expect(data.map(({ marker }) => (marker as { color: unknown }).color)).toContainEqual(["#ffffff"]);
    expect(caption.en).toContain("Open markers");
  });

  it("refuses a level that was not searched", () => {
    expect(() => carriedWork(CAPACITY, { level: 0.02 })).toThrow(
      "level 0.02 was not searched: choose one of 0.001, 0.01, 0.05",
    );
  });
});

describe("overview", () => {
  it("compares the first run with the most even policy that is no bound", () => {
    const { says, data } = overview(RUNS, CAPACITY);
    expect(says!.en).toBe(
      "gini-greedy evens the load of the machines (Gini 0.36 to 0.27) and moves 1230 GB for it. Machines that " +
        "LC and BE work share carry 0.5 to 0.9 times the trace's BE work at 1 % added LC violations, separate " +
        "machines 0.4 times; no policy was shown to carry more than no migration.",
    );
    const curves = data.filter(({ xaxis, name }) => xaxis === "x" && name);
    expect(curves.map(({ name }) => (name as { en: string }).en)).toEqual(["no-migration", "gini-greedy"]);
  });

  it("says so where no policy is more even than the first", () => {
    expect(overview([...RUNS.slice(2)], CAPACITY).says!.en).toContain(
      "No policy evens the load of the machines more than gini-greedy (Gini 0.27).",
    );
  });

  it("refuses a single run, and runs of other lengths", () => {
    const longer = madeUpRun({ policy: "threshold", machines: [[0.1], [0.2]] });
    expect(() => overview([RUNS[0], longer], CAPACITY)).toThrow("simulated for different steps");
    expect(() => overview(RUNS.slice(0, 1), CAPACITY)).toThrow("one run is nothing to compare");
    expect(() => overview(RUNS.slice(0, 2), CAPACITY)).toThrow("one run is nothing to compare");
  });
});
