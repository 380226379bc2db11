import { from } from "arquero";
import { describe, expect, it } from "vitest";
import { lines } from "../../../src/charts/build/lines.js";
import type { Words } from "../../../src/charts/figure.js";
import { InputError } from "../../../src/base/errors.js";

const ROWS = [
  { time: 0, policy: "b", gini: 0.5 },
  { time: 3600, policy: "b", gini: NaN },
  { time: 7200, policy: "b", gini: 0.25 },
  { time: 7200, policy: "a", gini: 0.125 },
  { time: 0, policy: "a", gini: null },
  { time: 3600, policy: "a", gini: 0.375 },
];
const COLUMNS = { x: "time", y: "gini", color: "policy" } as const;

describe("lines", () => {
  it("draws a line for each value of color, in order of first appearance and of x, with gaps", () => {
    const { data, layout } = lines(ROWS, COLUMNS);
    expect(data.map(({ name, x, y, showlegend }) => [name, x, y, showlegend])).toEqual([
      [{ en: "b", zh: "b" }, [0, 1, 2], [0.5, null, 0.25], true],
      [{ en: "a", zh: "a" }, [0, 1, 2], [null, 0.375, 0.125], true],
    ]);
    // Seconds are converted to hours.
    expect(layout.xaxis).toMatchObject({ title: { en: "Time (hours)" }, range: [0, 2], dtick: 0.5 });
    expect(layout.yaxis).toMatchObject({ title: { en: "Gini coefficient", zh: "基尼系数" } });
  });

  it("draws the same from an arquero table, with its filter and order", () => {
    const table = from(ROWS)
      .filter((row: { policy: string }) => row.policy === "a")
      .orderby("gini");
    const { data } = lines(table, COLUMNS);
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ x: [0, 1, 2], y: [null, 0.375, 0.125] });
  });

  it("names and describes itself, and keeps the rows behind it", () => {
    const { name, title, caption, table } = lines(ROWS, COLUMNS);
    expect(name).toBe("gini-over-time-by-policy");
    expect(title).toEqual({ en: "Gini coefficient over time", zh: "基尼系数随时间的变化" });
    expect(caption.en).toBe("Gini coefficient over time. One line for each value of policy.");
    expect(table.columns.map((column) => [column.name, column.unit, column.values])).toEqual([
      ["policy", "", ["b", "b", "b", "a", "a", "a"]],
      ["time", "h", [0, 1, 2, 0, 1, 2]],
      ["gini", "", [0.5, null, 0.25, null, 0.375, 0.125]],
    ]);
  });

  it("takes user-defined texts, and scales values as a label says", () => {
    const rows = [
      { hot: 0.7, cost: 2 },
      { hot: 0.9, cost: 4 },
    ];
    const { title, caption, layout, data, table, provenance } = lines(rows, {
      x: "hot",
      y: "cost",
      title: "What heat costs",
      source: "Ten runs.",
      labels: { hot: { label: "Threshold", unit: "%", scale: 100 }, cost: "Cost" },
    });
    expect(title).toEqual({ en: "What heat costs", zh: "What heat costs" });
    expect([caption.en, provenance?.en]).toEqual(["What heat costs.", "Ten runs."]);
    expect(layout.xaxis).toMatchObject({ title: { en: "Threshold (%)", zh: "Threshold（%）" } });
    expect(data[0]).toMatchObject({ x: [70, 90], y: [2, 4], name: { en: "Cost", zh: "Cost" } });
    expect(table.columns[0]).toMatchObject({ name: "hot", unit: "%", values: [70, 90] });
  });

  it("keeps a metric's unit under a user-defined label", () => {
    const { layout, data } = lines([{ time: 0, utilization: 0.5 }], {
      x: "time",
      y: "utilization",
      labels: { utilization: "Busy" },
    });
    expect(layout.yaxis).toMatchObject({ title: { en: "Busy (%)" } });
    expect(data[0].y).toEqual([50]);
  });

  it("puts categories in the given order, and shows their names", () => {
    const { data } = lines(ROWS, { ...COLUMNS, order: { policy: ["c", "a"] }, names: { a: "Alpha" } });
    expect(data.map(({ name }) => (name as { en: string }).en)).toEqual(["Alpha", "b"]);
  });

  it("takes names from objects with additional keys", () => {
    const { data } = lines(ROWS, { ...COLUMNS, names: { a: { en: "Alpha", zh: "甲", unit: "s" } as Words } });
    expect(data.map(({ name }) => name)).toContainEqual({ en: "Alpha", zh: "甲" });
  });

  it("averages a long line and says so", () => {
    const rows = Array.from({ length: 1201 }, (_, i) => ({ time: 300 * i, x: i, waiting: i }));
    const timed = lines(rows, { x: "time", y: "waiting" });
    expect((timed.data[0].y as number[]).slice(0, 2)).toEqual([2, 7]);
    expect(timed.data[0].y).toHaveLength(241);
    // The last of 1201 steps lasts 5 minutes.
    expect(timed.layout.xaxis).toMatchObject({ range: [0, (1201 * 300) / 86_400] });
    expect(timed.caption.en).toContain("Each point is the mean of 5 steps (25 min).");
    expect(timed.table.columns[1].values).toHaveLength(241);
    expect(lines(rows, { x: "x", y: "waiting" }).caption.en).toContain("the mean of 5 neighboring rows");
  });

  it("draws intervals", () => {
    const rows = [{ x: 1, y: 4, low: 3, high: 6 }];
    const { data, caption } = lines(rows, { x: "x", y: "y", low: "low", high: "high" });
    expect(data[0].error_y).toMatchObject({ array: [2], arrayminus: [1] });
    expect(caption.en).toContain("Error bars: low to high.");
  });

  it("leaves out values of 0 or less on a logarithmic axis, and says so", () => {
    const rows = [1.234, 0, 100].map((y, x) => ({ x, y }));
    const { data, layout, caption } = lines(rows, { x: "x", y: "y", scales: { y: "log" } });
    expect(data[0].y).toEqual([1.234, null, 100]);
    // The axis holds both with some room, and has one tick per decade.
    const { range, ...axis } = layout.yaxis as { range: [number, number] };
    expect(axis).toMatchObject({ type: "log", dtick: 1 });
    expect(range[0]).toBeLessThan(Math.log10(1.234));
    expect(range[1]).toBeGreaterThan(2);
    expect(caption.en).toContain("What is not above 0");
  });

  it("has its ticks on a logarithmic axis at the settings, where these are few", () => {
    const rows = [1, 2, 4, 16].map((x) => ({ x, y: x }));
    const { layout } = lines(rows, { x: "x", y: "y", scales: { x: "log" } });
    expect(layout.xaxis).toMatchObject({ tickvals: [1, 2, 4, 16], ticktext: ["1", "2", "4", "16"] });
  });

  it("says on the chart and in its caption that there are no values", () => {
    const { layout, caption } = lines([{ time: 0, gini: NaN }], { x: "time", y: "gini" });
    expect(layout.annotations).toMatchObject([{ text: { en: "No values" } }]);
    expect(caption.en).toContain("There are no values to draw.");
  });

  it("takes ranges in the table's units", () => {
    const ranges = { time: [0, 7200], gini: [0.1, 0.5] } as const;
    const { layout } = lines(ROWS, { ...COLUMNS, ranges });
    expect([layout.xaxis, layout.yaxis]).toMatchObject([{ range: [0, 2] }, { range: [0.1, 0.5] }]);
  });

  it("puts words on x", () => {
    const rows = ["small", "large"].map((size, i) => ({ size, cost: i }));
    const { data, layout } = lines(rows, { x: "size", y: "cost" });
    expect(data[0].x).toEqual([0, 1]);
    expect(layout.xaxis).toMatchObject({ ticktext: [{ en: "small" }, { en: "large" }] });
  });
});

