import type { SummaryColumn } from "../simulate/summary.js";

/** Columns of a printed table of runs, which has to fit a screen; `--out` and `--json` give all of them. */
export const PRINTED: readonly SummaryColumn[] = [
  "utilization",
  "gini",
  "giniBound",
  "lcViolations",
  "lcHarmed",
  "beThroughput",
  "beSlowdown",
  "moves",
  "migrationGb",
  "pingPong",
  "pending",
];
