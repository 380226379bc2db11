import type { Effect, Swing } from "../../src/study/assumptions.js";

const effect = (label: string, mean: number): Effect => ({
  label,
  mean,
  low: Math.round(100 * mean - 1) / 100,
  high: Math.round(100 * mean + 1) / 100,
  samples: [mean],
});

const BASE = effect("base", -0.1);

/** Swings written out by hand, the widest first. */
export const SWINGS: readonly Swing[] = [
  {
    figure: "gini",
    assumption: "lcRule",
    base: BASE,
    settings: [effect("class==3", -0.04), effect("priority>=9", -0.14)],
    swing: 0.1,
  },
  {
    figure: "gini",
    assumption: "sharing",
    base: BASE,
    settings: [effect("lc-first", -0.1), effect("fair", -0.05)],
    swing: 0.05,
  },
  {
    figure: "gini",
    assumption: "staleness",
    base: BASE,
    settings: [effect("0", -0.1), effect("6", -0.08)],
    swing: 0.02,
  },
];
