import type { Run } from "../simulate/simulate.js";
import { COMPARED, type RunMetricName } from "../simulate/metrics/catalogue.js";
import { summaryTable } from "../simulate/tables.js";
import { paperTable } from "./build/paper-table.js";
import { aboutTail, originOfRuns } from "./captions.js";
import type { Table } from "./figure.js";
import { metricOfRuns } from "./labels.js";
import { checkRuns } from "./run-rows.js";
import { words } from "./words/words.js";

/**
 * Returns the comparison of policies as a table for papers: one row per run, with the chosen metrics of the
 * summary in common units (percent, GB). Throws InputError for no run or an unknown metric.
 */
export function comparisonTable(
  runs: readonly Run[],
  { columns = COMPARED }: { columns?: readonly (RunMetricName | (string & {}))[] } = {},
): Table {
  checkRuns(runs);
  const metrics = columns.map((name) => metricOfRuns(runs, name, "run"));
  return paperTable(summaryTable(runs), {
    name: "comparison",
    caption: words.comparison.caption,
    method: aboutTail(...metrics),
    ...originOfRuns(runs),
    columns: ["policy", ...columns],
    labels: Object.fromEntries(metrics.map((metric) => [metric.name, metric])),
  });
}
