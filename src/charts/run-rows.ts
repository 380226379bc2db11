/** Turns runs into rows for charts over time, with the options that these charts share. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import type { Run } from "../simulate/simulate.js";
import { stepsTable } from "../simulate/tables.js";
import type { ChartOptions } from "./build/options.js";
import { originOfRuns } from "./captions.js";

/** Throws InputError where there is no run to draw. */
export function checkRuns(runs: readonly Run[]): void {
  if (runs.length === 0) throw new InputError("no run to draw: simulate a policy first");
}

/** Throws InputError where two lines have the same name, because they would become one line. */
export function checkNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new InputError(`two runs have the name ${twice}: rename one, as in { ...run, policy: "${twice} 2" }`);
}

/**
 * Returns one row per step of every run: the run's `policy`, `time` in s, its metrics, and the columns of
 * `own`.
 */
export function stepRows(
  runs: readonly Run[],
  own: Readonly<Record<string, (run: Run) => ArrayLike<number>>> = {},
): ColumnTable {
  const rowsOf = (run: Run): ColumnTable => {
    const rows = stepsTable([run]);
    const columns = Object.entries(own).map(([name, read]) => [name, read(run)] as const);
    return columns.length === 0 ? rows : rows.assign(table(Object.fromEntries(columns)));
  };
  return runs.map(rowsOf).reduce((all, rows) => all.concat(rows));
}

/** Returns the duration of the longest run in seconds. */
export function durationOf(runs: readonly Run[]): number {
  const steps = Math.max(...runs.map((run) => run.steps.time.length));
  return steps * runs[0].manifest.workload.stepSeconds;
}

/**
 * Returns the options of a chart of `stepRows` with a line for each policy. Throws InputError for no run and
 * for two runs with the same name.
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
    ...originOfRuns(runs),
    aspect: 0.6,
  };
}
