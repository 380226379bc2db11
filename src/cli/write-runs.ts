import { join } from "node:path";
import { writeFileAtomic, writeJson } from "../files.js";
import type { Run } from "../simulate/simulate.js";
import { movesTable, stepsTable, summaryTable, tasksTable } from "../simulate/tables.js";
import type { Workload } from "../trace/workload.js";

/**
 * Writes what runs on one workload came to: `summary.csv`, and in one folder per policy `steps.csv`,
 * `moves.csv`, `tasks.csv` and `manifest.json`. Each file appears whole or not at all. Throws InputError
 * where the folder cannot be written.
 */
export async function writeRuns(folder: string, workload: Workload, runs: readonly Run[]): Promise<void> {
  await writeFileAtomic(join(folder, "summary.csv"), summaryTable(runs).toCSV());
  for (const run of runs) {
    const file = (name: string): string => join(folder, run.policy, name);
    await writeFileAtomic(file("steps.csv"), stepsTable(run).toCSV());
    await writeFileAtomic(file("moves.csv"), movesTable(run).toCSV());
    await writeFileAtomic(file("tasks.csv"), tasksTable(run, workload).toCSV());
    await writeJson(file("manifest.json"), run.manifest);
  }
}
