import { describe, expect, it } from "vitest";
import { LABELS } from "../../src/charts/labels.js";
import { parameterSensitivity } from "../../src/charts/sensitivity.js";

const OPTIONS = {
  x: { en: "Threshold", zh: "阈值" },
  y: LABELS.utilization,
  caption: { en: "95 % confidence, 10 seeds.", zh: "95% 置信区间，10 个种子。" },
};

describe("parameterSensitivity", () => {
  it("draws one line per policy in order of the parameter, with the distances to the interval's ends", () => {
    const rows = [
      { policy: "a", x: 2, mean: 0.5, low: 0.25, high: 1 },
      { policy: "b", x: 1, mean: 0.5, low: 0.5, high: 0.5 },
      { policy: "a", x: 1, mean: 0.25, low: 0, high: 0.375 },
    ];
    const { data, layout } = parameterSensitivity(rows, OPTIONS);
    expect(data.map(({ name, x, y }) => [name, x, y])).toEqual([
      ["a", [1, 2], [25, 50]],
      ["b", [1], [50]],
    ]);
    expect(data[0].error_y).toMatchObject({ array: [12.5, 50], arrayminus: [25, 25] });
    expect(layout.xaxis).toMatchObject({ tickvals: [1, 2] });
  });

  it("refuses an interval without its mean, and what a logarithmic axis cannot show", () => {
    const row = { policy: "a", x: 0, mean: 1, low: 2, high: 3 };
    expect(() => parameterSensitivity([row], OPTIONS)).toThrow(
      "interval of a at 0 is 2 to 3, without its mean 1",
    );
    expect(() => parameterSensitivity([{ ...row, low: 0 }], { ...OPTIONS, scale: "log" })).toThrow(
      "x of a is 0: a logarithmic axis wants numbers above 0",
    );
    expect(() => parameterSensitivity([], OPTIONS)).toThrow("no rows to draw: give at least one");
  });
});