describe("panels", () => {
  const rows = [0.7, 0.8, 0.9].flatMap((hot) => ROWS.map((row) => ({ ...row, hot })));

  it("share their axes, have titles, and one legend", () => {
    const { data, layout, table, caption } = lines(rows, { ...COLUMNS, facet: "hot" });
    expect(data.map(({ xaxis, yaxis, showlegend }) => [xaxis, yaxis, showlegend])).toEqual([
      ["x", "y", true],
      ["x", "y", true],
      ["x2", "y2", false],
      ["x2", "y2", false],
      ["x3", "y3", false],
      ["x3", "y3", false],
    ]);
    expect(layout.yaxis3).toMatchObject({ matches: "y", showticklabels: false });
    expect((layout.yaxis3 as { range: number[] }).range).toEqual((layout.yaxis as { range: number[] }).range);
    expect((layout.annotations as { text: { en: string } }[]).map(({ text }) => text.en)).toEqual([
      "hot: 0.7",
      "hot: 0.8",
      "hot: 0.9",
    ]);
    expect(caption.en).toContain("One panel for each value of hot.");
    expect(table.columns.map(({ name }) => name)).toEqual(["policy", "hot", "time", "gini"]);
  });

  it("leaves out a panel without values, and says so", () => {
    const some = rows.map((row) => (row.hot === 0.8 ? { ...row, gini: NaN } : row));
    const { data, caption } = lines(some, { ...COLUMNS, facet: "hot" });
    expect(new Set(data.map(({ xaxis }) => xaxis))).toEqual(new Set(["x", "x2"]));
    expect(caption.en).toContain("Without values, so without a panel: 0.8.");
  });

  it("are one per column where there are several y", () => {
    const wide = ROWS.map((row) => ({ ...row, jain: 0.5 }));
    const { data, layout, table } = lines(wide, { ...COLUMNS, y: ["gini", "jain"] });
    expect(data.map(({ yaxis, showlegend }) => [yaxis, showlegend])).toEqual([
      ["y", true],
      ["y", true],
      ["y2", false],
      ["y2", false],
    ]);
    expect(layout.yaxis2).toMatchObject({ title: { en: "Jain's index" } });
    expect(table.columns.map(({ name }) => name)).toEqual(["policy", "time", "gini", "jain"]);
  });
});

