import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { requireFreeSpace } from "../bulk/free-space.js";
import { findRowFile, readRowFile, writeRowFile, type RowFile } from "../bulk/row-file.js";
import { takeRows } from "../bulk/take-rows.js";
import {
  joinParts,
  type Batch,
  type Collector,
  type Columns,
  type PartFacts,
  type PartSource,
} from "./parts.js";
import { readTable, sizeOf } from "./read-table.js";
import type { PartRows } from "./read-part.js";
import type { Part, Table } from "./tables.js";
import { bucketOfTask, BUCKETS, bucketsOfTasks, groupRows } from "./tasks.js";

export interface DiskSourceOptions {
  /** Folder for the rows of parts: what is in it already is not read again. */
  readonly folder: string;
  /** Most rows to have in memory at once, as far as the rows of a task are not more. */
  readonly batchRows: number;
  readonly workloadLimit: number;
  readonly threads?: number;
}

/** Bytes of all rows of a part on disk for each byte of its `.csv.gz`: of the published parts 6.4 (events) and 1.4 (usage). */
export const SPACE_PER_BYTE: Readonly<Record<Table, number>> = {
  machine_events: 10,
  job_events: 1,
  task_events: 7,
  task_usage: 1.6,
};

interface KeptFacts extends PartFacts {
  /** `stampOf` the part. */
  readonly stamp: string;
}

/** A part on disk, its rows grouped by `bucketOfTask`. */
interface KeptPart extends PartFacts {
  readonly path: string;
  readonly file: RowFile<KeptFacts>;
}

/** Reads parts and keeps what is wanted of their rows in files, part by part; rows come back in batches. */
export function createDiskSource({
  folder,
  batchRows,
  workloadLimit,
  threads,
}: DiskSourceOptions): PartSource {
  return {
    workloadLimit,
    read: async <C extends Columns>(
      table: Table,
      parts: readonly Part[],
      createCollector: () => Collector<C>,
      { onError, onProgress, share }: Parameters<PartSource["read"]>[3],
    ) => {
      const keeper = {
        find: (part: Part) => findKept(part, pathOf(folder, table, part)),
        keep: (part: Part, rows: PartRows<C>) => keepRows(part, pathOf(folder, table, part), rows),
      };
      const missing: Part[] = [];
      for (const part of parts) if ((await keeper.find(part)) === undefined) missing.push(part);
      const needed = (await sizeOf(missing)) * SPACE_PER_BYTE[table] * share;
      await requireFreeSpace(dirname(folder), needed, `the rows of ${table}`);
      const kept = await readTable(table, parts, createCollector, { onError, onProgress, threads }, keeper);
      const empty = createCollector().finish().columns;
      return { facts: kept, batches: () => readBatches(kept, empty, batchRows) };
    },
  };
}

function pathOf(folder: string, table: Table, part: Part): string {
  return join(folder, `${table}-${basename(part.path)}`);
}

/** Tells a part file from what was under its name before: by size and time of its last change. */
export async function stampOf({ path }: Part): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} bytes, ${mtimeMs}`;
}

async function findKept(part: Part, path: string): Promise<KeptPart | undefined> {
  const file = await findRowFile<KeptFacts>(path);
  return file?.facts.stamp === (await stampOf(part)) ? { ...file.facts, path, file } : undefined;
}

async function keepRows<C extends Columns>(
  part: Part,
  path: string,
  { columns, ...facts }: PartRows<C>,
): Promise<KeptPart> {
  const grouped = groupByTask(columns);
  const stamped = { ...facts, stamp: await stampOf(part) };
  const file = await writeRowFile<KeptFacts>(path, stamped, grouped.columns, grouped.offsets);
  return { ...facts, path, file };
}

/** Rows without a job and an index are all in the first group. */
function groupByTask(columns: Columns): { columns: Columns; offsets: number[] } {
  const { job, index } = columns as { job?: BigInt64Array; index?: Int32Array };
  if (job === undefined || index === undefined) {
    const rows = Object.values(columns)[0].length;
    return { columns, offsets: Array.from({ length: BUCKETS + 1 }, (_, group) => (group === 0 ? 0 : rows)) };
  }
  const { offsets, rows } = groupRows(bucketsOfTasks(job, index), BUCKETS);
  const grouped = Object.entries(columns).map(([name, values]) => [name, takeRows(values, rows)] as const);
  return { columns: Object.fromEntries(grouped), offsets: Array.from(offsets) };
}

/** As many groups at a time as have `batchRows` rows, one at least. */
async function* readBatches<C extends Columns>(
  parts: readonly KeptPart[],
  empty: C,
  batchRows: number,
): AsyncGenerator<Batch<C>> {
  for (let from = 0; from < BUCKETS;) {
    let to = from + 1;
    while (to < BUCKETS && countRows(parts, from, to + 1) <= batchRows) to++;
    const pieces: C[] = [];
    for (const { path, file } of parts) pieces.push((await readRowFile(path, file, from, to)) as C);
    const [first, end] = [from, to];
    yield {
      columns: joinParts(pieces.length > 0 ? pieces : [empty]),
      has: (job, index) => {
        if (first === 0 && end === BUCKETS) return true;
        const bucket = bucketOfTask(job, index);
        return bucket >= first && bucket < end;
      },
    };
    from = to;
  }
}

function countRows(parts: readonly KeptPart[], from: number, to: number): number {
  return parts.reduce((sum, { file }) => sum + file.offsets[to] - file.offsets[from], 0);
}
