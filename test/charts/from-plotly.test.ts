import { describe, expect, it } from "vitest";
import { fromPlotly, isPlotlyChart } from "../../src/charts/from-plotly.js";
import { PALETTE } from "../../src/charts/looks.js";
import { FONT_FAMILY, toPlotly } from "../../src/charts/theme.js";

it("gives the axes that traces name the look of the lab, and keeps what the chart says", () => {
  const figure = fromPlotly({
    data: [{ y: Float64Array.of(1, NaN) }, { type: "bar", y: [1], yaxis: "y2", marker: { color: "red" } }],
    layout: { title: "Mine", width: 400, height: 100, yaxis2: { side: "right", title: "Right" } },
  });
  expect(figure.title.en).toBe("Mine");
  expect(figure.aspect).toBe(0.25);
  const { data, layout } = toPlotly(figure, { width: "screen" });
  expect(data[0].y).toEqual([1, null]);
  expect(data[1].marker).toEqual({ color: "red" });
  expect(layout.colorway).toEqual(PALETTE);
  expect(layout.width).toBe(860);
  expect((layout.font as { family: string }).family).toContain(FONT_FAMILY);
  expect(layout.yaxis2).toMatchObject({ side: "right", title: { text: "Right" }, showline: true });
  expect(layout.xaxis).toMatchObject({ showline: true });
});

it("gives no axes to a chart that has none", () => {
  const figure = fromPlotly({ data: [{ type: "pie", values: [1, 2] }] });
  expect(Object.keys(figure.layout)).toEqual(["colorway"]);
  expect(figure.title.en).toBe("");
});

describe("isPlotlyChart", () => {
  it.each([
    [{ data: [{ y: [1] }] }, true],
    [{ data: [{ y: [1] }], layout: {} }, true],
    [{ data: [] }, false],
    [{ data: [1] }, false],
    [{ data: {} }, false],
    [{ data: [{}], layout: 1 }, false],
    [null, false],
    [[], false],
  ])("%j: %j", (value, isChart) => {
    expect(isPlotlyChart(value)).toBe(isChart);
  });
});

it("refuses what JSON cannot hold", () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(() => fromPlotly({ data: [circle] })).toThrow("the chart cannot be written as JSON");
});
