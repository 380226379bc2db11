import { InputError } from "../errors.js";
import type { Run } from "../simulate/simulate.js";
import { RUN_METRICS, type RunMetricName } from "../simulate/metrics/catalogue.js";
import { describeRuns, joinTexts, TAIL_IS_MODELLED } from "./captions.js";
import { column, policyColumn } from "./columns.js";
import type { Table } from "./figure.js";
import { LABELS } from "./labels.js";
import { checkRuns } from "./lines-over-time.js";
import { isModelledTail } from "./over-time.js";

/** What a comparison of policies shows where nothing else is asked for. */
const USUAL: readonly RunMetricName[] = [
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
  { columns = USUAL }: { columns?: readonly RunMetricName[] } = {},
): Table {
  checkRuns(runs);
  for (const name of columns) {
    if (!RUN_METRICS.includes(name)) {
      throw new InputError(`unknown figure: ${name}; known: ${RUN_METRICS.join(", ")}`);
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
        const { label, unit, scale } = LABELS[name];
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
