import type { ColumnTable } from "arquero";
import { differences, means } from "../study/differences.js";
import { COMPARED } from "../simulate/metrics/catalogue.js";
import { describeTable, joinTexts, aboutTail } from "./captions.js";
import { column, policyColumn } from "./columns.js";
import type { Table } from "./figure.js";
import { columnOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { oneSetting } from "./one-setting.js";
import { writeFixed, writeNumber } from "../write-numbers.js";

export interface ReplicatedTableOptions {
  /** Default "no-migration". */
  readonly baseline?: string;
  readonly metrics?: readonly MetricColumn[];
}

/**
 * Returns the comparison over repetitions as a table for papers: one row per policy, each figure as mean and
 * longer arm of its 95 % interval, in the units that a reader expects, with a star where it differs from the
 * baseline. `runs` is a table such as `experiment` gives, with one setting of
 * each policy. Errors as `differences`, and InputError for runs that differ in a setting.
 */
export function replicatedTable(
  runs: ColumnTable,
  { baseline = "no-migration", metrics = COMPARED }: ReplicatedTableOptions = {},
): Table {
  const names = metrics.map(columnOf);
  const averages = oneSetting(means(runs, { metrics: names })).objects() as Average[];
  const verdicts = differences(runs, { baseline, metrics: names }).objects() as Named<{ verdict: string }>[];
  const policies = [...new Set(averages.map(({ policy }) => policy))];
  const cell = (policy: string, metric: MetricColumn): string => {
    const isHere = (row: Named): boolean => row.policy === policy && row.metric === columnOf(metric);
    const { mean, low, high } = averages.find(isHere)!;
    const { scale } = quantityOfColumn(metric);
    const verdict = verdicts.find(isHere)?.verdict;
    const star = verdict === "higher" || verdict === "lower" ? "*" : "";
    return `${withArm(mean * scale, Math.max(mean - low, high - mean) * scale)}${star}`;
  };
  return {
    name: "comparison",
    caption: joinTexts(
      {
        en:
          "Policies compared: means over the repetitions and the longer arms of their 95 % " +
          `bootstrap intervals. *: differs from ${baseline} (paired differences, 5 % after Holm's ` +
          "correction for the number of policies).",
        zh: `各调度策略对比：多次重复的均值与 95% 自助法区间的较长半幅。*：与 ${baseline} 有差异（配对差异，经 Holm 校正后 5% 水平）。`,
      },
      aboutTail(...metrics),
      describeTable(runs),
    ),
    columns: [
      policyColumn(policies),
      ...metrics.map((metric) => {
        const { label, unit } = quantityOfColumn(metric);
        return column(
          columnOf(metric),
          label,
          unit,
          policies.map((policy) => cell(policy, metric)),
        );
      }),
    ],
  };
}

type Named<Rest = object> = { readonly policy: string; readonly metric: string } & Rest;
type Average = Named<Readonly<Record<"mean" | "low" | "high", number>>>;

/** The arm to two significant digits, the mean to as many places. Without an arm, the mean to four digits. */
function withArm(mean: number, arm: number): string {
  if (Number.isNaN(mean)) return "–";
  if (!(arm > 0)) return writeNumber(mean);
  const places = Math.max(0, 1 - Math.floor(Math.log10(arm)));
  return `${writeFixed(mean, places)} ± ${arm.toFixed(places)}`;
}
