/** Runs as rows for charts over time, and what all such charts have in common. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import type { Run } from "../simulate/simulate.js";
import { stepsTable } from "../simulate/tables.js";
import type { ChartOptions } from "./build/options.js";
import { describeRuns } from "./captions.js";

/** Throws InputError where there is no run to draw. */
export function checkRuns(runs: readonly Run[]): void {
  if (runs.length === 0) throw new InputError("no run to draw: simulate a policy first");
}

/** Throws InputError where two lines would have one name: they would become one. */
export function checkNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new InputError(
    `two runs are called ${twice}: give each a name, as in { ...run, policy: "${twice} 2" }`,
  );
}

/** Returns one row per step of every run: the run's `policy`, `time` in s, its metrics, and own columns. */
export function stepRows(
  runs: readonly Run[],
  own: Readonly<Record<string, (run: Run) => ArrayLike<number>>> = {},
): ColumnTable {
  const rowsOf = (run: Run): ColumnTable => {
    const columns = Object.entries(own).map(([name, read]) => [name, read(run)] as const);
    const policy = Array.from(run.steps.time, () => run.policy);
    return stepsTable(run).assign(table({ policy, ...Object.fromEntries(columns) }));
  };
  return runs.map(rowsOf).reduce((all, rows) => all.concat(rows));
}

/** Returns the seconds of the longest run. */
export function durationOf(runs: readonly Run[]): number {
  const steps = Math.max(...runs.map((run) => run.steps.time.length));
  return steps * runs[0].manifest.workload.stepSeconds;
}

/**
 * Returns the options of a chart of `stepRows` with a line for each policy. Throws InputError for no run, and
 * for two of one name.
 */
export function overTime(
  runs: readonly Run[],
): ChartOptions & { readonly x: string; readonly color: string } {
  checkRuns(runs);
  checkNames(runs.map(({ policy }) => policy));
  return {
    x: "time",
    color: "policy",
    ranges: { time: [0, durationOf(runs)] },
    source: describeRuns(runs),
    aspect: 0.6,
  };
}
