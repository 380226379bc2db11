import { describe, expect, it } from "vitest";
import { bands } from "../../../src/charts/build/bands.js";
import { bars } from "../../../src/charts/build/bars.js";
import { cells } from "../../../src/charts/build/cells.js";
import { intervals } from "../../../src/charts/build/intervals.js";
import { points } from "../../../src/charts/build/points.js";
import type { JsonObject } from "../../../src/charts/figure.js";
import { InputError } from "../../../src/base/errors.js";

const tickWords = (axis: unknown): string[] =>
  (axis as { ticktext: { en: string }[] }).ticktext.map(({ en }) => en);

describe("bands", () => {
  const rows = [1, 2, 3, 4].map((x) => ({ x, low: x === 3 ? null : x, mid: x + 1, high: x + 2, of: "a" }));

  it("outlines each stretch without a gap, below its line", () => {
    const { data } = bands(rows, { x: "x", y: "mid", low: "low", high: "high", color: "of" });
    expect(data.map(({ fill, x, y, showlegend }) => [fill, x, y, showlegend])).toEqual([
      ["toself", [1, 2, 2, 1, null, 4, 4], [1, 2, 4, 3, null, 4, 6], false],
      [undefined, [1, 2, 3, 4], [2, 3, 4, 5], true],
    ]);
  });

  it("can have no line; the axis is then named after both ends", () => {
    const { data, layout, caption } = bands(rows, { x: "x", low: "low", high: "high" });
    expect(data.map(({ fill, showlegend }) => [fill, showlegend])).toEqual([["toself", true]]);
    expect(layout.yaxis).toMatchObject({ title: { en: "low to high" } });
    expect(caption.en).toContain("Shaded: low to high.");
  });
});

describe("points", () => {
  const rows = [
    { cost: 1, gini: 0.5, policy: "gini-greedy", isBest: true, low: 0.4, high: 0.75 },
    { cost: 3, gini: 0.25, policy: "threshold", isBest: false, low: 0.25, high: 0.25 },
  ];

  it("have colors and intervals, and are hollow where a column says so", () => {
    const columns = { x: "cost", y: "gini", color: "policy", low: "low", high: "high", hollow: "isBest" };
    const { data, table } = points(rows, columns);
    expect(data.map(({ x, y }) => [x, y])).toEqual([
      [[1], [0.5]],
      [[3], [0.25]],
    ]);
    const [first, second] = data.map(({ marker }) => marker as JsonObject);
    expect(first).toMatchObject({ color: ["#ffffff"], line: { color: "#0072B2" } });
    expect(second).toMatchObject({ color: "#D55E00" });
    expect(data[0].error_y).toMatchObject({ array: [0.25], arrayminus: [expect.closeTo(0.1, 12)] });
    expect(table.columns.map(({ name }) => name)).toEqual([
      "policy",
      "cost",
      "gini",
      "low",
      "high",
      "isBest",
    ]);
  });

  it("stand side by side where an axis holds words", () => {
    const placed = ["small", "large"].flatMap((size) => rows.map((row) => ({ ...row, size })));
    const { data, layout } = points(placed, { x: "size", y: "gini", color: "policy" });
    expect(data.map(({ x }) => x)).toEqual([
      [-0.1, 0.9],
      [0.1, 1.1],
    ]);
    expect(tickWords(layout.xaxis)).toEqual(["small", "large"]);
  });

  it("refuses words that do not say whether a point is hollow", () => {
    expect(() => points(rows, { x: "cost", y: "gini", hollow: "policy" })).toThrow(
      new InputError('column policy holds "gini-greedy": hollow needs true or false'),
    );
  });
});

describe("bars", () => {
  const rows = [
    { policy: "a", moved: 1, by: "dsm" },
    { policy: "b", moved: 0, by: "dsm" },
    { policy: "b", moved: 4, by: "vm" },
  ];

  it("stand in a place for each word, side by side", () => {
    const { data, layout } = bars(rows, { x: "policy", y: "moved", color: "by" });
    expect(data.map(({ x, y }) => [x, y])).toEqual([
      [
        [0, 1],
        [1, 0],
      ],
      [[1], [4]],
    ]);
    expect(layout).toMatchObject({ barmode: "group", yaxis: { rangemode: "tozero" } });
  });

  it("are horizontal where words are on y, and begin at a base", () => {
    const { data, layout } = bars(rows.slice(0, 2), { x: "moved", y: "policy", base: 0.5 });
    expect(data[0]).toMatchObject({ orientation: "h", x: [0.5, -0.5], y: [0, 1], base: 0.5 });
    // The first word is on top.
    expect(layout.yaxis).toMatchObject({ range: [1.5, -0.5] });
  });

  it("have no length on a logarithmic axis where they are 0", () => {
    const { data } = bars(rows.slice(0, 2), { x: "policy", y: "moved", scales: { moved: "log" } });
    expect(data[0].y).toEqual([1, null]);
  });

  it("take numbers as places, in their own order", () => {
    const { layout } = bars(
      [8, 2].map((n) => ({ n, y: n })),
      { x: "n", y: "y", order: { n: [2, 8] } },
    );
    expect(tickWords(layout.xaxis)).toEqual(["2", "8"]);
  });

  it("refuse a second bar in one place", () => {
    expect(() => bars(rows, { x: "policy", y: "moved" })).toThrow(
      "bars: several rows at policy b: give a column that separates them as color or facet, or group " +
        "by policy first",
    );
  });
});

