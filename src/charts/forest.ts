import { refuseUnknownKeys } from "../base/known-keys.js";
import type { ColumnTable } from "arquero";
import { differences, type Verdict } from "../study/differences.js";
import { intervals } from "./build/intervals.js";
import { aboutTail, joinTexts } from "./captions.js";
import { withUnit } from "./columns.js";
import type { Figure } from "./figure.js";
import { columnOf, meaningOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { oneSetting } from "./one-setting.js";
import { words } from "./words/say.js";

export interface ForestOptions {
  /** Default "gini". */
  readonly metric?: MetricColumn;
  /** Default "no-migration". */
  readonly baseline?: string;
  /** The columns that distinguish replicates, as for `differences`. Default: `seed` and `firstStep`. */
  readonly over?: readonly string[];
}

const LOOKS: Readonly<Record<Verdict, { readonly color: string; readonly symbol: string }>> = {
  lower: { color: "#0072B2", symbol: "triangle-left" },
  higher: { color: "#D55E00", symbol: "triangle-right" },
  "no difference": { color: "#9a9a9a", symbol: "circle-open" },
  "too few replicates": { color: "#9a9a9a", symbol: "x-thin-open" },
};

/**
 * Returns the forest plot of a metric's paired differences from the baseline, one row per policy, with 95 %
 * intervals; gray where no difference is shown. `runs` is a table from `experiment`, with one setting of each
 * policy. Throws the same errors as `differences`, and InputError for runs that differ in a setting.
 */
export function forestPlot(
  runs: ColumnTable,
  { metric = "gini", baseline = "no-migration", over, ...rest }: ForestOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["metric", "baseline", "over"], "option of forestPlot");
  const { label, unit: own, scale } = quantityOfColumn(metric);
  const name = columnOf(metric);
  const unit = own === "%" ? "pp" : own;
  const rows = oneSetting(differences(runs, { baseline, over, metrics: [name] }));
  const { forest } = words;
  return intervals(rows, {
    x: "difference",
    y: "policy",
    low: "low",
    high: "high",
    color: "verdict",
    reference: 0,
    name: `difference-${name}`,
    title: forest.title(label, baseline),
    caption: joinTexts(forest.caption(baseline, rows.numRows(), meaningOf(metric)), aboutTail(metric)),
    source: runs,
    labels: {
      difference: { label: forest.difference, unit, scale },
      p: forest.p,
      verdict: forest.verdict,
    },
    names: forest.verdicts,
    order: { verdict: Object.keys(LOOKS) },
    looks: LOOKS,
    axes: { difference: { title: withUnit(forest.axis(label), unit), showgrid: true } },
    columns: ["policy", "difference", "low", "high", "p", "verdict"],
  });
}
