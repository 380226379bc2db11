/**
 * Keeps opened workloads on disk, so that the same trace opens at once the next time. A kept workload is what
 * reading the trace again would give: its name is a hash of the trace's files, the options and the code.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { hashCode } from "../../base/code-hash.js";
import { makeFolder } from "../../base/files.js";
import { requireFreeSpace } from "../../base/free-space.js";
import { loadWorkload, saveWorkload } from "../../workload/arrow/arrow.js";
import type { InputFile } from "../../workload/inputs.js";
import type { OpenOptions } from "../../workload/open-options.js";
import type { Workload } from "../../workload/workload.js";
import { stampOf, traceInputs } from "../trace-inputs.js";
import { parseTrace } from "../trace-spec.js";
import { markUsed, removeOldest } from "./folder.js";
import { cacheSettings, type CacheSettings } from "./settings.js";

/** How to read a trace that is not kept. */
export interface Reading {
  readonly read: () => Promise<Workload>;
  /** Whether the columns shall be in memory that threads share, as in `loadWorkload`. */
  readonly shared: boolean;
}

/**
 * Returns the kept workload, or reads the trace and keeps the workload where that took long enough. A cache
 * that cannot be read or written is no error: the trace is read. Throws the errors of `read`.
 */
export async function openCached(
  spec: string,
  options: OpenOptions,
  { read, shared }: Reading,
  settings: CacheSettings | undefined = cacheSettings(),
): Promise<Workload> {
  const isOff = settings === undefined || options.cache === false || parseTrace(spec).format === "arrow";
  const before = isOff ? undefined : await seeFiles(spec);
  // Where the files cannot be listed, the reader says why.
  if (settings === undefined || before === undefined) return read();
  const path = join(settings.folder, `${await hashOpening(spec, options, before.inputs)}.arrow`);
  const kept = await openKept(path, options, shared);
  if (kept !== undefined) return kept;
  const began = performance.now();
  const workload = await read();
  const isSlow = performance.now() - began >= settings.leastSeconds * 1000;
  const isSame = async (): Promise<boolean> => (await stampOf(spec)) === before.stamp;
  if (isSlow && (await isSame().catch(() => false)))
    await keep(workload, path, settings).catch(() => undefined);
  return workload;
}

/** The files of a trace, and a text that changes where one of them does. */
interface SeenFiles {
  readonly stamp: string;
  readonly inputs: readonly InputFile[];
}

async function seeFiles(spec: string): Promise<SeenFiles | undefined> {
  try {
    return { stamp: await stampOf(spec), inputs: await traceInputs(spec) };
  } catch {
    return undefined;
  }
}

/** Returns a hash of everything that decides what is read. */
async function hashOpening(
  spec: string,
  { machines, shape, seed, steps, lcRule, onError }: OpenOptions,
  inputs: readonly InputFile[],
): Promise<string> {
  const trace = parseTrace(spec);
  // Names of files and folders are in the workload.
  const place = "folder" in trace ? resolve(trace.folder) : "file" in trace ? resolve(trace.file) : spec;
  const options = { machines, shape, seed, steps, lcRule, onError };
  const facts = [trace.format, place, options, inputs, await hashCode(), process.version];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/** Returns the workload; undefined where it is not kept, or damaged, in which case it is removed. */
async function openKept(
  path: string,
  { onProgress }: OpenOptions,
  shared: boolean,
): Promise<Workload | undefined> {
  if (!existsSync(path)) return undefined;
  onProgress?.({ phase: "opening the kept workload", done: 0, total: 1, unit: "files" });
  const workload = await loadWorkload(path, { shared }).catch(() => undefined);
  const note = workload === undefined ? rm(path, { force: true }) : markUsed(path);
  // Where it can be neither removed nor marked, it is read or replaced next time.
  await note.catch(() => undefined);
  return workload;
}

async function keep(workload: Workload, path: string, { folder, bytes }: CacheSettings): Promise<void> {
  const { usage, executions } = workload;
  const size = usage.cpu.byteLength + usage.memory.byteLength + BYTES_OF_EXECUTION * executions.job.length;
  if (size > bytes) return;
  makeFolder(folder, 0o700);
  await requireFreeSpace(folder, 2 * size, "a kept workload");
  await removeOldest(folder, bytes - size);
  await saveWorkload(workload, path);
  await removeOldest(folder, bytes);
}

/** About so many in a saved workload, without its machines. */
const BYTES_OF_EXECUTION = 80;
