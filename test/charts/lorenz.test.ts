import { describe, expect, it } from "vitest";
import { lorenzCurves } from "../../src/charts/lorenz.js";
import { gini } from "../../src/metrics/gini.js";

describe("lorenzCurves", () => {
  it("draws the curve in percent with its coefficient in the name", () => {
    const [diagonal, curve] = lorenzCurves([{ name: "a", values: [3, 1] }]).data;
    expect(diagonal).toMatchObject({ x: [0, 100], y: [0, 100] });
    expect(curve).toMatchObject({
      name: { en: "a, G = 0.250", zh: "a, G = 0.250" },
      x: [0, 50, 100],
      y: [0, 25, 100],
    });
  });

  it("says what the less loaded half carries", () => {
    expect(lorenzCurves([{ name: "a", values: [3, 1] }]).says?.en).toBe(
      "The less loaded half of the machines carries 25 % of the load.",
    );
    const both = [
      { name: "even", values: [1, 1, 1] },
      { name: "odd", values: [0, 0, 4] },
    ];
    expect(lorenzCurves(both).says?.en).toBe(
      "The less loaded half of the machines carries 50 % of the load (even) or 0 % (odd).",
    );
  });

  it("names up to four curves inside the chart, more in the legend", () => {
    const series = ["a", "b", "c", "d", "e"].map((name) => ({ name, values: [1, 2] }));
    const few = lorenzCurves(series.slice(0, 4));
    expect(few.layout.annotations).toHaveLength(5);
    expect(few.data.some(({ showlegend }) => showlegend !== false)).toBe(false);
    expect(lorenzCurves(series).layout.annotations).toBeUndefined();
  });

  it("thins a curve of many machines with almost the same ends and area", () => {
    const values = Array.from({ length: 5001 }, (_, i) => (i % 97) + 1);
    const { data } = lorenzCurves([{ name: "a", values }]);
    const [x, y] = [data[1].x as number[], data[1].y as number[]];
    expect(x.length).toBeLessThan(210);
    expect([x[0], x.at(-1), y.at(-1)]).toEqual([0, 100, 100]);
    let area = 0;
    for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2 / 1e4;
    expect(1 - 2 * area).toBeCloseTo(gini(values), 3);
  });
});
