/** Plans a sweep, does its runs and writes its tables. */
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { table } from "arquero";
import { tableCsv } from "../../base/csv.js";
import { InputError } from "../../base/errors.js";
import { writeFileAtomic, writeJson } from "../../base/files.js";
import type { OnProgress } from "../../base/progress.js";
import type { InputFile } from "../../workload/inputs.js";
import type { Described } from "../../workload/quality.js";
import { VERSION } from "../../base/version.js";
import { hashCode } from "../../base/code-hash.js";
import { encodeParquet } from "./parquet.js";
import { encodeRun, readRunFile, writeRunFile } from "./run-file.js";
import { runKey, workloadHash } from "./run-key.js";
import { listScenarios, type Scenario } from "../scenarios.js";
import type { Design, NamedTrace } from "../design.js";
import type { EndedRun } from "../run-scenario.js";
import { checkWorkers, ownParts } from "../run-design.js";
import { resultColumns, type RunResult, type ResultColumn } from "../result-table.js";
import { traceInputs } from "../../traces/trace-inputs.js";
import type { WorkerMessage } from "../worker.js";
import { runOnWorkers } from "../worker-pool.js";

export interface PlannedRun {
  readonly key: string;
  /** The result of `workloadHash`: equal for runs on the same workload, which is costly to open. */
  readonly workload: string;
  readonly scenario: Scenario;
  /** The result of an earlier sweep into the same folder; undefined where the run is still to be done. */
  readonly result: RunResult | undefined;
}

export interface SweepPlan {
  readonly design: Design;
  readonly folder: string;
  /** The result of `hashCode` for the code that does the runs. */
  readonly code: string;
  readonly runs: readonly PlannedRun[];
}

/**
 * Returns the runs of a sweep in the order of its table, with their keys and the results that the folder
 * already has. Reads the trace's files to identify them. Throws InputError for values out of range, a trace
 * that cannot be read, and two identical runs.
 */
export async function planSweep(design: Design, folder: string, onProgress?: OnProgress): Promise<SweepPlan> {
  checkNames(design);
  const scenarios = listScenarios(design);
  const inputs = await inputsOf(
    design.traces.map(({ name }) => name),
    onProgress,
  );
  const code = await hashCode();
  const keys = scenarios.map((scenario) => runKey(scenario, inputs.get(scenario.workload.trace)!, code));
  const first = new Map<string, number>();
  keys.forEach((key, row) => {
    const other = first.get(key);
    if (other !== undefined) {
      throw new InputError(
        `runs ${other + 1} and ${row + 1} are the same (policy ${scenarios[row].policy.name}): ` +
          "two values mean the same; leave one out",
      );
    }
    first.set(key, row);
  });
  const runs: PlannedRun[] = [];
  for (const [row, scenario] of scenarios.entries()) {
    const key = keys[row];
    const workload = workloadHash(scenario.workload, inputs.get(scenario.workload.trace)!);
    runs.push({ key, workload, scenario, result: await readRunFile(folder, key, scenario) });
  }
  return { design, folder, code, runs };
}

/**
 * Runs in a folder are identified by names and by contents of files; workloads and functions in memory have
 * neither.
 */
function checkNames(design: Design): void {
  const own = ownParts(design);
  const [given] = design.traces.filter(({ workload }) => workload !== undefined);
  const [policy] = own.policies;
  const [metric] = own.metrics;
  const nameless =
    (given as NamedTrace | undefined) !== undefined
      ? `a workload (${given.name})`
      : (policy as unknown) !== undefined
        ? `a policy that is not from a module (${policy.name})`
        : (metric as unknown) !== undefined
          ? `a metric that is not from a module (${metric.name})`
          : undefined;
  if (nameless === undefined) return;
  throw new InputError(
    `${nameless} cannot be used with a folder, where runs are kept by name; save the workload, or give ` +
      "the path of a module such as ./mine.mjs",
  );
}

async function inputsOf(
  traces: readonly string[],
  onProgress?: OnProgress,
): Promise<ReadonlyMap<string, readonly InputFile[]>> {
  const inputs = new Map<string, readonly InputFile[]>();
  for (const trace of traces) {
    onProgress?.({ phase: "reading traces", done: inputs.size, total: traces.length, unit: "traces" });
    inputs.set(trace, await traceInputs(trace));
  }
  return inputs;
}

