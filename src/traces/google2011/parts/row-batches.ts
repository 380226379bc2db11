import { decodeInto } from "./coded-column.js";
import type { Column } from "../../../base/columns/column.js";
import { readRowFile, type RowPlaces } from "./row-file.js";
import type { Columns } from "../../../base/columns/columns.js";
import type { BatchWork, Given, Made } from "../batch-work.js";
import { COLUMNS_OF, type Batch, type RowsOf } from "../rows.js";
import type { Table } from "../tables.js";
import { workOnBatch } from "../work-on-batch.js";

/** Rows of a table on disk. */
export interface RowsOnDisk<T extends Table = Table> {
  readonly table: T;
  /** One per part. The rows are grouped by `bucketsOfTasks`; `values` has the values of the coded columns. */
  readonly files: readonly { readonly path: string; readonly file: RowPlaces; readonly values: Columns }[];
}

/** Buckets `from` to `to - 1`. */
export interface BucketRange {
  readonly from: number;
  readonly to: number;
}

/** The rows of some buckets, as plain data that can be sent to another thread. */
export interface RowsOfRange<T extends Table = Table> extends BucketRange {
  readonly table: T;
  readonly pieces: readonly Piece[];
}

/**
 * The rows of some buckets in one part: bucket b has the rows `offsets[b - from]` to `offsets[b - from + 1] -
 * 1` of the columns.
 */
interface Piece {
  readonly offsets: readonly number[];
  /** Codes for the columns that are in `values`, which threads share. */
  readonly columns: Columns;
  readonly values: Columns;
}

/**
 * Batches of some ten thousand rows stay in the processor's cache while they are sorted. A bucket of a large
 * trace has more rows.
 */
const BATCH_ROWS = 1 << 14;

export async function readRange<T extends Table>(
  { table, files }: RowsOnDisk<T>,
  { from, to }: BucketRange,
): Promise<RowsOfRange<T>> {
  const pieces: Piece[] = [];
  for (const { path, file, values } of files) {
    const columns = await readRowFile(path, file, from, to);
    const first = file.offsets[from];
    pieces.push({
      columns,
      values,
      offsets: file.offsets.slice(from, to + 1).map((offset) => offset - first),
    });
  }
  return { table, from, to, pieces };
}

/** Yields the rows in batches. */
export function* batchesOf<T extends Table>({
  table,
  from,
  to,
  pieces,
}: RowsOfRange<T>): Generator<Batch<RowsOf[T]>> {
  const offsets = pieces.map((piece) => piece.offsets);
  for (const range of cutRange({ from, to }, (bucket) => countRows(offsets, bucket - from), BATCH_ROWS)) {
    const columns = COLUMNS_OF[table](range.rows);
    let at = 0;
    for (const piece of pieces) {
      const first = piece.offsets[range.from - from];
      const last = piece.offsets[range.to - from];
      for (const [name, into] of Object.entries<Column>(columns)) {
        const own = piece.columns[name].subarray(first, last);
        if (name in piece.values) decodeInto(into, at, own as Uint16Array, piece.values[name]);
        else into.set(own as never, at);
      }
      at += last - first;
    }
    yield { columns, from: range.from, to: range.to };
  }
}

/** Returns the number of rows that a bucket has in all parts; `offsets` has the offsets of each part. */
export function countRows(offsets: readonly (readonly number[])[], bucket: number): number {
  return offsets.reduce((sum, ofPart) => sum + ofPart[bucket + 1] - ofPart[bucket], 0);
}

/** Cuts a range into ranges with at most this many rows each, but with at least one bucket. */
export function cutRange(
  { from, to }: BucketRange,
  rowsOf: (bucket: number) => number,
  mostRows: number,
): (BucketRange & { readonly rows: number })[] {
  const ranges: (BucketRange & { readonly rows: number })[] = [];
  let first = from;
  let rows = 0;
  for (let bucket = from; bucket < to; bucket++) {
    const more = rowsOf(bucket);
    if (bucket > first && rows + more > mostRows) {
      ranges.push({ from: first, to: bucket, rows });
      first = bucket;
      rows = 0;
    }
    rows += more;
  }
  ranges.push({ from: first, to, rows });
  return ranges;
}

/** A unit of work and its rows, as plain data that can be sent to another thread. */
export interface RowWork<Name extends keyof BatchWork = keyof BatchWork> {
  readonly name: Name;
  readonly rows: RowsOfRange;
  readonly given: Given<Name>;
}

/** Returns the result of the work for each batch of the rows. */
export function workOnRows<Name extends keyof BatchWork>({ name, rows, given }: RowWork<Name>): Made<Name>[] {
  return Array.from(batchesOf(rows), (batch) => workOnBatch(name, batch, given));
}
