import { InputError } from "../errors.js";
import type { Run } from "../simulate/simulate.js";
import { SUMMARY_COLUMNS, type SummaryColumn } from "../simulate/summary.js";
import { summaryTable } from "../simulate/tables.js";
import { paperTable } from "./build/paper-table.js";
import { aboutTail, describeRuns, joinTexts } from "./captions.js";
import type { Table } from "./figure.js";
import { checkRuns } from "./run-rows.js";
import { say } from "./words/say.js";

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
 * Returns the comparison of policies as a table for papers: one row per run, chosen figures of the summary in
 * the units that a reader expects (percent, GB). Throws InputError for no run or an unknown figure.
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
  return paperTable(summaryTable(runs), {
    name: "comparison",
    caption: joinTexts(
      say(({ comparison }) => comparison.caption),
      aboutTail(...columns),
      describeRuns(runs),
    ),
    columns: ["policy", ...columns],
  });
}
