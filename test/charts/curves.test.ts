import { describe, expect, it } from "vitest";
import { curvesFigure, plotted, scaleOf } from "../../src/charts/curves.js";
import { groupedBars } from "../../src/charts/grouped-bars.js";

const TEXT = { en: "x", zh: "横" };
const OPTIONS = {
  name: "some-curves",
  title: TEXT,
  caption: TEXT,
  x: { label: TEXT, unit: "%", scale: 100 },
  y: { label: TEXT, unit: "ms", scale: 1000 },
  series: TEXT,
};

describe("curvesFigure", () => {
  it("draws every point, scaled, and leaves out what a logarithmic axis cannot show", () => {
    const { data, table, layout } = curvesFigure(
      [{ name: { en: "a", zh: "甲" }, x: [0.5, 1], y: [0, 2], mode: "markers" }],
      { ...OPTIONS, yScale: "log" },
    );
    expect(data[0]).toMatchObject({ mode: "markers", x: [50, 100], y: [null, 2000] });
    expect(data[0].marker).toMatchObject({ maxdisplayed: 0 });
    expect(layout.yaxis).toMatchObject({ type: "log" });
    // The table keeps it.
    expect(table.columns.map(({ values }) => values)).toEqual([
      ["a", "a"],
      [50, 100],
      [0, 2000],
    ]);
  });

  it("refuses no curve", () => {
    expect(() => curvesFigure([], OPTIONS)).toThrow("no curve to draw: give at least one");
  });
});

describe("scales", () => {
  it("begin at 0 where linear, span the values where logarithmic, with ticks at decades once there are some", () => {
    expect(scaleOf("linear", [1, 2])).toEqual({ rangemode: "tozero" });
    const { range, dtick } = scaleOf("log", [0.01, 100, 0]) as { range: number[]; dtick: number };
    expect(range[0]).toBeLessThan(-2);
    expect(range[1]).toBeGreaterThan(2);
    expect(dtick).toBe(1);
    expect(scaleOf("log", [2, 4])).not.toHaveProperty("dtick");
    expect(scaleOf("log", [0])).toEqual({ type: "log" });
    expect(plotted([0, 1], "linear")).toEqual([0, 1]);
  });
});

describe("groupedBars", () => {
  const options = { ...OPTIONS, category: TEXT };

  it("has a trace a series and a bar a category", () => {
    const { data, table } = groupedBars(
      [TEXT, { en: "y", zh: "纵" }],
      [
        { name: { en: "a", zh: "甲" }, values: [1, 2] },
        { name: { en: "b", zh: "乙" }, values: [3, NaN] },
      ],
      options,
    );
    expect(data.map(({ y }) => y)).toEqual([
      [1000, 2000],
      [3000, null],
    ]);
    expect(table.columns[0].values).toEqual(["x", "y", "x", "y"]);
    expect(table.columns[1].values).toEqual(["a", "a", "b", "b"]);
  });

  it("refuses no bars, and values that are not one a category", () => {
    expect(() => groupedBars([TEXT], [], options)).toThrow("no bars to draw");
    expect(() => groupedBars([TEXT], [{ name: { en: "a", zh: "甲" }, values: [1, 2] }], options)).toThrow(
      "a has 2 values: give one for each of 1",
    );
  });
});
