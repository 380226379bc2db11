/** Many runs of `simulate`: every combination of what an experiment lists, as one table. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../base/known-keys.js";
import { checkOutFolder, markOutFolder } from "../base/out-folder.js";
import type { OnProgress } from "../base/progress.js";
import type { Described } from "../workload/quality.js";
import { readDesign, type Experiment } from "./design.js";
import { runSweep, planSweep } from "./sweep/sweep.js";
import { joinLong, TABLE_NAMES, type TableName } from "./long-tables.js";
import { resultColumns, simulatedColumns, type ResultColumn } from "./result-table.js";
import { runDesign, type Done } from "./run-design.js";
import type { RunTask } from "./worker.js";

export interface ExperimentOptions {
  /**
   * Worker threads. Default 1: no thread of its own. Policies and metrics that are functions or objects stay
   * in this thread, whatever it says; those of modules, named by their paths, do not.
   */
  readonly workers?: number;
  /**
   * Folder in which every run is kept as it ends, with the table as CSV and Parquet: an experiment that was
   * stopped goes on where it stopped (docs/sweeps.md). A new or an empty folder, or one of its own. Default:
   * nothing is written.
   */
  readonly folder?: string;
  readonly onProgress?: OnProgress;
  /** Told of each run that ends what its workload was made of. */
  readonly onWorkload?: (described: Described) => void;
}

interface AndTables<Name extends TableName> {
  /**
   * Tables in long form: `steps`, `moves`, `tasks`, `machines` (utilization of each machine in each step).
   */
  readonly tables: readonly Name[];
}

/**
 * Does the runs of an experiment and returns a table with a row for each: what was simulated (`trace`,
 * `machines`, `steps`, `lcRule`, `usage`, `sharing`, `migration`, `policy`, `set.KEY` for each setting), the
 * repetition (`seed`, with windows `firstStep` too), then the metrics. With `tables` it returns an object:
 * `runs` and the tables asked for, in which the columns that tell runs apart stand before the others. The
 * number of workers changes nothing in the result. Throws InputError for what is unknown or out of range,
 * with the nearest name that exists, and what the trace's reader throws.
 */
export function experiment(design: Experiment, options?: ExperimentOptions): Promise<ColumnTable>;
export function experiment<Name extends TableName>(
  design: Experiment,
  options: ExperimentOptions & AndTables<Name>,
): Promise<Readonly<Record<"runs" | Name, ColumnTable>>>;
export async function experiment(
  given: Experiment,
  options: ExperimentOptions & Partial<AndTables<TableName>> = {},
): Promise<ColumnTable | Readonly<Record<string, ColumnTable>>> {
  refuseUnknownKeys(options, OPTIONS, "option of experiment");
  const { tables, folder, ...rest } = options;
  const design = await readDesign(given);
  const settings = design.set.map(({ key }) => key);
  if (folder !== undefined) {
    if (tables !== undefined)
      throw new InputError(
        "tables with a folder: only the figures of runs are kept there; give one of the two",
      );
    await checkOutFolder(folder, "sweep");
    const plan = await planSweep(design, folder, rest.onProgress);
    await markOutFolder(folder, "sweep");
    return tableOf(await runSweep(plan, rest));
  }
  for (const name of tables ?? []) {
    if (!TABLE_NAMES.includes(name))
      throw new InputError(`unknown table: ${name}; known: ${TABLE_NAMES.join(", ")}`);
  }
  const runs = await runDesign(design, { kind: "run", tables } as const, rest);
  const all = tableOf(resultColumns(runs, settings));
  return tables === undefined ? all : { runs: all, ...longTablesOf(runs, settings, tables) };
}

const OPTIONS = keysOf<Required<ExperimentOptions & AndTables<TableName>>>({
  workers: true,
  folder: true,
  onProgress: true,
  onWorkload: true,
  tables: true,
});

/** Returns the columns as an arquero table; what is not defined is NaN, a setting without bearing null. */
export function tableOf(columns: readonly ResultColumn[]): ColumnTable {
  return table(Object.fromEntries(columns.map(({ name, values }) => [name, values])));
}

function longTablesOf(
  runs: readonly Done<RunTask>[],
  settings: readonly string[],
  names: readonly TableName[],
): Readonly<Record<string, ColumnTable>> {
  const axes = Object.fromEntries(simulatedColumns(runs, settings).map(({ name, values }) => [name, values]));
  const parts = names.map((name) => [
    name,
    joinLong(
      axes,
      runs.map(({ tables }) => tables![name]!),
    ),
  ]);
  return Object.fromEntries(parts) as Readonly<Record<string, ColumnTable>>;
}
