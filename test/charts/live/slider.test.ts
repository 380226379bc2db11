import { expect, it } from "vitest";
import { lines } from "../../../src/charts/build/lines.js";
import { toLive } from "../../../src/charts/live/live.js";
import { toPlotly } from "../../../src/charts/theme.js";

const plain = lines([{ x: 1, y: 2 }], { x: "x", y: "y" });
const moving = {
  ...plain,
  animation: {
    label: { en: "Time", zh: "时间" },
    shown: 1,
    steps: [1, 2, 3].map((hour) => ({
      name: { en: `${hour} h`, zh: `${hour} 时` },
      changes: [{ y: [hour] }],
    })),
  },
};

it("adds a slider and frames to an animated chart only", () => {
  const still = toPlotly(moving, { width: "screen" });
  expect(still).toEqual(toPlotly(plain, { width: "screen" }));
  const { frames, layout } = toLive(moving, "zh");
  expect(frames).toEqual([
    { name: "1 时", data: [{ y: [1] }], traces: [0] },
    { name: "2 时", data: [{ y: [2] }], traces: [0] },
    { name: "3 时", data: [{ y: [3] }], traces: [0] },
  ]);
  const [slider] = layout.sliders as { active: number; steps: { label: string }[] }[];
  expect([slider.active, slider.steps.map(({ label }) => label)]).toEqual([1, ["1 时", "2 时", "3 时"]]);
  expect(Number(layout.height)).toBeGreaterThan(Number(still.layout.height));
  expect(toLive(plain).frames).toBeUndefined();
});
