import { basename, dirname, join } from "node:path";
import { requireFreeSpace } from "../bulk/free-space.js";
import { readRowFile } from "../bulk/row-file.js";
import { createCollector } from "./collect.js";
import { findKeptPart, type KeptPart } from "./kept-part.js";
import {
  joinParts,
  type Batch,
  type Collecting,
  type Columns,
  type PartSource,
  type TableOptions,
} from "./parts.js";
import type { PartReader } from "./part-reader.js";
import { readTable } from "./read-table.js";
import { sizeOf, type Part, type Table } from "./tables.js";
import { BUCKETS } from "./tasks.js";

export interface DiskSourceOptions {
  /** Folder for the rows of parts: what is in it already is not read again. */
  readonly folder: string;
  /** Most rows to have in memory at once, as far as those of a bucket of tasks are not more. */
  readonly batchRows: number;
  readonly workloadLimit: number;
}

/** Bytes of all rows of a part on disk for each byte of its `.csv.gz`: of the published parts 6.4 (events) and 1.4 (usage). */
export const SPACE_PER_BYTE: Readonly<Record<Table, number>> = {
  machine_events: 10,
  job_events: 1,
  task_events: 7,
  task_usage: 1.6,
};

/** Reads parts and keeps what is wanted of their rows in files, part by part; rows come back in batches. */
export function createDiskSource(
  reader: PartReader,
  { folder, batchRows, workloadLimit }: DiskSourceOptions,
): PartSource {
  return {
    workloadLimit,
    read: async <T extends Table>(
      collecting: Collecting<T>,
      parts: readonly Part[],
      { onError, onProgress, share }: TableOptions,
    ) => {
      const { table } = collecting;
      const known = new Map<Part, KeptPart>();
      for (const part of parts) {
        const found = await findKeptPart(part, pathOf(folder, table, part));
        if (found !== undefined) known.set(part, found);
      }
      const missing = parts.filter((part) => !known.has(part));
      const needed = (await sizeOf(missing)) * SPACE_PER_BYTE[table] * share;
      await requireFreeSpace(dirname(folder), needed, `the rows of ${table}`);
      const options = { collecting, onError, isStrict: false };
      const kept = await readTable(parts, { table, reader, onProgress }, async (part) => {
        const found = known.get(part);
        if (found !== undefined) return { kept: found, isNew: false };
        return { kept: await reader.keep(part, options, pathOf(folder, table, part)), isNew: true };
      });
      const empty = createCollector(collecting).finish().columns;
      return { facts: kept, batches: () => readBatches(kept, empty, batchRows) };
    },
  };
}

function pathOf(folder: string, table: Table, part: Part): string {
  return join(folder, `${table}-${basename(part.path)}`);
}

/** Batches of some ten thousand rows stay in the processor's cache while they are put in order; a bucket of a large trace has more. */
const BATCH_ROWS = 1 << 14;

/** Reads as many buckets at a time as have `mostRows` rows, one at least, and hands them out in batches. */
async function* readBatches<C extends Columns>(
  parts: readonly KeptPart[],
  empty: C,
  mostRows: number,
): AsyncGenerator<Batch<C>> {
  for (let from = 0; from < BUCKETS;) {
    const to = lastBucket(parts, from, BUCKETS, mostRows);
    const pieces: C[] = [];
    for (const { path, file } of parts) pieces.push((await readRowFile(path, file, from, to)) as C);
    for (let first = from; first < to;) {
      const end = lastBucket(parts, first, to, Math.min(mostRows, BATCH_ROWS));
      const own = pieces.map((piece, i) => {
        const { offsets } = parts[i].file;
        return sliceRows(piece, offsets[first] - offsets[from], offsets[end] - offsets[from]);
      });
      yield { columns: joinParts(own.length > 0 ? own : [empty]), from: first, to: end };
      first = end;
    }
    from = to;
  }
}

/** The end of as many buckets from `from` on as have at most so many rows, one at least. */
function lastBucket(parts: readonly KeptPart[], from: number, limit: number, rows: number): number {
  const countRows = (to: number): number =>
    parts.reduce((sum, { file }) => sum + file.offsets[to] - file.offsets[from], 0);
  let to = from + 1;
  while (to < limit && countRows(to + 1) <= rows) to++;
  return to;
}

function sliceRows<C extends Columns>(columns: C, from: number, to: number): C {
  const entries = Object.entries(columns).map(([name, values]) => [name, values.subarray(from, to)]);
  return Object.fromEntries(entries) as C;
}
