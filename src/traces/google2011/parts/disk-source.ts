import { basename, dirname, join } from "node:path";
import { requireFreeSpace } from "../../../base/free-space.js";
import { mapInOrder } from "../../../base/in-order.js";
import { bytesOfRows, readValues } from "./row-file.js";
import { findKeptPart, keepPart, type KeptPart } from "./kept-part.js";
import type { Collecting, PartSource, TableOptions, TableRows } from "./parts.js";
import { readEach, type PartReader } from "./part-reader.js";
import { batchesOf, countRows, cutRange, readRange, type RowsOnDisk } from "./row-batches.js";
import type { RowsOf } from "../rows.js";
import { sizeOf, type Part, type Table } from "../tables.js";
import { BUCKETS } from "../../../workload/build/tasks.js";

export interface DiskSourceOptions {
  /** The folder for the rows of parts. Parts that it already contains are not read again. */
  readonly folder: string;
  /** The largest number of rows in memory at the same time, unless one bucket of tasks has more. */
  readonly batchRows: number;
  readonly workloadLimit: number;
}

/**
 * Bytes on disk of all rows of a part, for each byte of its `.csv.gz`. The published parts need 2.7 (events)
 * and, by calculation, 0.7 (usage).
 */
export const SPACE_PER_BYTE: Readonly<Record<Table, number>> = {
  machine_events: 10,
  job_events: 1,
  task_events: 3.5,
  task_usage: 0.8,
};

/** The rows of one unit of work: few, so that all threads are busy until the end. A bucket may have more. */
const RANGE_ROWS = 1 << 17;

/** Reads parts and keeps their wanted rows in files, one per part; returns the rows in batches. */
export function createDiskSource(reader: PartReader, options: DiskSourceOptions): PartSource {
  return {
    workloadLimit: options.workloadLimit,
    read: async (collecting, parts, tableOptions) => {
      const kept = await keepParts(collecting, parts, { ...options, ...tableOptions, reader });
      return { facts: kept, ...(await handOut(collecting.table, kept, reader, options)) };
    },
  };
}

interface KeepOptions extends DiskSourceOptions, TableOptions {
  readonly reader: PartReader;
}

/** Reads the parts that are not kept yet and keeps them. */
async function keepParts(
  collecting: Collecting,
  parts: readonly Part[],
  { folder, reader, share, onError, onProgress }: KeepOptions,
): Promise<KeptPart[]> {
  const { table } = collecting;
  const known = new Map<Part, KeptPart>();
  for (const part of parts) {
    const found = await findKeptPart(part, pathOf(folder, table, part));
    if (found !== undefined) known.set(part, found);
  }
  let left = await sizeOf(parts.filter((part) => !known.has(part)));
  const requireRoom = (spacePerByte: number): Promise<void> =>
    requireFreeSpace(dirname(folder), left * spacePerByte, `the rows of ${table}`);
  await requireRoom(SPACE_PER_BYTE[table] * share);
  const read = { bytes: 0, kept: 0 };
  return readEach(parts, { table, reader, onProgress }, async (part) => {
    const found = known.get(part);
    if (found !== undefined) return { kept: found, isNew: false };
    const grouped = await reader.readGrouped(part, { collecting, onError, isStrict: false });
    const fresh = await keepPart(part, pathOf(folder, table, part), grouped);
    // If columns are empty or parts are not compressed, a byte holds more or fewer rows than in the published
    // parts.
    const size = await sizeOf([part]);
    left -= size;
    read.bytes += size;
    read.kept += bytesOfRows(fresh.file);
    await requireRoom(read.kept / read.bytes);
    return { kept: fresh, isNew: true };
  });
}

/** Returns access to the rows of kept parts, one range of buckets after the other. */
async function handOut<T extends Table>(
  table: T,
  kept: readonly KeptPart[],
  reader: PartReader,
  { batchRows }: DiskSourceOptions,
): Promise<Pick<TableRows<RowsOf[T]>, "batches" | "map">> {
  const files: RowsOnDisk["files"][number][] = [];
  for (const { path, file } of kept) files.push({ path, file, values: await readValues(path, file) });
  const rows = { table, files };
  const offsets = kept.map(({ file }) => file.offsets);
  const ranges = cutRange(
    { from: 0, to: BUCKETS },
    (bucket) => countRows(offsets, bucket),
    Math.min(RANGE_ROWS, batchRows),
  );
  const largest = Math.max(1, ...ranges.map((range) => range.rows));
  const atOnce = Math.max(1, Math.min(reader.atOnce, Math.floor(batchRows / largest)));
  return {
    batches: async function* () {
      for (const range of ranges) yield* batchesOf(await readRange(rows, range));
    },
    map: async function* (name, given) {
      const made = mapInOrder(ranges, atOnce, async (range) =>
        reader.work({ name, rows: await readRange(rows, range), given: given(range.from, range.to) }),
      );
      for await (const ofRange of made) yield* ofRange;
    },
  };
}

function pathOf(folder: string, table: Table, part: Part): string {
  return join(folder, `${table}-${basename(part.path)}`);
}
