import { COMPARED, policiesOf, replicateDifferences, replicateMeans } from "../simulate/differences.js";
import type { ReplicateRun } from "../simulate/replicate-run.js";
import type { SummaryColumn } from "../simulate/summary.js";
import { describeReplicates, joinTexts, aboutTail } from "./captions.js";
import { column, policyColumn } from "./columns.js";
import type { Table } from "./figure.js";
import { SUMMARY_LABELS } from "./labels.js";
import { writeFixed, writeNumber } from "../write-numbers.js";

export interface ReplicatedTableOptions {
  /** Default "no-migration". */
  readonly baseline?: string;
  readonly metrics?: readonly SummaryColumn[];
}

/**
 * Returns the comparison over repetitions as a table for papers: one row per policy, each figure as mean and
 * longer arm of its 95 % interval, in the units that a reader expects, with a star where it differs from the
 * baseline. The numbers by themselves are in `differencesTable`. Errors as `replicateDifferences`.
 */
export function replicatedTable(
  replicates: readonly (readonly ReplicateRun[])[],
  { baseline = "no-migration", metrics = COMPARED }: ReplicatedTableOptions = {},
): Table {
  const policies = policiesOf(replicates);
  const means = replicateMeans(replicates, metrics);
  const differences = replicateDifferences(replicates, { baseline, metrics });
  const cell = (policy: string, metric: SummaryColumn): string => {
    const isHere = (row: { policy: string; metric: SummaryColumn }): boolean =>
      row.policy === policy && row.metric === metric;
    const { mean, low, high } = means.find(isHere)!;
    const { scale } = SUMMARY_LABELS[metric];
    const verdict = differences.find(isHere)?.verdict;
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
      describeReplicates(replicates),
    ),
    columns: [
      policyColumn(policies),
      ...metrics.map((metric) => {
        const { label, unit } = SUMMARY_LABELS[metric];
        return column(
          metric,
          label,
          unit,
          policies.map((policy) => cell(policy, metric)),
        );
      }),
    ],
  };
}

/** The arm to two significant digits, the mean to as many places. Without an arm, the mean to four digits. */
function withArm(mean: number, arm: number): string {
  if (Number.isNaN(mean)) return "–";
  if (!(arm > 0)) return writeNumber(mean);
  const places = Math.max(0, 1 - Math.floor(Math.log10(arm)));
  return `${writeFixed(mean, places)} ± ${arm.toFixed(places)}`;
}