/** Has runs done. Calls `onEnd` once for each run as it ends, in any order. */
export type DoRuns = (
  runs: readonly PlannedRun[],
  onEnd: (run: PlannedRun, ended: EndedRun) => Promise<void>,
) => Promise<void>;

export interface SweepOptions {
  /** Number of worker threads. Default 1. */
  readonly workers?: number;
  /** Does the runs. Default: `workers` threads of this process. */
  readonly doRuns?: DoRuns;
  readonly onProgress?: OnProgress;
  /** Called for each run that ends, with the origin of its workload. */
  readonly onWorkload?: (described: Described) => void;
}

/**
 * Does the runs of the plan that are still to be done and returns the table of all runs. Writes
 * `runs/KEY.parquet` into the folder as each run ends, and at the end `summary.parquet`, `summary.csv` and
 * `manifest.json`, each atomically. The bytes do not depend on who does the runs or how often the sweep was
 * stopped and restarted. Throws InputError for bad input and where the folder cannot be written; runs that
 * have ended by then are kept.
 */
export async function runSweep(
  { design, folder, code, runs }: SweepPlan,
  { workers = 1, doRuns = onThreads(workers), onProgress, onWorkload }: SweepOptions = {},
): Promise<ResultColumn[]> {
  checkWorkers(workers);
  const settings = design.set.map(({ key }) => key);
  const results = new Map<string, RunResult>();
  for (const { key, result } of runs) if (result !== undefined) results.set(key, result);
  const report = (): void =>
    onProgress?.({ phase: "sweeping", done: results.size, total: runs.length, unit: "runs" });
  await removeTemporary(folder);
  report();
  const toDo = runs.filter(({ result }) => result === undefined);
  await doRuns(toDo, async ({ key, scenario }, { result, manifest }) => {
    await writeRunFile(folder, key, encodeRun(key, { run: { scenario, result }, settings, manifest }));
    results.set(key, result);
    onWorkload?.({ source: manifest.workload.source, provenance: manifest.workload });
    report();
  });
  const ended = runs.map(({ key, scenario }) => ({ scenario, result: results.get(key)! }));
  const columns = resultColumns(ended, settings);
  await writeTables(folder, columns, { code, runs });
  return columns;
}

function onThreads(workers: number): DoRuns {
  return (runs, onEnd) =>
    runOnWorkers<PlannedRun, WorkerMessage, EndedRun>(runs, {
      workers,
      file: "worker.js",
      messageOf: ({ scenario }) => ({ scenario, task: { kind: "run" } }),
      groupOf: ({ workload }) => workload,
      onEnd,
    });
}

const SUMMARY = { csv: "summary.csv", parquet: "summary.parquet", manifest: "manifest.json" } as const;

/**
 * Removes temporary files that a killed process left behind. The folder may hold other files, so only names
 * of a sweep's own files are removed.
 */
async function removeTemporary(folder: string): Promise<void> {
  const isOwn = (name: string): boolean =>
    Object.values(SUMMARY).some((own) => name.startsWith(`${own}.`)) || dirname(name) === "runs";
  for (const inside of ["", "runs"]) {
    const names = await readdir(join(folder, inside)).catch(() => []);
    for (const name of names.map((entry) => join(inside, entry))) {
      if (name.endsWith(".tmp") && isOwn(name)) await rm(join(folder, name), { force: true });
    }
  }
}

async function writeTables(
  folder: string,
  columns: readonly ResultColumn[],
  { code, runs }: Pick<SweepPlan, "code" | "runs">,
): Promise<void> {
  const csv = tableCsv(table(Object.fromEntries(columns.map(({ name, values }) => [name, values]))));
  await writeFileAtomic(join(folder, SUMMARY.csv), csv);
  await writeFileAtomic(
    join(folder, SUMMARY.parquet),
    encodeParquet(columns, { "schedlab.version": VERSION }),
  );
  await writeJson(join(folder, SUMMARY.manifest), {
    schedlab: VERSION,
    code,
    runs: runs.map(({ key, scenario }) => ({ key, ...scenario })),
  });
}
