/** Runs every combination of the values that an experiment lists, and returns one table. */
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
import { checkWorkers, runDesign, type Done } from "./run-design.js";
import type { RunTask } from "./worker.js";

export interface ExperimentOptions {
  /**
   * Number of worker threads. Default 1: the runs stay in this thread. They also stay in this thread where a
   * policy or metric is an object; policies and metrics that are named by the path of a module do not prevent
   * threads.
   */
  readonly workers?: number;
  /**
   * Folder that keeps every run as it ends, and the table as CSV and Parquet, so that a stopped experiment
   * can continue (docs/sweeps.md). It must be new, empty, or the folder of an earlier sweep. Default: nothing
   * is written.
   */
  readonly folder?: string;
  readonly onProgress?: OnProgress;
  /** Called for each run that ends, with the origin of its workload. */
  readonly onWorkload?: (described: Described) => void;
}

interface AndTables<Name extends TableName> {
  /**
   * Tables in long form: `steps`, `migrations`, `tasks`, `machines` (utilization of each machine in each
   * step).
   */
  readonly tables: readonly Name[];
}

/**
 * Does the runs of an experiment and returns a table with one row per run: what was simulated (`trace`,
 * `machines`, `steps`, `lcRule`, `usage`, `sharing`, `migration`, `architecture` where the experiment has
 * architectures, `order` where some run enforces the order of tasks, `policy`, `set.KEY` for each setting),
 * the replicate (`seed`, and `firstStep` with windows), then the metrics. With `tables` it returns an object
 * with `runs` and the requested tables, whose first columns identify the run. The result does not depend on
 * the number of workers. Throws InputError for unknown names, with the nearest name that exists, and for
 * values out of range; also the errors of the trace's reader.
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
        "tables and folder cannot be combined: a folder keeps only the metrics of runs; give one of the two",
      );
    if (rest.workers !== undefined) checkWorkers(rest.workers);
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

/**
 * Returns the columns as an arquero table. Undefined values are NaN; settings that do not affect a run are
 * null.
 */
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
