/** Steps, migrations, tasks and machines of runs, in long form. */
import { table, type ColumnTable } from "arquero";
import type { Run } from "../simulate/simulate.js";
import { migrationsTable, stepsTable, tasksTable } from "../simulate/tables.js";
import type { Workload } from "../workload/workload.js";

/** The tables that an experiment can return in addition to the table of runs. */
export const TABLE_NAMES = ["steps", "migrations", "tasks", "machines"] as const;
export type TableName = (typeof TABLE_NAMES)[number];

export type Columns = Readonly<Record<string, ArrayLike<unknown>>>;
export type LongTables = Partial<Readonly<Record<TableName, Columns>>>;

/** Returns the requested tables of one run as columns, which can be sent to another thread. */
export function longTables(run: Run, workload: Workload, names: readonly TableName[]): LongTables {
  const make: Readonly<Record<TableName, () => ColumnTable>> = {
    steps: () => stepsTable(run),
    migrations: () => migrationsTable(run),
    tasks: () => tasksTable(run, workload),
    machines: () => machinesTable(run),
  };
  return Object.fromEntries(names.map((name) => [name, columnsOf(make[name]())]));
}

/**
 * Returns a row for each machine and step: `step`, `time` in s, `machine`, `utilization` (NaN while the
 * machine is down).
 */
function machinesTable({ machines, steps }: Run): ColumnTable {
  const n = machines!.machines;
  const { cpu } = machines!;
  const stepOf = (row: number): number => Math.floor(row / n);
  return table({
    step: Int32Array.from(cpu, (_, row) => stepOf(row)),
    time: Float64Array.from(cpu, (_, row) => steps.time[stepOf(row)]),
    machine: Int32Array.from(cpu, (_, row) => row % n),
    utilization: cpu,
  });
}

function columnsOf(from: ColumnTable): Columns {
  return Object.fromEntries(from.columnNames().map((name) => [name, from.array(name) as ArrayLike<unknown>]));
}

/**
 * Returns the tables of several runs as one. The first columns are `axes`, which say what was simulated and
 * have one value per run; then come the columns of the tables. A column of a table replaces an axis of the
 * same name (`machines` of the steps counts the machines that are up).
 */
export function joinLong(
  axes: Readonly<Record<string, readonly unknown[]>>,
  runs: readonly Columns[],
): ColumnTable {
  const lengths = runs.map((columns) => Object.values(columns)[0]?.length ?? 0);
  const repeat = (values: readonly unknown[]): unknown[] =>
    values.flatMap((value, run) => new Array<unknown>(lengths[run]).fill(value));
  const names = Object.keys(runs[0] ?? {});
  return table({
    ...Object.fromEntries(
      Object.entries(axes)
        .filter(([name]) => !names.includes(name))
        .map(([name, values]) => [name, repeat(values)]),
    ),
    ...Object.fromEntries(names.map((name) => [name, runs.flatMap((columns) => Array.from(columns[name]))])),
  });
}
