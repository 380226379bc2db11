import { expect, it } from "vitest";
import { tradeOff } from "../../src/charts/trade-off.js";
import type { JsonObject } from "../../src/charts/figure.js";
import { madeUpRun } from "./made-up-runs.js";

const RUNS = [
  madeUpRun({ policy: "stay", summary: { migrationGb: 0, lcViolations: 0.03 } }),
  madeUpRun({ policy: "worse", summary: { migrationGb: 9, lcViolations: 0.03 } }),
  madeUpRun({ policy: "move", summary: { migrationGb: 5, lcViolations: 0.01 } }),
  madeUpRun({ policy: "none", summary: { migrationGb: 5, lcViolations: NaN } }),
];

it("joins the policies that no other one dominates, fills their markers and leaves the others hollow", () => {
  const { data, table } = tradeOff(RUNS, { y: "lcViolations" });
  expect(data[0]).toMatchObject({ x: [0, 5], y: [3, 1] });
  expect(data.slice(1).map(({ name, x, y }) => [(name as { en: string }).en, x, y])).toEqual([
    ["stay", [0], [3]],
    ["worse", [9], [3]],
    ["move", [5], [1]],
    ["none", [5], [null]],
  ]);
  const hollow = data.slice(1).map(({ marker }) => [(marker as JsonObject).color].flat()[0] === "#ffffff");
  expect(hollow).toEqual([false, true, false, true]);
  expect(table.columns.at(-1)?.values).toEqual([1, 0, 1, 0]);
});

it("excludes a bound from the front, and names it in the caption", () => {
  const bound = madeUpRun({ policy: "seer", summary: { migrationGb: 0, lcViolations: 0 }, foresight: true });
  const { data, table, caption } = tradeOff([...RUNS, bound], { y: "lcViolations" });
  expect(data[0]).toMatchObject({ x: [0, 5], y: [3, 1] });
  expect(data.at(-1)).toMatchObject({ name: { en: "seer" }, x: [0], y: [0] });
  expect(table.columns.at(-1)?.values).toEqual([1, 0, 1, 0, 0]);
  expect(caption.en).toContain("Bounds, which see the future: seer.");
  expect(tradeOff(RUNS).caption.en).not.toContain("Bounds");
});

it("the axes hold every marker", () => {
  const { layout } = tradeOff(RUNS, { y: "lcViolations" });
  const [low, high] = (layout.xaxis as { range: [number, number] }).range;
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(9);
});

it("refuses an unknown metric", () => {
  expect(() => tradeOff(RUNS, { x: "gigabytes" })).toThrow("unknown metric: gigabytes; known: ");
});

it("takes a user-defined metric that the runs have", () => {
  const hottest = {
    name: "hottest",
    label: "Hottest machine",
    description: "…",
    unit: "%",
    scale: 100,
    step: () => 0,
  };
  const runs = RUNS.map((run, i) => ({
    ...run,
    metrics: [...run.metrics, hottest],
    summary: { ...run.summary, hottest: i / 10 },
  }));
  const { layout, title } = tradeOff(runs, { y: "hottest" });
  expect(title.en).toBe("Hottest machine against migration traffic");
  expect(layout.yaxis).toMatchObject({ title: { en: "Hottest machine (%)" } });
  expect(() => tradeOff(RUNS, { y: "hottest" })).toThrow("unknown metric: hottest; known: ");
});
