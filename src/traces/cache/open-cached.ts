/**
 * Keeps opened workloads on disk, so that the same trace opens at once the next time. A kept workload is what
 * reading the trace again would give: its key is a hash of the trace's files, the options and the code.
 */
import { createHash } from "node:crypto";
import { relative, resolve } from "node:path";
import { codeStamp } from "../../base/code-hash.js";
import { makeFolder } from "../../base/files.js";
import { requireFreeSpace } from "../../base/free-space.js";
import { loadWorkload, saveWorkload } from "../../workload/arrow/arrow.js";
import type { InputFile } from "../../workload/inputs.js";
import type { OpenOptions } from "../../workload/open-options.js";
import type { Workload } from "../../workload/workload.js";
import { statInputs, traceInputs } from "../trace-inputs.js";
import { parseTrace, type TraceSpec } from "../trace-spec.js";
import { findKept, keepFile, markUsed, removeOldest } from "./folder.js";
import { cacheSettings, type CacheSettings } from "./settings.js";

/** How to read a trace that is not kept. */
export interface Reading {
  readonly read: () => Promise<Workload>;
  /** Whether the columns shall be in memory that threads share, as in `loadWorkload`. */
  readonly shared: boolean;
}

/**
 * Returns the kept workload, or reads the trace and keeps the workload where that took long enough. A cache
 * that cannot be read or written is no error: the trace is read. Throws the errors of `read`, and InputError
 * for wrong settings in the environment.
 */
export async function openCached(
  spec: string,
  options: OpenOptions,
  { read, shared }: Reading,
  settings?: CacheSettings,
): Promise<Workload> {
  if (options.cache === false || parseTrace(spec).format === "arrow") return read();
  const cache = settings ?? (await cacheSettings());
  if (cache === undefined) return read();
  options.onProgress?.({ phase: "looking for a kept workload", done: 0, total: 1, unit: "files" });
  // Where the files cannot be listed, the reader says why.
  const opening = await identify(spec, options, cache).catch(() => undefined);
  if (opening === undefined) return read();
  const kept = await openKept(cache.folder, opening.key, shared);
  if (kept !== undefined) return kept;
  const began = performance.now();
  const workload = await read();
  if (performance.now() - began >= cache.leastSeconds * 1000)
    await keep(workload, opening, cache).catch(() => undefined);
  return workload;
}

/** Returns the kept workload; undefined where there is none that can be opened. */
async function openKept(folder: string, key: string, shared: boolean): Promise<Workload | undefined> {
  const path = await findKept(folder, key);
  if (path === undefined) return undefined;
  await markUsed(path).catch(() => undefined);
  return loadWorkload(path, { shared }).catch(() => undefined);
}

/** A trace with its options, its files and our code as they are at one moment. */
interface Opening {
  readonly spec: string;
  readonly key: string;
  readonly inputs: readonly InputFile[];
  /** Texts that change where a file of the trace does, and where our code does. */
  readonly files: string;
  readonly code: string;
}

/** Undefined where the cache is not for this opening. */
async function identify(
  spec: string,
  { machines, shape, seed, steps, lcRule, onError }: OpenOptions,
  { folder, bytes }: CacheSettings,
): Promise<Opening | undefined> {
  const trace = parseTrace(spec);
  const code = await codeStamp();
  const files = await statInputs(spec);
  const isTooMuch = files.reduce((sum, { size }) => sum + size, 0) > bytes;
  if (code === undefined || isTooMuch || isInside(folder, trace)) return undefined;
  const inputs = await traceInputs(spec);
  // Names of files and folders are in the workload.
  const place = "folder" in trace ? resolve(trace.folder) : "file" in trace ? resolve(trace.file) : spec;
  const options = { machines, shape, seed, steps, lcRule, onError };
  const facts = [trace.format, place, options, inputs, code, process.version];
  const key = createHash("sha256").update(JSON.stringify(facts)).digest("hex");
  return { spec, key, inputs, files: JSON.stringify(files), code };
}

/** Whether the cache lies in the trace's folder, which it would change. */
function isInside(folder: string, trace: TraceSpec): boolean {
  return "folder" in trace && !/^\.\.(?:[/\\]|$)/.test(relative(resolve(trace.folder), folder));
}

async function keep(workload: Workload, opening: Opening, { folder, bytes }: CacheSettings): Promise<void> {
  if (!(await isUnchanged(workload, opening))) return;
  const { usage, executions } = workload;
  const size = usage.cpu.byteLength + usage.memory.byteLength + BYTES_OF_EXECUTION * executions.job.length;
  if (size > bytes) return;
  makeFolder(folder, 0o700);
  await requireFreeSpace(folder, 2 * size, "a kept workload");
  await removeOldest(folder, bytes - size);
  await keepFile(folder, opening.key, (path) => saveWorkload(workload, path));
  await removeOldest(folder, bytes);
}

/** Whether the workload was read from the files, and by the code, that the key tells. */
async function isUnchanged({ provenance }: Workload, opening: Opening): Promise<boolean> {
  const known = new Set(opening.inputs.map(({ sha256 }) => sha256));
  return (
    provenance.inputs.every(({ sha256 }) => known.has(sha256)) &&
    JSON.stringify(await statInputs(opening.spec)) === opening.files &&
    (await codeStamp()) === opening.code
  );
}

/** The approximate size of an execution in a saved workload, without its samples. */
const BYTES_OF_EXECUTION = 80;
