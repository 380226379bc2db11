import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/charts/figure.js";
import { seriesStyle } from "../../src/charts/looks.js";
import { toPlotly } from "../../src/charts/theme.js";
import type { Width } from "../../src/charts/widths.js";
import { lines } from "../../src/charts/build/lines.js";
import { overlay } from "../../src/charts/build/overlay.js";
import { TITLES, titledFigure } from "./titled-figure.js";

const figure = lines(
  ["a", "b"].flatMap((policy, i) => [1, 2].map((x) => ({ x, gini: x + i, policy }))),
  { x: "x", y: "gini", color: "policy", title: { en: "Evenness", zh: "均衡程度" } },
);

describe("toPlotly", () => {
  it("is 3.33, 7 or 10 inches wide at 96 pixels per inch", () => {
    const widths = (["column", "page", "slide"] as const).map(
      (width) => toPlotly(figure, { width }).layout.width,
    );
    expect(widths).toEqual([320, 672, 960]);
  });

  it("puts a title only on slides, because a paper has it in the caption", () => {
    expect(toPlotly(figure).layout.title).toBeUndefined();
    expect(toPlotly(figure, { width: "slide", language: "zh" }).layout.title).toMatchObject({
      text: "均衡程度",
    });
  });

  it("draws wider lines on slides and does not change the chart", () => {
    const before = JSON.stringify(figure);
    const lineOf = (width: Width): number =>
      Number((toPlotly(figure, { width }).data[0].line as JsonObject).width);
    expect(lineOf("column")).toBeCloseTo(1.3, 12);
    expect(lineOf("slide")).toBeCloseTo(1.3 * 1.9, 12);
    expect(JSON.stringify(figure)).toBe(before);
  });

  it("has a legend for several series, and for a single one only beside names in the panel", () => {
    const one = lines([{ x: 1, y: 2 }], { x: "x", y: "y" });
    const named = overlay(figure, lines([{ x: 1, gini: 2 }], { x: "x", y: "gini", series: "Measured" }));
    expect(toPlotly(one).layout.showlegend).toBe(false);
    expect(toPlotly(figure).layout.showlegend).toBe(false);
    const { layout, data } = toPlotly(named);
    expect(layout.showlegend).toBe(true);
    expect(data.filter(({ showlegend }) => showlegend !== false).map(({ name }) => name)).toEqual([
      "Measured",
    ]);
  });

  it("makes a chart taller for a longer legend, not its plot lower", () => {
    const more = {
      ...figure,
      data: [...figure.data, ...Array.from({ length: 8 }, () => ({ name: "one more policy" }))],
    };
    const [few, many] = [figure, more].map((each) => toPlotly(each).layout);
    const plot = (layout: JsonObject): number => {
      const { t, b } = layout.margin as { t: number; b: number };
      return Number(layout.height) - t - b;
    };
    expect(plot(many)).toBe(plot(few));
    expect(Number(many.height)).toBeGreaterThan(Number(few.height));
  });

  it.each(["column", "page", "slide"] as const)(
    "keeps every title, a string or plotly's own { text }: %s",
    (width) => {
      const words = toPlotly(
        titledFigure((title) => title),
        { width },
      );
      const objects = toPlotly(
        titledFigure((text) => ({ text })),
        { width },
      );
      expect(objects).toEqual(words);
      const { title, xaxis, yaxis, yaxis2, legend } = words.layout as Record<string, JsonObject>;
      const [{ marker, customdata }] = words.data as Record<string, JsonObject>[];
      const found = [{ title }, xaxis, yaxis, yaxis2, marker.colorbar as JsonObject, legend];
      expect(found.map((part) => (part.title as JsonObject).text)).toEqual(TITLES);
      expect(customdata).toEqual([{ title: "mine" }]);
    },
  );

  it("keeps the size and place of a title", () => {
    const font = { size: 33 };
    const { xaxis } = toPlotly(titledFigure((text) => ({ text, font, standoff: 1 }))).layout;
    expect((xaxis as JsonObject).title).toEqual({ text: "The x axis", font, standoff: 1 });
  });

  it("draws in any width", () => {
    expect(toPlotly(figure, { width: "345pt" }).layout.width).toBe(458);
  });
});

it("neighboring series differ in color, dash and marker, and the first thirteen in their marker", () => {
  const styles = Array.from({ length: 13 }, (_, n) => seriesStyle(n));
  for (let n = 1; n < styles.length; n++) {
    expect(styles[n].color).not.toBe(styles[n - 1].color);
    expect(styles[n].dash).not.toBe(styles[n - 1].dash);
  }
  expect(new Set(styles.map(({ symbol }) => symbol)).size).toBe(13);
  expect(new Set(Array.from({ length: 455 }, (_, n) => JSON.stringify(seriesStyle(n)))).size).toBe(455);
});
