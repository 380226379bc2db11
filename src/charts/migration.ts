import type { Run } from "../simulate/simulate.js";
import { lines } from "./build/lines.js";
import type { Figure, Text } from "./figure.js";
import { overTime, stepRows } from "./run-rows.js";
import { inPercent } from "./sentence-numbers.js";
import { words } from "./words/words.js";

/**
 * Returns the chart of the migration traffic since the start, in GB, with one line per policy. Throws
 * InputError for no run.
 */
export function migrationTraffic(runs: readonly Run[]): Figure {
  const soFar = { cumulativeGb: ({ steps }: Run) => runningSum(steps.bytes) };
  const label = { label: words.migration.soFar, unit: "GB", scale: 1e-9 };
  const figure = lines(stepRows(runs, soFar), {
    ...overTime(runs),
    y: "cumulativeGb",
    labels: { cumulativeGb: label },
    name: "migration-traffic",
    title: words.migration.title,
    caption: words.migration.caption,
    method: words.migration.method,
  });
  return { ...figure, says: saysOf(runs) };
}

/** Says who sends most, and the largest share of the links that a step takes. */
function saysOf(runs: readonly Run[]): Text {
  const sums = runs.map(({ steps }) => runningSum(steps.bytes).at(-1) ?? 0);
  const most = sums.indexOf(Math.max(...sums));
  const peak = runs.reduce((max, { steps }) => steps.linkShare.reduce((a, b) => Math.max(a, b), max), 0);
  if (sums[most] === 0) return words.migration.saysNothing;
  return words.migration.says(runs[most].policy, String(Math.round(sums[most] / 1e9)), inPercent(peak));
}

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}
