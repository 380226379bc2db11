/**
 * The entry point of this folder: reads the parts of a trace, on several threads if that is faster, and
 * returns their rows in batches. The rows are in memory, or on disk if a trace is larger than memory.
 */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { VERSION } from "../../../base/version.js";
import { TABLES, type Part, type Table } from "../tables.js";
import { createDiskSource, SPACE_PER_BYTE } from "./disk-source.js";
import { stampOf } from "./kept-part.js";
import { createMemorySource } from "./memory-source.js";
import { withPartReader } from "./part-reader.js";
import type { PartSource } from "./parts.js";
import { openWorkFolder, removeWorkFolder } from "./work-folder.js";

type Parts = Readonly<Record<Table, readonly Part[]>>;

/** Calls `work` with a source that keeps all rows in memory. */
export function withPartsInMemory<R>(parts: Parts, work: (source: PartSource) => Promise<R>): Promise<R> {
  return withPartReader(parts, {}, (reader) => work(createMemorySource(reader)));
}

export interface DiskOptions {
  /**
   * The folder for the rows. Rows that an earlier call with the same parts and key left there are not read
   * again.
   */
  readonly folder: string;
  /** The options that, like the parts, decide which rows are kept. */
  readonly key: Readonly<Record<string, unknown>>;
  /** Memory to use, in bytes. */
  readonly memory: number;
  /** The largest number of threads for reading. */
  readonly threads: number;
}

/** Increased when the format of files in a work folder changes. */
const WORK_VERSION = 4;
/** Bytes for Node.js itself, compiled code and everything that is not counted. */
const OVERHEAD = 200e6;
/** Bytes that a row of a batch takes: as read, decoded and sorted. */
const BATCH_ROW_BYTES = 140;
/**
 * The memory for reading a part, as a multiple of its rows on disk: the rows are scanned, collected with room
 * to grow, coded, grouped and written.
 */
const READING_COPIES = 10;

/**
 * Calls `work` with a source that keeps the rows on disk, ends the threads, calls `save` with the result, and
 * removes the folder. If anything fails or the process is killed, the folder stays, and the next call
 * continues from there.
 *
 * Throws InputError if the folder holds anything else or the disk is too small.
 */
export async function withPartsOnDisk<R>(
  parts: Parts,
  { folder, key, memory, threads }: DiskOptions,
  work: (source: PartSource) => Promise<R>,
  save: (made: R) => Promise<void>,
): Promise<R> {
  await openWorkFolder(folder, await hashOf(parts, key));
  const room = memory - OVERHEAD;
  const sizes = { folder, batchRows: Math.floor(room / 4 / BATCH_ROW_BYTES), workloadLimit: room / 2 };
  const atOnce = Math.min(threads, await partsAtOnce(parts, room / 2));
  const made = await withPartReader(parts, { threads: atOnce }, (reader) =>
    work(createDiskSource(reader, sizes)),
  );
  await save(made);
  await removeWorkFolder(folder);
  return made;
}

/**
 * Machines and events decide which rows of usage are kept. So if one of their parts changes, all kept rows
 * become invalid.
 */
async function hashOf(parts: Parts, key: DiskOptions["key"]): Promise<string> {
  const files: string[][] = [];
  for (const part of [...parts.machine_events, ...parts.task_events]) {
    files.push([part.name, await stampOf(part)]);
  }
  const all = { schedlab: VERSION, work: WORK_VERSION, ...key, files };
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

/** Returns the number of parts that can be read at the same time with this much memory; at least 1. */
async function partsAtOnce(parts: Parts, room: number): Promise<number> {
  let largest = 1;
  for (const table of TABLES) {
    for (const { path } of parts[table]) {
      largest = Math.max(largest, (await stat(path)).size * SPACE_PER_BYTE[table] * READING_COPIES);
    }
  }
  return Math.max(1, Math.floor(room / largest));
}
