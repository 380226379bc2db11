import { describe, expect, it } from "vitest";
import { tornadoChart } from "../../src/charts/tornado.js";
import { EFFECTS } from "./made-up-swings.js";

const OPTIONS = { caption: { en: "Usage modelled.", zh: "用量为建模所得。" } };

describe("tornadoChart", () => {
  it("has the widest swing on top, bars from the base to the settings, and a line at the base", () => {
    const { data, layout } = tornadoChart(EFFECTS.slice(3).concat(EFFECTS.slice(0, 3)), OPTIONS);
    expect((layout.yaxis as { ticktext: { en: string }[] }).ticktext.map(({ en }) => en)).toEqual([
      "LC rule",
      "Sharing",
      "Staleness<br>(steps)",
    ]);
    expect(data.map(({ name, base, x }) => [name, base, Math.round(100 * (x as number[])[0])])).toEqual([
      ["class==3", -0.1, 6],
      ["priority>=9", -0.1, -4],
      ["lc-first", -0.1, 0],
      ["fair", -0.1, 5],
      ["0", -0.1, 0],
      ["6", -0.1, 2],
    ]);
    const heights = data.map(({ y }) => (y as number[])[0]);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    expect(layout.shapes).toMatchObject([{ x0: -0.1, x1: -0.1 }]);
  });

  it("writes each setting beyond the end of its interval, away from the base", () => {
    const { layout } = tornadoChart(EFFECTS, OPTIONS);
    expect(layout.annotations).toMatchObject([
      { text: "class==3", x: -0.03, xanchor: "left" },
      { text: "priority&gt;=9", x: -0.15, xanchor: "right" },
      { text: "lc-first" },
      { text: "fair" },
      { text: "0" },
      { text: "6" },
    ]);
  });

  it("draws in the figure's own unit", () => {
    expect(tornadoChart(EFFECTS, { ...OPTIONS, metric: "lcHarmed" }).data[0].base).toBe(-10);
  });

  it("refuses no rows, no base and a column that is not there", () => {
    expect(() => tornadoChart(EFFECTS.filter("false"), OPTIONS)).toThrow(
      "no rows to draw: the table is empty",
    );
    expect(() => tornadoChart(EFFECTS.slice(1), OPTIONS)).toThrow("no row of the base among the effects");
    expect(() => tornadoChart(EFFECTS.select("assumption"), OPTIONS)).toThrow(
      "no column setting in the table",
    );
  });
});
