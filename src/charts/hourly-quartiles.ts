/** Quartiles over replicates, for charts over time. */
import { escape, op, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { REPLICATE } from "../study/result-table.js";
import { checkColumn, readRows } from "./build/rows.js";
import { stepsPerPoint } from "./columns.js";

/** From this number of steps on, a point stands for an hour: single steps are noise. */
const MANY_STEPS = 36;
/** The largest number of points of a line: bands with more would hide each other. */
const MOST_POINTS = 100;

export interface Quartiles {
  /** One row for each policy and point: `policy`, `time` in s, `q25`, `median`, `q75`. */
  readonly rows: ColumnTable;
  /** Steps of a point, and the length of a step in s. */
  readonly every: number;
  readonly stepSeconds: number;
  /** Length of the longest run in s. */
  readonly duration: number;
}

/** Returns the columns of the table that distinguish replicates. */
export function replicateColumns(steps: ColumnTable): string[] {
  return REPLICATE.filter((column) => steps.columnNames().includes(column));
}

/**
 * Returns the quartiles over the replicates of a column of a table of steps: of its means over an hour, or of
 * its steps where there are at most 36. Throws InputError for a missing column and for runs that differ in a
 * setting.
 */
export function hourlyQuartiles(steps: ColumnTable, name: string): Quartiles {
  for (const column of ["policy", "step", "time", name]) checkColumn(column, steps.columnNames());
  const run = ["policy", ...replicateColumns(steps)];
  checkOnce(steps, run);
  const times = [...new Set(steps.array("time") as Iterable<number>)].sort((a, b) => a - b);
  const stepSeconds = times.length > 1 ? times[1] - times[0] : 300;
  const perHour = times.length > MANY_STEPS ? Math.max(1, Math.round(3600 / stepSeconds)) : 1;
  const every = Math.max(perHour, stepsPerPoint(times.length, MOST_POINTS));
  const rows = steps
    .derive({ point: escape(({ step }: { step: number }) => Math.floor(step / every)) })
    .groupby(...run, "point")
    .rollup({ time: op.mean("time"), value: op.mean(name) })
    .groupby("policy", "point")
    .rollup({
      time: op.mean("time"),
      q25: op.quantile("value", 0.25),
      median: op.median("value"),
      q75: op.quantile("value", 0.75),
    });
  return { rows, every, stepSeconds, duration: times.length * stepSeconds };
}

function checkOnce(steps: ColumnTable, run: readonly string[]): void {
  const twice = steps
    .groupby(...run, "step")
    .count()
    .filter("(row) => row.count > 1");
  if (twice.numRows() === 0) return;
  throw new InputError(
    "several rows of one policy, replicate and step: the runs differ in a setting; filter the table to one",
  );
}

/** Returns the rows of these policies. Throws InputError for one that was not simulated. */
export function ofPolicies(steps: ColumnTable, policies: readonly string[]): ColumnTable {
  const known = new Set(readRows(steps).column("policy").values);
  const unknown = policies.find((policy) => !known.has(policy));
  if (unknown !== undefined) {
    throw new InputError(`unknown policy: ${unknown}; simulated were ${[...known].join(", ")}`);
  }
  return steps.filter(escape(({ policy }: { policy: string }) => policies.includes(policy)));
}
