import { createHash } from "node:crypto";
import { rename, stat } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "../../base/errors.js";
import { VERSION } from "../../base/version.js";
import { saveWorkload } from "../../workload/arrow/arrow.js";
import { requireFreeSpace } from "../../base/free-space.js";
import { openWorkFolder, removeWorkFolder } from "./parts/work-folder.js";
import type { Workload } from "../../workload/workload.js";
import { createDiskSource, SPACE_PER_BYTE } from "./parts/disk-source.js";
import { stampOf } from "./parts/kept-part.js";
import { readGoogle2011, type Google2011Options } from "./open.js";
import { withPartReader } from "./parts/part-reader.js";
import { findParts, TABLES, type Part, type Table } from "./tables.js";

export interface ConvertOptions extends Google2011Options {
  /** Memory to use, in bytes; at least 512 MiB. Default: half of the machine's. */
  readonly memory?: number;
  /** Most threads to read with. Default: as many as the machine runs at once. */
  readonly threads?: number;
}

/** Raised when files in a work folder mean something else. */
const WORK_VERSION = 4;
const LEAST_MEMORY = 2 ** 29;
/** Node.js itself, compiled code and what is not counted. */
const OVERHEAD = 200e6;
/** A row of a batch: as it was read, decoded, and put in order. */
const BATCH_ROW_BYTES = 140;
/**
 * Memory that reading a part takes, in terms of its rows on disk: scanned, collected with room to grow,
 * coded, grouped, being written.
 */
const READING_COPIES = 10;

/**
 * Reads a Google 2011 trace, of any size, and saves it as a workload (`saveWorkload`): the same bytes as
 * `openGoogle2011` and `saveWorkload` give. What is read goes part by part to the folder `FILE.work` beside
 * the output, so that the trace need not fit in memory, the workload itself must; and so that a conversion
 * that was stopped goes on where it stopped when it is called again with the same trace and options. The
 * folder is removed at the end.
 *
 * Throws InputError as `openGoogle2011` does, and where memory or disk space does not suffice.
 */
export async function convertGoogle2011(
  directory: string,
  out: string,
  { memory = totalmem() / 2, threads = availableParallelism(), ...options }: ConvertOptions = {},
): Promise<Workload> {
  if (!(memory >= LEAST_MEMORY)) {
    throw new InputError(`memory ${memory}: give at least ${LEAST_MEMORY} bytes (512 MiB)`);
  }
  const existing = await stat(out).catch(() => undefined);
  if (existing?.isDirectory() === true) {
    throw new InputError(`cannot write ${out}: it is a folder; give the name of a file`);
  }
  const parts = await findParts(directory, options.parts);
  // A reader of the trace passes folders of this name over (files/find-tables.ts), should it lie inside.
  const folder = `${out}.work`;
  await openWorkFolder(folder, await keyOf(parts, options));
  const room = memory - OVERHEAD;
  const sizes = { folder, batchRows: Math.floor(room / 4 / BATCH_ROW_BYTES), workloadLimit: room / 2 };
  const atOnce = Math.min(threads, await partsAtOnce(parts, room / 2));
  const workload = await withPartReader(parts, { threads: atOnce }, (reader) =>
    readGoogle2011(parts, createDiskSource(reader, sizes), options),
  );
  await requireFreeSpace(dirname(out), bytesOf(workload), "the workload");
  // In the work folder first: a kill leaves nothing beside the output.
  const whole = join(folder, "workload.arrow");
  await saveWorkload(workload, whole);
  await rename(whole, out);
  await removeWorkFolder(folder);
  return workload;
}

/**
 * What the rows in a work folder depend on beside their own part: machines and events say which usage is
 * wanted.
 */
async function keyOf(
  parts: Readonly<Record<Table, readonly Part[]>>,
  { machines, shape, seed, onError }: Google2011Options,
): Promise<string> {
  const files: string[][] = [];
  for (const part of [...parts.machine_events, ...parts.task_events]) {
    files.push([part.name, await stampOf(part)]);
  }
  const key = { schedlab: VERSION, work: WORK_VERSION, machines, shape, seed, onError, files };
  return createHash("sha256").update(JSON.stringify(key)).digest("hex");
}

/** Of the columns; the rest is small. */
function bytesOf({ executions, usage }: Workload): number {
  const columns = Object.values({ ...executions, ...usage }) as ArrayBufferView[];
  return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

async function partsAtOnce(parts: Readonly<Record<Table, readonly Part[]>>, room: number): Promise<number> {
  let largest = 1;
  for (const table of TABLES) {
    for (const { path } of parts[table]) {
      largest = Math.max(largest, (await stat(path)).size * SPACE_PER_BYTE[table] * READING_COPIES);
    }
  }
  return Math.max(1, Math.floor(room / largest));
}
