/** The file with the result of one run of a sweep. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { explainFileError, writeFileAtomic } from "../../base/files.js";
import type { Manifest } from "../../simulate/manifest.js";
import { decodeParquet, encodeParquet, type ParquetRow } from "./parquet.js";
import { resultColumns, type RunResult, type SweptRun } from "../result-table.js";
import type { EndedRun } from "../run-scenario.js";
import { figuresOf, type Scenario } from "../scenarios.js";

/** Returns the path of a run's file in the folder of a sweep. */
export function runFile(folder: string, key: string): string {
  return join(folder, "runs", `${key}.parquet`);
}

/**
 * Returns the run as a Parquet file with one row and the columns of the sweep's table. Its metadata holds the
 * key and the manifest.
 */
export function encodeRun(
  key: string,
  { run, settings, manifest }: { run: SweptRun; settings: readonly string[]; manifest: Manifest },
): Uint8Array {
  const metadata = { "schedlab.key": key, "schedlab.manifest": JSON.stringify(manifest) };
  return encodeParquet(resultColumns([run], settings), metadata);
}

/**
 * Returns the run that `encodeRun` was given; undefined where the bytes are damaged, belong to another run or
 * lack a metric of the scenario.
 */
export async function decodeRun(
  key: string,
  bytes: Uint8Array,
  scenario: Scenario,
): Promise<EndedRun | undefined> {
  // All kinds of damage have the same remedy: the run is done again.
  const content = await decodeParquet(bytes).catch(() => undefined);
  if (content?.rows.length !== 1 || content.metadata.get("schedlab.key") !== key) return undefined;
  const result = toResult(content.rows[0], figuresOf(scenario));
  const manifest = content.metadata.get("schedlab.manifest");
  if (result === undefined || manifest === undefined) return undefined;
  return { result, manifest: JSON.parse(manifest) as Manifest };
}

/** Writes a run's file atomically. Throws InputError where it cannot be written. */
export async function writeRunFile(folder: string, key: string, bytes: Uint8Array): Promise<void> {
  await writeFileAtomic(runFile(folder, key), bytes);
}

/**
 * Returns the result in a run's file; undefined where the run must be done again because the file is missing,
 * is damaged, belongs to another run or lacks a metric. Throws InputError where the file cannot be read.
 */
export async function readRunFile(
  folder: string,
  key: string,
  scenario: Scenario,
): Promise<RunResult | undefined> {
  const path = runFile(folder, key);
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw explainFileError(error, path, "read");
  });
  return bytes === undefined ? undefined : (await decodeRun(key, bytes, scenario))?.result;
}

function toResult(row: ParquetRow, names: readonly string[]): RunResult | undefined {
  const { machines, steps, lcRule, usage, firstStep } = row;
  const isWhole = names.every((figure) => typeof row[figure] === "number");
  if (!isWhole || typeof machines !== "bigint" || typeof steps !== "bigint") return undefined;
  if (typeof lcRule !== "string" || !isUsage(usage)) return undefined;
  const figures = Object.fromEntries(names.map((figure) => [figure, row[figure] as number]));
  const window = typeof firstStep === "bigint" ? { firstStep: Number(firstStep) } : {};
  return { machines: Number(machines), steps: Number(steps), lcRule, usage, ...window, figures };
}

function isUsage(value: unknown): value is RunResult["usage"] {
  return value === "measured" || value === "modelled" || value === "mixed";
}
