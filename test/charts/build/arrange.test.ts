import { describe, expect, it } from "vitest";
import { arrange } from "../../../src/charts/build/arrange.js";
import { cells } from "../../../src/charts/build/cells.js";
import { lines } from "../../../src/charts/build/lines.js";
import { points } from "../../../src/charts/build/points.js";
import type { JsonObject } from "../../../src/charts/figure.js";
import { bold } from "../../../src/charts/plotly-text.js";
import { toPlotly } from "../../../src/charts/theme.js";
import { FIGURES } from "../every-figure.js";

const ROWS = ["gini-greedy", "threshold"].flatMap((policy) =>
  [1, 2, 3].map((time) => ({ policy, x: time, gini: 0.1 * time, migrationGb: 2 * time })),
);
const gini = lines(ROWS, { x: "x", y: "gini", color: "policy" });
const traffic = lines(ROWS, { x: "x", y: "migrationGb", color: "policy" });
const OPTIONS = { name: "both", title: "Both" };

const axesOf = (layout: JsonObject, letter: string): [string, JsonObject][] =>
  Object.entries(layout).filter(([key]) => new RegExp(`^${letter}axis\\d*$`).test(key)) as [
    string,
    JsonObject,
  ][];

describe("arrange", () => {
  it("puts every chart on axes of its own, in places that do not meet", () => {
    const charts = FIGURES.filter(({ layout, width }) => !("xtitle" in layout) && width === undefined);
    const whole = arrange(charts, { ...OPTIONS, across: 4 });
    const ids = (letter: string): string[] =>
      axesOf(whole.layout, letter).map(([key]) => key.replace("axis", ""));
    for (const { xaxis, yaxis } of whole.data) {
      expect(ids("x")).toContain(xaxis);
      expect(ids("y")).toContain(yaxis);
    }
    expect(whole.data).toHaveLength(charts.reduce((sum, { data }) => sum + data.length, 0));
    const boxes = axesOf(whole.layout, "y").map(([, { domain, anchor }]) => {
      const across = whole.layout[(anchor as string).replace("x", "xaxis")] as JsonObject | undefined;
      return [...((across?.domain ?? [0, 1]) as number[]), ...(domain as number[])];
    });
    for (const ends of boxes) for (const end of ends) expect(end).toBeGreaterThanOrEqual(-1e-9);
    for (const ends of boxes) for (const end of ends) expect(end).toBeLessThanOrEqual(1 + 1e-9);
    for (const [i, [a, b, c, d]] of boxes.entries())
      for (const [p, q, r, s] of boxes.slice(i + 1)) expect(a < q && p < b && c < s && r < d).toBe(false);
  });

  it("has one legend entry, or one name at a line's end, for each name", () => {
    const { data, layout } = toPlotly(arrange([gini, traffic], OPTIONS), { width: "page" });
    expect(data.filter(({ showlegend }) => showlegend)).toHaveLength(0);
    const names = (layout.annotations as JsonObject[]).map(({ text }) => text);
    expect(names.filter((text) => text === "gini-greedy")).toHaveLength(1);
    const narrow = arrange([gini, traffic, gini, traffic, gini, traffic], { ...OPTIONS, across: 6 });
    const shown = narrow.data.filter(({ showlegend }) => showlegend);
    // Entries of one group would stand one below the other, where the legend has no height for them.
    expect(shown.map(({ legendgroup }) => legendgroup)).toEqual(["gini-greedy", "threshold"]);
  });

  it("shares axes in rows and columns", () => {
    const charts = [gini, gini, traffic, traffic];
    const options = { ...OPTIONS, across: 2, share: "both" } as const;
    const { layout } = arrange(charts, { ...options, titles: ["One", "Two", "One", "Other"] });
    const [[, left], [, right]] = axesOf(layout, "y");
    expect(left).not.toHaveProperty("matches");
    expect(right).toMatchObject({ matches: "y", showticklabels: false });
    expect(layout.xaxis).toMatchObject({ showticklabels: false });
    expect(layout.xaxis3).toMatchObject({ matches: "x" });
    expect(layout.xaxis3).not.toHaveProperty("showticklabels");
    expect((layout.annotations as JsonObject[]).map(({ text }) => (text as { en: string }).en)).toEqual([
      `${bold("a")}  One`,
      `${bold("b")}  Two`,
      // The third chart shares axis and title with the first.
      `${bold("d")}  Other`,
    ]);
  });

  it("shares colors that are equal, and has a bar for each others", () => {
    const rows = [1, 2].flatMap((x) => [1, 2].map((y) => ({ x, y, fill: x * y })));
    const grid = (most: number) => cells(rows, { x: "x", y: "y", fill: "fill", ranges: { fill: [0, most] } });
    const { layout, data } = arrange([grid(1), grid(1), grid(5)], OPTIONS);
    expect(data.map(({ coloraxis }) => coloraxis)).toEqual(["coloraxis2", "coloraxis2", "coloraxis"]);
    expect(Object.keys(layout).filter((key) => key.startsWith("coloraxis"))).toHaveLength(2);
  });

  it("has the rows of all charts, by panel", () => {
    const { table } = arrange([gini, traffic], { ...OPTIONS, titles: ["Gini", "Traffic"] });
    expect(table.columns.map(({ name }) => name)).toEqual(["panel", "policy", "x", "gini", "migrationGb"]);
    expect(table.columns.map(({ values }) => values.length)).toEqual([12, 12, 12, 12, 12]);
    expect(table.columns[0].values).toEqual([
      ...new Array<string>(6).fill("Gini"),
      ...new Array<string>(6).fill("Traffic"),
    ]);
    expect(table.columns[3].values.slice(4)).toEqual([
      0.2,
      0.30000000000000004,
      ...new Array<null>(6).fill(null),
    ]);
  });

  it("says each sentence of the captions once, after the letters of their panels", () => {
    const [one, two] = ["Own.", "Other."].map((caption) => ({
      ...gini,
      caption: { en: `${caption} Trace of 2011.`, zh: "图。轨迹。" },
    }));
    expect(arrange([one, two], OPTIONS).caption).toEqual({
      en: "(a) Own. Trace of 2011. (b) Other.",
      zh: "(a) 图。轨迹。",
    });
  });

  it("refuses no chart, charts of a facet, unknown options and a wrong number of titles", () => {
    const faceted = points(ROWS, { x: "x", y: "gini", facet: "policy" });
    expect(() => arrange([], OPTIONS)).toThrow("no chart to arrange: give a list of at least one");
    expect(() => arrange([faceted], OPTIONS)).toThrow("has panels of a facet: give one chart for each");
    expect(() => arrange([arrange([gini, gini], OPTIONS)], OPTIONS)).toThrow("has panels of its own");
    expect(() => arrange([gini, traffic], { ...OPTIONS, share: "y" })).toThrow("cannot share an axis");
    expect(() => arrange([gini], { ...OPTIONS, across: 0 })).toThrow("across 0: give a whole number");
    expect(() => arrange([gini], { ...OPTIONS, aspect: NaN })).toThrow("aspect NaN: give a number above 0");
    expect(() => arrange([gini], { ...OPTIONS, titles: [] })).toThrow("0 titles for 1 charts");
    expect(() => arrange([gini], { ...OPTIONS, acros: 2 } as never)).toThrow("did you mean across");
  });
});
