import { join } from "node:path";
import { table } from "arquero";
import { tableCsv } from "../../base/csv.js";
import { fileName } from "../../charts/figure.js";
import { writeFileAtomic, writeJson } from "../../base/files.js";
import type { Done } from "../../study/run-design.js";
import type { TableName } from "../../study/long-tables.js";
import type { RunTask } from "../../study/worker.js";

/** The tables that `writeRuns` writes for each run. */
export const WRITTEN: readonly TableName[] = ["steps", "migrations", "tasks"];

/**
 * Writes the results of runs on one workload: `summary.csv`, and in one folder per policy `steps.csv`,
 * `migrations.csv`, `tasks.csv` and `manifest.json`. Each file is written atomically. Throws InputError where
 * the folder cannot be written.
 */
export async function writeRuns(folder: string, runs: readonly Done<RunTask>[]): Promise<void> {
  await writeFileAtomic(join(folder, "summary.csv"), tableCsv(summaryOf(runs)));
  for (const { scenario, tables, manifest } of runs) {
    const file = (name: string): string => join(folder, fileName(scenario.policy.name), name);
    for (const name of WRITTEN) await writeFileAtomic(file(`${name}.csv`), tableCsv(table(tables![name]!)));
    await writeJson(file("manifest.json"), manifest);
  }
}

function summaryOf(runs: readonly Done<RunTask>[]): ReturnType<typeof table> {
  const names = Object.keys(runs[0].result.figures);
  return table({
    policy: runs.map(({ scenario }) => scenario.policy.name),
    ...Object.fromEntries(names.map((name) => [name, runs.map(({ result }) => result.figures[name])])),
  });
}
