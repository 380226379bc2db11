import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { explainFileError } from "../../base/files.js";
import { InputError } from "../../base/errors.js";
import { parseExperiment, readDesign, type Design } from "../../study/design.js";
import {
  planSweep,
  runSweep,
  type DoRuns,
  type PlannedRun,
  type SweepPlan,
} from "../../study/sweep/sweep.js";
import type { ResultColumn } from "../../study/result-table.js";
import { findAnyMetric, isCompared } from "../../study/architectures.js";
import { collectQuality } from "./data-quality.js";
import { checkOutFolder, markOutFolder } from "../../base/out-folder.js";
import { metricColumn } from "./metric-table.js";
import { withProgress } from "./progress-bar.js";
import { noticeTo, type RedisCommandOptions } from "./redis-options.js";
import { stopSignal } from "./stop-signal.js";
import { widthOf, type Streams } from "./streams.js";
import { layOut, textColumns, textTable, type Cell } from "./text-table.js";

/** The options of `schedlab sweep`. */
export interface SweepOptions extends RedisCommandOptions {
  readonly workers: number;
  readonly redis?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Does the runs of a sweep that are not done yet, or lists them, and prints the result. */
export async function sweep(file: string, options: SweepOptions, { stdout, stderr }: Streams): Promise<void> {
  const { workers, redis, dryRun, json } = options;
  const folder = options.out ?? defaultFolder(file);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw explainFileError(error, file, "read");
  });
  const design = await readFileDesign(text, file);
  if (dryRun !== true) await checkOutFolder(folder, "sweep");
  const plan = await withProgress(stderr, (onProgress) => planSweep(design, folder, onProgress));
  if (dryRun === true) {
    stdout.write(json === true ? planAsJson(plan) : planAsText(plan, widthOf(stdout)));
    return;
  }
  await markOutFolder(folder, "sweep");
  const quality = collectQuality(widthOf(stderr));
  const { onWorkload } = quality;
  const columns = await withProgress(stderr, (onProgress) =>
    redis === undefined
      ? runSweep(plan, { workers, onProgress, onWorkload })
      : withRedis({ ...options, redis, code: plan.code, stderr }, (doRuns) =>
          runSweep(plan, { doRuns, onProgress, onWorkload }),
        ),
  );
  stderr.write(quality.text());
  stdout.write(json === true ? resultAsJson(plan, columns) : resultAsText(plan, columns, widthOf(stdout)));
}

async function readFileDesign(text: string, file: string): Promise<Design> {
  const experiment = parseExperiment(text, file);
  try {
    return await readDesign(experiment);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${file}: ${error.message}`, { cause: error });
  }
}

async function withRedis<T>(
  {
    redis: url,
    prefix,
    patience,
    code,
    stderr,
  }: RedisCommandOptions & { redis: string; code: string; stderr: Streams["stderr"] },
  work: (doRuns: DoRuns) => Promise<T>,
): Promise<T> {
  // Load the Redis client only when it is needed, because it takes longer to load than everything else.
  const { askWorkers } = await import("../redis/ask-workers.js");
  const { signal, release } = stopSignal();
  try {
    return await work(askWorkers({ url, prefix, patience, code, signal, onNotice: noticeTo(stderr) }));
  } finally {
    release();
  }
}

function defaultFolder(file: string): string {
  return join(dirname(file), `${basename(file, ".json")}-results`);
}

function planAsJson({ folder, runs }: SweepPlan): string {
  const listed = runs.map(({ key, scenario, result }, row) => ({
    run: row + 1,
    key,
    done: result !== undefined,
    ...scenario,
  }));
  return `${JSON.stringify({ folder, runs: listed }, null, 2)}\n`;
}

function planAsText({ design, folder, runs }: SweepPlan, width: number): string {
  const row = ({ key, scenario, result }: PlannedRun, index: number): Record<string, Cell> => {
    const { trace, open } = scenario.workload;
    const { sharing, migration, order, seed } = scenario.simulation;
    const { machines = "default", steps = "default", lcRule = "default" } = open;
    const ordered = design.order.includes("enforced") ? { order: order ?? "trace" } : {};
    const policy = scenario.policy.name;
    const placed = scenario.architecture && { architecture: scenario.architecture.name };
    const shared = { trace, machines, steps, lcRule, sharing, migration, ...placed, ...ordered, policy };
    const set = design.set.map((swept): [string, Cell] => [`set.${swept.key}`, scenario.settings[swept.key]]);
    const state = result === undefined ? "to do" : "done";
    return { run: index + 1, ...shared, ...Object.fromEntries(set), seed, key: key.slice(0, 12), state };
  };
  const done = runs.filter(({ result }) => result !== undefined).length;
  return `${textTable(runs.map(row), { width })}\n${runs.length} runs, ${done} of them done in ${folder}\n`;
}

/** Returns all runs as objects; NaN becomes null. */
function resultAsJson({ folder, runs }: SweepPlan, columns: readonly ResultColumn[]): string {
  const summary = runs.map(({ key }, row) => ({
    key,
    ...Object.fromEntries(columns.map(({ name, values }) => [name, values[row]])),
  }));
  return `${JSON.stringify({ folder, summary }, null, 2)}\n`;
}

/** Returns the compared metrics and all user-defined ones; all metrics where there are none of these. */
function shownFigures(columns: readonly ResultColumn[]): readonly string[] {
  const names = columns.slice(columns.findIndex(({ name }) => name === "seed") + 1).map(({ name }) => name);
  const figures = names.filter((name) => name !== "firstStep");
  const usual = figures.filter(isCompared);
  return usual.length === 0 ? figures : usual;
}

/** Prints means over the seeds, whose runs are adjacent, because one row per run would be too long. */
function resultAsText(
  { design, folder, runs }: SweepPlan,
  columns: readonly ResultColumn[],
  width: number,
): string {
  const seeds = design.windows?.count ?? design.seeds.length;
  const first = Array.from({ length: runs.length / seeds }, (_, row) => row * seeds);
  const varied = columns
    .slice(
      0,
      columns.findIndex(({ name }) => name === "seed"),
    )
    .filter(({ name, values }) => name === "policy" || values.some((value) => value !== values[0]));
  const keys = first.map((at) =>
    Object.fromEntries(varied.map(({ name, values }): [string, Cell] => [name, values[at]])),
  );
  const figures = shownFigures(columns).map((figure) => {
    const values = columns.find(({ name }) => name === figure)!.values as readonly number[];
    const mean = (at: number): number =>
      values.slice(at, at + seeds).reduce((sum, value) => sum + value, 0) / seeds;
    const own = design.metrics?.find(({ metric }) => metric.name === figure)?.metric;
    // Rows differ in more than the policy, so none is the best.
    const rows = first.map((at) => ({ values: { [figure]: mean(at) }, competes: false }));
    return metricColumn(rows, own ?? findAnyMetric(figure));
  });
  const table = layOut([...textColumns(keys), ...figures], { width, keys: varied.length });
  const means = seeds === 1 ? "" : `means over ${seeds} seeds; `;
  return `${table}\n${means}all ${runs.length} runs: ${join(folder, "summary.csv")} and .parquet\n`;
}