describe("cells", () => {
  const rows = [
    { x: 2, y: "b", n: 0.5 },
    { x: 1, y: "a", n: 0.25 },
    { x: 1, y: "b", n: 1 },
  ];

  it("color each pair, and leave a missing one white", () => {
    const { data, layout } = cells(rows, { x: "x", y: "y", fill: "n", ranges: { n: [0, 1] } });
    // The rows of z follow the values of y in order of first appearance, b before a.
    expect(data[0]).toMatchObject({
      x: [1, 2],
      y: [0, 1],
      z: [
        [1, 0.5],
        [0.25, null],
      ],
    });
    expect(layout.coloraxis).toMatchObject({ cmin: 0, cmax: 1 });
    expect(tickWords(layout.yaxis)).toEqual(["b", "a"]);
    // The axis shows whole cells: 1 and 2 extend by half a cell.
    expect(layout.xaxis).toMatchObject({ range: [0.5, 2.5] });
  });

  it("are named after what is filled, intervals after what is estimated", () => {
    const { name, title } = cells(rows, { x: "x", y: "y", fill: "n" });
    expect([name, title.en]).toEqual(["n-by-y-by-x", "n by y and x"]);
    const forest = intervals([{ policy: "a", d: 1, low: 0, high: 2 }], {
      y: "policy",
      x: "d",
      low: "low",
      high: "high",
    });
    expect([forest.name, forest.title.en]).toEqual(["d-by-policy", "d by policy"]);
  });

  it("have no panel without a number", () => {
    const faceted = [...rows.map((row) => ({ ...row, of: "full" })), { x: 1, y: "a", n: NaN, of: "empty" }];
    const { data, caption } = cells(faceted, { x: "x", y: "y", fill: "n", facet: "of" });
    expect(data).toHaveLength(1);
    expect(caption.en).toContain("Without values, so without a panel: empty.");
  });

  it("refuse two rows of one cell, and more cells than can be seen", () => {
    expect(() => cells([...rows, rows[0]], { x: "x", y: "y", fill: "n" })).toThrow(
      new InputError("row 4: another row has the same cell: give facet, or group by x and y first"),
    );
    const scattered = Array.from({ length: 1001 }, (_, i) => ({ x: i, y: i, n: i }));
    expect(() => cells(scattered, { x: "x", y: "y", fill: "n" })).toThrow(
      new InputError("x by y makes 1001 by 1001 cells: bin one of them first"),
    );
  });
});

describe("intervals", () => {
  const rows = [
    { policy: "a", d: -1, low: -3, high: 0, verdict: "no" },
    { policy: "b", d: 2, low: 1, high: 4, verdict: "yes" },
  ];
  const columns = { y: "policy", x: "d", low: "low", high: "high" };

  it("have a row for each word, the first on top, and a line at the reference", () => {
    const { data, layout } = intervals(rows, { ...columns, color: "verdict", reference: 0 });
    expect(data.map(({ x, y }) => [x, y])).toEqual([
      [[-1], [0]],
      [[2], [1]],
    ]);
    expect(data[1].error_x).toMatchObject({ array: [2], arrayminus: [1] });
    expect(layout.yaxis).toMatchObject({ range: [1.5, -0.5] });
    expect(layout.shapes).toMatchObject([{ x0: 0, x1: 0 }]);
    expect(intervals(rows, columns).layout.shapes).toBeUndefined();
  });

  it("take looks", () => {
    const looks = { no: { color: "#9a9a9a", symbol: "circle-open" } };
    const { data } = intervals(rows, { ...columns, color: "verdict", looks });
    expect(data[0].marker).toMatchObject({ color: "#9a9a9a", symbol: "circle-open" });
  });
});
