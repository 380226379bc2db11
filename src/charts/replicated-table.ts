import { refuseUnknownKeys } from "../base/known-keys.js";
import { escape, type ColumnTable } from "arquero";
import { differences, means } from "../study/differences.js";
import { COMPARED } from "../simulate/metrics/catalogue.js";
import { writeFixed, writeNumber } from "../base/write-numbers.js";
import { paperTable } from "./build/paper-table.js";
import { aboutTail, joinTexts } from "./captions.js";
import type { Table } from "./figure.js";
import { columnOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { oneSetting } from "./one-setting.js";
import { words } from "./words/words.js";

export interface ReplicatedTableOptions {
  /** Default "no-migration". */
  readonly baseline?: string;
  readonly metrics?: readonly MetricColumn[];
}

/**
 * Returns the comparison over replicates as a table for papers: one row per policy, each metric as mean and
 * longer arm of its 95 % interval in common units (percent, GB), with a star where it differs from the
 * baseline. `runs` is a table from `experiment`, with one setting of each policy. Throws the same errors as
 * `differences`, and InputError for runs that differ in a setting.
 */
export function replicatedTable(
  runs: ColumnTable,
  { baseline = "no-migration", metrics = COMPARED, ...rest }: ReplicatedTableOptions = {},
): Table {
  refuseUnknownKeys(rest, ["baseline", "metrics"], "option of replicatedTable");
  const names = metrics.map(columnOf);
  const verdicts = new Map(
    (differences(runs, { baseline, metrics: names }).objects() as Row[]).map((row) => [
      placeOf(row),
      row.verdict,
    ]),
  );
  const quantities = metrics.map((metric) => [columnOf(metric), quantityOfColumn(metric)] as const);
  const scales = new Map(quantities.map(([name, { scale }]) => [name, scale]));
  const rows = oneSetting(means(runs, { metrics: names }))
    .derive({ cell: escape((row: Row) => cellOf(row, scales.get(row.metric)!, verdicts.get(placeOf(row)))) })
    .groupby("policy")
    .pivot("metric", "cell");
  return paperTable(rows, {
    name: "comparison",
    caption: words.comparison.captionOfMeans(baseline),
    method: joinTexts(words.comparison.methodOfMeans, aboutTail(...metrics)),
    source: runs,
    columns: ["policy", ...names],
    labels: Object.fromEntries(quantities),
  });
}

type Row = Readonly<
  Record<"policy" | "metric" | "verdict", string> & Record<"mean" | "low" | "high", number>
>;

function placeOf({ policy, metric }: Row): string {
  return `${policy} ${metric}`;
}

function cellOf({ mean, low, high }: Row, scale: number, verdict?: string): string {
  const star = verdict === "higher" || verdict === "lower" ? "*" : "";
  return `${withArm(mean * scale, Math.max(mean - low, high - mean) * scale)}${star}`;
}

/**
 * Writes the arm with two significant digits and the mean with the same number of decimals. Without an arm,
 * the mean has four digits.
 */
function withArm(mean: number, arm: number): string {
  if (Number.isNaN(mean)) return "–";
  if (!(arm > 0)) return writeNumber(mean);
  const places = Math.max(0, 1 - Math.floor(Math.log10(arm)));
  return `${writeFixed(mean, places)} ± ${arm.toFixed(places)}`;
}
