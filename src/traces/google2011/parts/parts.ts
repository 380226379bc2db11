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

/** What to collect, as plain data: it may be sent to another thread. */
export interface Collecting<T extends Table = Table> {
  readonly table: T;
  /** Of task_usage: which rows to keep. Default: all. */
  readonly wanted?: WantedUsage;
}

/** Makes of the rows of one part what the reader needs of them; made anew for each part. */
export interface Collector<C extends Columns> {
  /** Rejects a row, if at all, before it takes anything of it. */
  readonly visit: (row: Row) => void;
  readonly finish: () => Collected<C>;
}

export interface Collected<C extends Columns> {
  readonly columns: C;
  /** For the report, added up over the parts. */
  readonly counts: Counts;
  /** What else is to be known of the part; finite. */
  readonly figures: Readonly<Record<string, number | undefined>>;
}

/** What is known of a part after it has been read, without its rows. */
export interface PartFacts extends Omit<Collected<Columns>, "columns">, Skipped {
  readonly sha256: string;
  /** Rows handed to the collector. */
  readonly rows: number;
}

export interface TableRows<C extends Columns> {
  /** In order of part. */
  readonly facts: readonly PartFacts[];
  /** The rows, one batch after the other, all together with each bucket once; they may be asked for again. */
  readonly batches: () => AsyncIterable<Batch<C>>;
  /**
   * Has work done on each batch, on several threads where there are several; `given` is called with the
   * batch's buckets, or more. In order of bucket.
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

/** Where the rows of parts come from, and where they are kept until they are used. */
export interface PartSource {
  /** Throws what `readTable` throws, for the first of the parts that has a fault. */
  readonly read: <T extends Table>(
    collecting: Collecting<T>,
    parts: readonly Part[],
    options: TableOptions,
  ) => Promise<TableRows<RowsOf[T]>>;
  /** Largest workload to make, in bytes. */
  readonly workloadLimit: number;
}

export interface ReadingOptions {
  readonly source: PartSource;
  readonly onError: OnError;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

/** Reads the parts of one table, adds up what was counted and skipped and notes each file's SHA-256. */
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
