import { from, type ColumnTable } from "arquero";

const effect = (assumption: string, setting: string, difference: number) => ({
  metric: "gini",
  assumption,
  setting,
  difference,
  low: Math.round(100 * difference - 1) / 100,
  high: Math.round(100 * difference + 1) / 100,
});

/** Effects written by hand, with the widest swing first. */
export const EFFECTS: ColumnTable = from([
  effect("base", "", -0.1),
  effect("lcRule", "class==3", -0.04),
  effect("lcRule", "priority>=9", -0.14),
  effect("sharing", "lc-first", -0.1),
  effect("sharing", "fair", -0.05),
  effect("staleness", "0", -0.1),
  effect("staleness", "6", -0.08),
]);
