import { type RunMetricName } from "../simulate/metrics/catalogue.js";

/** Columns of a printed table of runs, which has to fit a screen; `--out` and `--json` give all of them. */
export const PRINTED: readonly RunMetricName[] = [
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
