import type { Row } from "../../text/row.js";
import type { Columns } from "../../../base/columns/columns.js";
import { inputOf, type InputFile } from "../../../workload/inputs.js";
import type { OnError } from "../../../workload/open-options.js";
import type { Skipped } from "../../../workload/skipped.js";
import type { OnProgress } from "../../../base/progress.js";
import type { Given, Made, WorkOn } from "../batch-work.js";
import { add, addAll, type Counts } from "../../../workload/build/counts.js";
import type { Batch, RowsOf } from "../rows.js";
import type { Part, Table } from "../tables.js";
import type { WantedUsage } from "../wanted-usage.js";

/** What to collect, as plain data that can be sent to another thread. */
export interface Collecting<T extends Table = Table> {
  readonly table: T;
  /** For task_usage: which rows to keep. Default: all. */
  readonly wanted?: WantedUsage;
}

/**
 * Collects the data that the reader needs from the rows of one part; a new collector is made for each part.
 */
export interface Collector<C extends Columns> {
  /** If it rejects a row, it must do so before it uses any of the row's values. */
  readonly visit: (row: Row) => void;
  readonly finish: () => Collected<C>;
}

export interface Collected<C extends Columns> {
  readonly columns: C;
  /** For the report; the sums over the parts. */
  readonly counts: Counts;
  /** Other facts about the part, as finite numbers. */
  readonly figures: Readonly<Record<string, number | undefined>>;
}

/** The result of reading a part, without its rows. */
export interface PartFacts extends Omit<Collected<Columns>, "columns">, Skipped {
  readonly sha256: string;
  /** Number of rows that the collector accepted. */
  readonly rows: number;
}

export interface TableRows<C extends Columns> {
  /** In order of part. */
  readonly facts: readonly PartFacts[];
  /** The rows, batch by batch; every bucket is in exactly one batch. May be called more than once. */
  readonly batches: () => AsyncIterable<Batch<C>>;
  /**
   * Does work on each batch, on several threads if there are several; yields the results in order of bucket.
   * `given` is called with the range of the batch's buckets, or a larger one.
   */
  readonly map: <Name extends WorkOn<C>>(
    name: Name,
    given: (from: number, to: number) => Given<Name>,
  ) => AsyncIterable<Made<Name>>;
}

export interface TableOptions {
  readonly onError: OnError;
  readonly onProgress: OnProgress | undefined;
  /** The share of the rows that is expected to be kept. */
  readonly share: number;
}

/** Reads the rows of parts, and keeps them until they are used. */
export interface PartSource {
  /** Throws the errors of `readTable`, for the first part with a fault. */
  readonly read: <T extends Table>(
    collecting: Collecting<T>,
    parts: readonly Part[],
    options: TableOptions,
  ) => Promise<TableRows<RowsOf[T]>>;
  /** The largest allowed size of the workload, in bytes. */
  readonly workloadLimit: number;
}

export interface ReadingOptions {
  readonly source: PartSource;
  readonly onError: OnError;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

/** Reads the parts of one table, sums up the counts and skipped rows, and records each file's SHA-256. */
export async function readParts<T extends Table>(
  collecting: Collecting<T>,
  parts: readonly Part[],
  { source, onError, onProgress, counts, inputs }: ReadingOptions,
  share = 1,
): Promise<TableRows<RowsOf[T]>> {
  const { table } = collecting;
  const rows = await source.read(collecting, parts, { onError, onProgress, share });
  rows.facts.forEach((facts, i) => {
    addAll(counts, facts.counts);
    inputs.push(inputOf(parts[i].name, facts));
    add(counts, `${table}.rows`, facts.rows);
    add(counts, `${table}.skippedRows`, facts.skippedRows);
  });
  return rows;
}
