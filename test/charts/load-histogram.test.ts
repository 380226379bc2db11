import { describe, expect, it } from "vitest";
import { loadHistogram } from "../../src/charts/load-histogram.js";
import { madeUpRun } from "./made-up-runs.js";

const before = madeUpRun({
  policy: "a",
  machines: [
    [0.1, 0.9, NaN, 1],
    [0.3, 0.9, NaN, 1],
  ],
});
const after = madeUpRun({ policy: "b", machines: [[0.5, 0.75, 0.75, 1]] });

describe("loadHistogram", () => {
  it("counts machines by their mean load in bins that include their lower end; 100 % is in the last", () => {
    const { data, says } = loadHistogram([before, after], { bin: 0.25 });
    expect(data[0].x).toEqual([0, 25, 25, 50, 50, 75, 75, 100]);
    // Means of a: 0.2, 0.9, 1; one machine was never up.
    expect(data.map(({ y }) => y)).toEqual([
      [1, 1, 0, 0, 0, 0, 2, 2],
      [0, 0, 0, 0, 1, 1, 3, 3],
    ]);
    // Gini of (0.2, 0.9, 1): differences 0.7 + 0.8 + 0.1 over 3 times their sum 2.1; of b: 1.5 over 4 x 3.
    expect(data.map(({ name }) => (name as { en: string }).en)).toEqual(["a, Gini 0.25", "b, Gini 0.13"]);
    expect(says?.en).toBe(
      "Half of the machines are between 90 and 100 % under a (Gini 0.25) and at 75 % under b " +
        "(Gini 0.13).",
    );
  });

  it("marks the mean of each run", () => {
    const { layout } = loadHistogram([before, after]);
    expect((layout.shapes as { x0: number }[]).map(({ x0 }) => Math.round(x0))).toEqual([70, 75]);
    const same = loadHistogram([before, { ...before, policy: "c" }]);
    expect(same.layout.shapes).toHaveLength(1);
  });

  it("draws one moment, one machine, and machines that carry nothing", () => {
    const [moment] = loadHistogram([before], { step: 0, bin: 0.5 }).data;
    expect(moment.y).toEqual([1, 1, 2, 2]);
    const idle = loadHistogram([madeUpRun({ policy: "a", machines: [[0]] })]);
    expect((idle.data[0].name as { en: string }).en).toBe("a, Gini –");
    expect((idle.data[0].y as number[]).slice(0, 4)).toEqual([1, 1, 0, 0]);
    const down = loadHistogram([madeUpRun({ policy: "a", machines: [[NaN]] })]);
    expect(down.layout.shapes).toEqual([]);
  });

  it("refuses a bin that is no share, and a step that the run does not have", () => {
    expect(() => loadHistogram([before], { bin: 0 })).toThrow("invalid bin: 0; give a share from 0 to 1");
    expect(() => loadHistogram([before], { step: 2 })).toThrow("invalid step: 2; the run has 2");
  });
});
