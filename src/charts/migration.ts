import type { Run } from "../simulate/simulate.js";
import { lines } from "./build/lines.js";
import type { Figure } from "./figure.js";
import { overTime, stepRows } from "./run-rows.js";
import { words } from "./words/say.js";

/**
 * Returns the chart of migration traffic with one line per policy, in two panels: the cumulative traffic in
 * GB, and its share of the capacity of all links in each step. Throws InputError for no run.
 */
export function migrationTraffic(runs: readonly Run[]): Figure {
  const soFar = { cumulativeGb: ({ steps }: Run) => runningSum(steps.bytes) };
  const label = { label: words.migration.soFar, unit: "GB", scale: 1e-9 };
  return lines(stepRows(runs, soFar), {
    ...overTime(runs),
    y: ["cumulativeGb", "linkShare"],
    labels: { cumulativeGb: label },
    name: "migration-traffic",
    title: words.migration.title,
    caption: words.migration.caption,
    aspect: 0.4,
  });
}

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}
