import { expect, it } from "vitest";
import { breakText, legendBox, textWidth } from "../../src/charts/legend.js";

it("a legend has no height for one series, and one more row where entries no longer fit", () => {
  const series = (n: number): { name: string }[] => Array.from({ length: n }, () => ({ name: "threshold" }));
  const size = { width: 314, font: 10 };
  expect(legendBox(series(1), size).height).toBe(0);
  // 9 letters of 0.56 em and a margin of 2 px are 53 px, 98 px with the sample, so a row has three.
  expect(legendBox(series(3), size)).toEqual({ height: 19, entryWidth: 53 });
  expect(legendBox(series(4), size).height).toBe(38);
  expect(legendBox(series(4), { ...size, hasTitle: true }).height).toBe(57);
  expect(legendBox([...series(3), { name: "hidden", showlegend: false }], size).height).toBe(19);
});

it("Chinese characters are square", () => {
  expect(textWidth("利用率")).toBe(3);
});

it("breakText cuts where both lines are shortest, and only what is too long", () => {
  expect(breakText("LC tasks short of CPU (%)", 20)).toBe("LC tasks short of CPU (%)");
  expect(breakText("LC tasks short of CPU (%)", 10)).toBe("LC tasks short\nof CPU (%)");
  expect(breakText("时延敏感型任务（%）", 5)).toBe("时延敏感型任务\n（%）");
  expect(breakText("unbreakable", 2)).toBe("unbreakable");
});
