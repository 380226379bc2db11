import { describe, expect, it } from "vitest";
import { assumptionEffects } from "../../src/charts/assumption-effects.js";
import { EFFECTS } from "./made-up-effects.js";

const OPTIONS = { caption: { en: "Usage modelled.", zh: "用量为建模所得。" } };
const still = EFFECTS.derive({
  metric: () => "lcHarmed",
  difference: () => 0,
  low: () => 0,
  high: () => 0,
});

describe("assumptionEffects", () => {
  it("has a row for each setting, the assumption with the widest swing on top, and a line at the base", () => {
    const { data, layout, says } = assumptionEffects(EFFECTS.slice(3).concat(EFFECTS.slice(0, 3)), OPTIONS);
    // Swings: the LC rule .1 (from -.14 to -.04), sharing .05, staleness .02.
    expect((layout.yaxis as { ticktext: { en: string }[] }).ticktext.map(({ en }) => en)).toEqual([
      "LC rule: class==3",
      "LC rule: priority>=9",
      "CPU sharing: lc-first",
      "CPU sharing: fair",
      "staleness, steps: 0",
      "staleness, steps: 6",
    ]);
    expect(data[0].x).toEqual([-0.04, -0.14, -0.1, -0.05, -0.1, -0.08]);
    expect(layout.shapes).toMatchObject([{ x0: -0.1, x1: -0.1 }]);
    expect(says!.en).toBe("The effect on Gini coefficient depends most on LC rule.");
  });

  it("draws in the metric's unit", () => {
    const harmed = EFFECTS.derive({ metric: () => "lcHarmed" });
    const { data } = assumptionEffects(harmed, { ...OPTIONS, metrics: ["lcHarmed"] });
    expect((data[0].x as number[]).map((x) => Math.round(10 * x))).toEqual([-40, -140, -100, -50, -100, -80]);
  });

  it("says which effect no assumption changes, in place of an empty panel", () => {
    const options = { ...OPTIONS, metrics: ["gini", "lcHarmed"] };
    const { says, caption, data } = assumptionEffects(EFFECTS.concat(still), options);
    expect(data).toHaveLength(1);
    for (const { en } of [says!, caption])
      expect(en).toContain("No assumption changes the effect on LC load harmed (model).");
  });

  it("refuses no rows, no base, no change and a missing column", () => {
    expect(() => assumptionEffects(EFFECTS.filter("false"), OPTIONS)).toThrow("no rows to draw");
    expect(() => assumptionEffects(EFFECTS.slice(1), OPTIONS)).toThrow("no base among the effects on gini");
    expect(() => assumptionEffects(EFFECTS.slice(0, 1), OPTIONS)).toThrow(
      "no effect on gini beside the base",
    );
    expect(() => assumptionEffects(still, { ...OPTIONS, metrics: ["lcHarmed"] })).toThrow(
      "no assumption changes lcHarmed",
    );
    expect(() => assumptionEffects(EFFECTS.select("metric"), OPTIONS)).toThrow("no column assumption");
  });
});
