import { describe, expect, it } from "vitest";
import { lines } from "../../../src/charts/build/lines.js";
import { overlay } from "../../../src/charts/build/overlay.js";
import { paperTable } from "../../../src/charts/build/paper-table.js";
import { points } from "../../../src/charts/build/points.js";
import { InputError } from "../../../src/base/errors.js";

const ROWS = [
  { policy: "a", utilization: 0.5 },
  { policy: "b", utilization: NaN },
];

it("overlay draws the marks of one chart over another, whose texts and rows stay", () => {
  const below = lines(
    [1, 2].map((x) => ({ x, y: x })),
    { x: "x", y: "y" },
  );
  const above = points([{ x: 1, y: 2 }], { x: "x", y: "y" });
  const both = overlay(below, above);
  expect(both.data.map(({ mode, x }) => [mode, x])).toEqual([
    ["lines+markers", [1, 2]],
    ["markers", [1]],
  ]);
  expect({ ...both, data: [] }).toEqual({ ...below, data: [] });
});

it("overlay refuses a chart with other panels", () => {
  const rows = [1, 2].map((x) => ({ x, y: x, group: `g${x}` }));
  const one = lines(rows, { x: "x", y: "y", name: "one" });
  const two = lines(rows, { x: "x", y: "y", facet: "group", name: "two" });
  expect(() => overlay(one, two)).toThrow(
    new InputError("overlay: two has other panels than one; give both the same"),
  );
  expect(() => overlay(two, one)).toThrow("overlay: one has other panels than two");
  expect(overlay(two, two).data).toHaveLength(4);
});

describe("paperTable", () => {
  it("has the requested columns, in common units", () => {
    const { columns, caption } = paperTable(ROWS, {
      name: "mine",
      caption: "My table.",
      columns: ["utilization", "policy"],
      labels: { policy: "Rule" },
    });
    expect(caption).toEqual({ en: "My table.", zh: "My table." });
    expect(columns.map(({ label, unit, values }) => [label.en, unit, values])).toEqual([
      ["CPU utilization", "%", [50, null]],
      ["Rule", "", ["a", "b"]],
    ]);
  });

  it("refuses a missing column", () => {
    expect(() => paperTable(ROWS, { name: "mine", caption: "", columns: ["rule"] })).toThrow(
      new InputError("no column rule: the table has policy, utilization"),
    );
  });
});
