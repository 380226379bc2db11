import { expect, it } from "vitest";
import { comparisonTable } from "../../src/charts/comparison-table.js";
import { madeUpRun } from "./made-up-runs.js";

const RUNS = [
  madeUpRun({ policy: "a", summary: { utilization: 0.5, gini: NaN } }),
  madeUpRun({ policy: "b" }),
];

it("has one row per run, in common units", () => {
  const { columns, provenance } = comparisonTable(RUNS, { columns: ["utilization", "gini"] });
  expect(columns.map(({ label, unit, values }) => [label.zh, unit, values])).toEqual([
    ["调度策略", "", ["a", "b"]],
    ["CPU 利用率", "%", [50, 0]],
    ["基尼系数", "", [null, 0]],
  ]);
  expect(provenance?.en).not.toContain("queueing");
  expect(comparisonTable(RUNS).provenance?.en).toContain("queueing model");
});

it("refuses an unknown metric", () => {
  expect(() => comparisonTable(RUNS, { columns: ["ginny"] })).toThrow("unknown metric: ginny");
});
