import { describe, expect, it } from "vitest";
import { bars } from "../../../src/charts/build/bars.js";
import { choose } from "../../../src/charts/build/choose.js";
import { lines } from "../../../src/charts/build/lines.js";
import type { Figure, JsonObject } from "../../../src/charts/figure.js";
import { toLive } from "../../../src/charts/live/live.js";
import { toPlotly } from "../../../src/charts/theme.js";

const rows = ["a", "b"].flatMap((policy, p) =>
  [0, 3600].map((time) => ({ policy, time, gini: 0.1 * p + time / 7200, traffic: p + time })),
);
const over = (y: string): Figure => lines(rows, { x: "time", y, color: "policy", title: `The ${y}` });

it("has a title above everything, whose room no panel loses", () => {
  const still = toPlotly(over("gini"), { width: "screen" }).layout;
  const { layout } = toLive(over("gini"));
  expect(layout.title).toMatchObject({ text: "The gini", xanchor: "left" });
  const room = (layout.margin as { t: number }).t - (still.margin as { t: number }).t;
  expect(room).toBeGreaterThan(13);
  expect(Number(layout.height) - Number(still.height)).toBe(room);
});

describe("the hover line", () => {
  it("goes through all lines, with the place in its head and the value of each", () => {
    const { data, layout } = toLive(over("gini"));
    expect(layout.hovermode).toBe("x unified");
    expect(layout.xaxis).toMatchObject({ unifiedhovertitle: { text: "%{x:.2f} h" } });
    expect(data.map(({ hovertemplate }) => hovertemplate)).toEqual(
      data.map(() => "%{fullData.name}: %{y:.4~g}<extra></extra>"),
    );
  });

  it("goes through all panels, and names their quantities", () => {
    const { data } = toLive(lines(rows, { x: "time", y: ["gini", "traffic"], color: "policy" }));
    expect(data.map(({ hovertemplate }) => hovertemplate)).toEqual([
      ...["a", "b"].map(() => "%{fullData.name}, Gini coefficient: %{y:.4~g}<extra></extra>"),
      ...["a", "b"].map(() => "%{fullData.name}, traffic: %{y:.4~g}<extra></extra>"),
    ]);
  });

  it("is not there for bars, and for a single line", () => {
    const one = lines(rows.slice(0, 2), { x: "time", y: "gini" });
    for (const figure of [bars(rows.slice(0, 1), { x: "policy", y: "gini" }), one]) {
      expect(toLive(figure).layout.hovermode).toBe("closest");
    }
  });
});

describe("the menu", () => {
  const figure = choose([over("gini"), over("traffic")], { label: "Metric", shown: 1, names: ["G", "T"] });
  const live = toLive(figure);
  const [menu] = live.layout.updatemenus as {
    active: number;
    buttons: { label: string; args: [{ visible: boolean[] }, JsonObject] }[];
  }[];

  it("names the charts, and shows the traces and the axes of the chosen one only", () => {
    expect(menu.active).toBe(1);
    expect(menu.buttons.map(({ label }) => label)).toEqual(["Metric: G", "Metric: T"]);
    expect(live.data.map(({ visible }) => visible)).toEqual([false, false, true, true]);
    expect(menu.buttons.map(({ args }) => args[0].visible)).toEqual([
      [true, true, false, false],
      [false, false, true, true],
    ]);
    expect(menu.buttons[0].args[1]).toMatchObject({ title: { text: "The gini" } });
    expect(menu.buttons[0].args[1].yaxis).toEqual({
      ...(toLive(over("gini")).layout.yaxis as JsonObject),
    });
    expect(live.layout.yaxis).toEqual(toLive(over("traffic")).layout.yaxis);
  });

  it("hides axes and removes notes that the chosen chart does not have", () => {
    const noted = { ...over("gini"), layout: { ...over("gini").layout, shapes: [{ type: "line" }] } };
    const two = lines(rows, { x: "time", y: ["gini", "traffic"], color: "policy" });
    const { layout } = toLive(choose([noted, two]));
    const [{ buttons }] = layout.updatemenus as { buttons: { args: [object, JsonObject] }[] }[];
    expect(buttons[0].args[1].yaxis2).toEqual({ visible: false });
    expect(buttons[1].args[1].shapes).toEqual([]);
    expect(layout.yaxis2).toEqual({ visible: false });
  });

  it("has the sentence and the caption of each chart", () => {
    expect(live.texts.map(({ caption }) => caption)).toEqual(
      [over("gini"), over("traffic")].map(({ caption }) => caption.en),
    );
    expect(toLive(over("gini")).texts).toHaveLength(1);
  });

  it("moves with one slider, where all charts have the same steps", () => {
    const moving = (y: string, values: number[]): Figure => ({
      ...over(y),
      animation: {
        label: { en: "Time", zh: "时间" },
        shown: 0,
        steps: [1, 2].map((hour) => ({
          name: { en: `${hour}`, zh: `${hour}` },
          changes: values.map((value) => ({ y: [value * hour] })),
        })),
      },
    });
    const { frames } = toLive(choose([moving("gini", [1, 2]), moving("traffic", [3, 4])]));
    expect(frames?.[1]).toMatchObject({
      data: [{ y: [2] }, { y: [4] }, { y: [6] }, { y: [8] }],
      traces: [0, 1, 2, 3],
    });
    expect(toLive(choose([moving("gini", [1, 2]), over("traffic")])).frames).toBeUndefined();
  });
});
