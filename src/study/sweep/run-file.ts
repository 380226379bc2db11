/** The file that holds what came of one run of a sweep. */
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
 * Returns the run as a Parquet file of one row, in the columns of the sweep's table; its metadata hold the
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
 * Returns what `encodeRun` was given; undefined where the bytes are damaged, of another run or lack a figure
 * of the scenario.
 */
export async function decodeRun(
  key: string,
  bytes: Uint8Array,
  scenario: Scenario,
): Promise<EndedRun | undefined> {
  // Whatever is wrong inside the file, the remedy is the same.
  const content = await decodeParquet(bytes).catch(() => undefined);
  if (content?.rows.length !== 1 || content.metadata.get("schedlab.key") !== key) return undefined;
  const result = toResult(content.rows[0], figuresOf(scenario));
  const manifest = content.metadata.get("schedlab.manifest");
  if (result === undefined || manifest === undefined) return undefined;
  return { result, manifest: JSON.parse(manifest) as Manifest };
}

/** Writes a run's file, whole or not at all. Throws InputError where it cannot be written. */
export async function writeRunFile(folder: string, key: string, bytes: Uint8Array): Promise<void> {
  await writeFileAtomic(runFile(folder, key), bytes);
}

/**
 * Returns what a run's file holds; undefined where there is none and where it is damaged, of another run or
 * lacks a figure, so that the run is to be done again. Throws InputError where it cannot be read.
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