describe("what cannot be drawn", () => {
  const refuses = (draw: () => unknown, message: string): void => {
    expect(draw).toThrow(new InputError(message));
  };

  it("is a missing column, with the nearest existing one", () => {
    refuses(
      () => lines(ROWS, { ...COLUMNS, y: "ginny" }),
      "no column ginny (did you mean gini?): the table has time, policy, gini",
    );
    refuses(
      () => lines(ROWS, { ...COLUMNS, labels: { polcy: "Policy" } }),
      "no column polcy (did you mean policy?): the table has time, policy, gini",
    );
  });

  it("is a column of the wrong type, or without values", () => {
    refuses(
      () => lines(ROWS, { ...COLUMNS, y: "policy" }),
      'column policy holds words ("b"): y of lines needs numbers',
    );
    refuses(
      () => lines([{ time: NaN, gini: 1 }], { x: "time", y: "gini" }),
      "column time has no values: x of lines needs some",
    );
    refuses(
      () => lines([{ time: new Date(0), gini: 1 }], { x: "time", y: "gini" }),
      "column time, row 1 holds a date: give seconds, or words",
    );
  });

  it("is no table and no row", () => {
    refuses(() => lines([], COLUMNS), "no rows to draw: the table is empty");
    refuses(
      () => lines({} as never, COLUMNS),
      "not a table: give an arquero table or an array with one object per row",
    );
  });

  it("is two points of a line at one x, unless `stairs` is set", () => {
    const twice = [...ROWS, { time: 0, policy: "b", gini: 0.1 }];
    refuses(
      () => lines(twice, COLUMNS),
      "lines: several rows of b at time 0: give a column that separates them as facet, or group by " +
        "time first",
    );
    refuses(
      () => lines(ROWS, { x: "time", y: "gini" }),
      "lines: several rows at time 0: give a column that separates them as color or facet, or group by " +
        "time first",
    );
    expect(lines(twice, { ...COLUMNS, stairs: true }).data[0].x).toEqual([0, 0, 1, 2]);
  });

  it("is an interval of several y columns", () => {
    const ends = { low: "gini", high: "gini" };
    refuses(
      () => lines(ROWS, { ...COLUMNS, ...ends, y: ["gini", "time"] }),
      "lines: low and high need a single y column, but there are 2",
    );
  });

  it("is half an interval, and a value outside its interval", () => {
    refuses(() => lines(ROWS, { ...COLUMNS, low: "gini" }), "only low of the interval: give low and high");
    refuses(
      () => lines([{ x: 1, y: 2, l: 3, h: 4 }], { x: "x", y: "y", low: "l", high: "h" }),
      "row 1: y 2 is not in its interval 3 to 4",
    );
  });

  it("is an unknown option, and a missing x or y", () => {
    expect(() => lines(ROWS, { ...COLUMNS, colour: "policy" } as never)).toThrow(
      /^lines: unknown option colour \(did you mean color\?\); there are x, y, color, low, high, stairs, reference, facet, /,
    );
    refuses(() => lines(ROWS, { x: "time" } as never), "lines: no y given: name a column");
  });
});
