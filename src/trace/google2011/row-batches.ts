import { readRowFile, type RowPlaces } from "../bulk/row-file.js";
import { mapColumns } from "../growing-table.js";
import { createCollector } from "./collect.js";
import { joinParts } from "./parts.js";
import type { Batch, RowsOf } from "./rows.js";
import type { Table } from "./tables.js";

/** Rows of a table on disk, as plain data: every thread can read them. */
export interface RowsOnDisk<T extends Table = Table> {
  readonly table: T;
  /** One for each part, its rows grouped by `bucketsOfTasks`. */
  readonly files: readonly { readonly path: string; readonly file: RowPlaces }[];
}

/** Buckets `from` to `to - 1`. */
export interface BucketRange {
  readonly from: number;
  readonly to: number;
}

/** Batches of some ten thousand rows stay in the processor's cache while they are put in order; a bucket of a large trace has more. */
const BATCH_ROWS = 1 << 14;

/** Reads the rows of some buckets and hands them out in batches. */
export async function* readBatches<T extends Table>(
  { table, files }: RowsOnDisk<T>,
  { from, to }: BucketRange,
): AsyncGenerator<Batch<RowsOf[T]>> {
  const pieces: RowsOf[T][] = [];
  for (const { path, file } of files) pieces.push((await readRowFile(path, file, from, to)) as RowsOf[T]);
  for (const range of cutRange(files, { from, to }, BATCH_ROWS)) {
    const own = pieces.map((piece, i) => {
      const { offsets } = files[i].file;
      const [first, end] = [offsets[range.from] - offsets[from], offsets[range.to] - offsets[from]];
      return mapColumns(piece, (values) => values.subarray(first, end));
    });
    const none = createCollector({ table }).finish().columns;
    yield { columns: joinParts(own.length > 0 ? own : [none]), ...range };
  }
}

/** Cuts a range into some that have at most so many rows each, one bucket at least. */
export function cutRange(
  files: RowsOnDisk["files"],
  { from, to }: BucketRange,
  mostRows: number,
): BucketRange[] {
  const ranges: BucketRange[] = [];
  for (let first = from; first < to;) {
    let end = first + 1;
    while (end < to && countRows(files, { from: first, to: end + 1 }) <= mostRows) end++;
    ranges.push({ from: first, to: end });
    first = end;
  }
  return ranges;
}

/** Returns how many rows these buckets have. */
export function countRows(files: RowsOnDisk["files"], { from, to }: BucketRange): number {
  return files.reduce((sum, { file }) => sum + file.offsets[to] - file.offsets[from], 0);
}
