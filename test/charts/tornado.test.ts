import { describe, expect, it } from "vitest";
import { tornadoChart } from "../../src/charts/tornado.js";
import { EFFECTS } from "./made-up-swings.js";

const OPTIONS = { caption: { en: "Usage modelled.", zh: "用量为建模所得。" } };

describe("tornadoChart", () => {
  it("has the widest swing at the top, bars from the base to the settings, and a line at the base", () => {
    const { data, layout } = tornadoChart(EFFECTS.slice(3).concat(EFFECTS.slice(0, 3)), OPTIONS);
    expect((layout.yaxis as { ticktext: { en: string }[] }).ticktext.map(({ en }) => en)).toEqual([
      "LC rule",
      "Sharing",
      "Staleness<br>(steps)",
    ]);
    // First settings, then second ones.
    expect(data.map(({ base, x }) => [base, (x as number[]).map((by) => Math.round(100 * by))])).toEqual([
      [-0.1, [6, 0, 0]],
      [-0.1, [-4, 5, 2]],
    ]);
    expect(data.map(({ y }) => y)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect((layout.yaxis as { range: number[] }).range).toEqual([2.5, -0.5]);
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

  it("leaves room for the settings at both sides, whatever the scale", () => {
    const { layout } = tornadoChart(EFFECTS, OPTIONS);
    const [from, to] = (layout.xaxis as { range: [number, number] }).range;
    // An em is about a 22nd of the panel; a Latin letter takes about half an em.
    const em = (to - from) / 22;
    expect(from).toBeLessThan(-0.15 - "priority>=9".length * 0.5 * em);
    expect(to).toBeGreaterThan(-0.03 + "class==3".length * 0.5 * em);
  });

  it("draws in the metric's unit", () => {
    expect(tornadoChart(EFFECTS, { ...OPTIONS, metric: "lcHarmed" }).data[0].base).toBe(-10);
  });

  it("refuses no rows, no base and a missing column", () => {
    expect(() => tornadoChart(EFFECTS.filter("false"), OPTIONS)).toThrow(
      "no rows to draw: the table is empty",
    );
    expect(() => tornadoChart(EFFECTS.slice(1), OPTIONS)).toThrow("no row of the base among the effects");
    expect(() => tornadoChart(EFFECTS.select("assumption"), OPTIONS)).toThrow(
      "no column setting: the table has assumption",
    );
  });
});
