import { InputError } from "../errors.js";
import type { Run } from "../simulate/simulate.js";
import { SUMMARY_COLUMNS, type SummaryColumn } from "../simulate/summary.js";
import { describeRuns, joinTexts, TAIL_IS_MODELLED } from "./captions.js";
import { column, policyColumn } from "./columns.js";
import type { Table } from "./figure.js";
import { SUMMARY_LABELS } from "./labels.js";
import { checkRuns } from "./lines-over-time.js";
import { isModelledTail } from "./over-time.js";

/** What a comparison of policies shows where nothing else is asked for. */
const USUAL: readonly SummaryColumn[] = [
  "utilization",
  "gini",
  "giniBound",
  "balancedShare",
  "lcViolations",
  "lcTail",
  "beThroughput",
  "moves",
  "migrationGb",
  "linkShare",
];

/**
 * Returns the comparison of policies as a table for papers: one row per run, chosen figures of the summary in the units
 * that a reader expects (percent, GB). Throws InputError for no run or an unknown figure.
 */
export function comparisonTable(
  runs: readonly Run[],
  { columns = USUAL }: { columns?: readonly SummaryColumn[] } = {},
): Table {
  checkRuns(runs);
  for (const name of columns) {
    if (!(name in SUMMARY_COLUMNS)) {
      throw new InputError(`unknown figure: ${name}; known: ${Object.keys(SUMMARY_COLUMNS).join(", ")}`);
    }
  }
  return {
    name: "comparison",
    caption: joinTexts(
      { en: "Policies compared; means over the steps.", zh: "各调度策略对比；数值为各步均值。" },
      ...(columns.some(isModelledTail) ? [TAIL_IS_MODELLED] : []),
      describeRuns(runs),
    ),
    columns: [
      policyColumn(runs.map(({ policy }) => policy)),
      ...columns.map((name) => {
        const { label, unit, scale } = SUMMARY_LABELS[name];
        return column(
          name,
          label,
          unit,
          runs.map(({ summary }) => summary[name] * scale),
        );
      }),
    ],
  };
}
