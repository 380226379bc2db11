import { inOrder } from "../../../base/in-order.js";
import type { PartFacts, TableOptions } from "./parts.js";
import { availableParallelism } from "node:os";
import { startThreads } from "../../../base/threads.js";
import type { BatchWork, Made } from "../batch-work.js";
import { groupPart, type GroupedPart } from "./kept-part.js";
import { readPart, type PartRows, type ReadPartOptions } from "./read-part.js";
import { workOnRows, type RowsOfRange, type RowWork } from "./row-batches.js";
import { sizeOf, type Part, type Table } from "../tables.js";

/** Reads parts on this thread or on others. */
export interface PartReader {
  /**
   * How many calls to make at the same time: one more than the threads, so that no thread waits for the disk
   * or for this thread.
   */
  readonly atOnce: number;
  /** Like `readPart`. */
  readonly read: <T extends Table>(part: Part, options: ReadPartOptions<T>) => Promise<PartRows<T>>;
  /** Like `readPart` followed by `groupPart`. */
  readonly readGrouped: (part: Part, options: ReadPartOptions) => Promise<GroupedPart>;
  /** Like `workOnRows`. */
  readonly work: <Name extends keyof BatchWork>(task: RowWork<Name>) => Promise<Made<Name>[]>;
}

export interface PartReaderOptions {
  /** The largest number of threads for reading. Default: the number that the machine can execute at once. */
  readonly threads?: number;
}

/** Reads one part after the other. */
export const ON_THIS_THREAD: PartReader = {
  atOnce: 1,
  read: readPart,
  readGrouped: async (part, options) => groupPart(await readPart(part, options)),
  work: (task) => Promise.resolve(workOnRows(task)),
};

/** In bytes: starting threads takes as long as reading some 10 MB. */
const WORTH_THREADS = 16e6;

/**
 * Calls `work` with a reader for these parts. Threads are started only if the parts are large, and end with
 * `work`.
 */
export async function withPartReader<R>(
  parts: Readonly<Record<Table, readonly Part[]>>,
  { threads = availableParallelism() }: PartReaderOptions,
  work: (reader: PartReader) => Promise<R>,
): Promise<R> {
  const tables = Object.values(parts);
  const count = Math.min(threads, Math.max(...tables.map(({ length }) => length)));
  if (count < 2 || (await sizeOf(tables.flat())) < WORTH_THREADS) return work(ON_THIS_THREAD);
  const pool = startThreads<typeof import("./part-worker.js")>("./part-worker.js", import.meta.url, count);
  // The type of a thread's function cannot say that the rows it returns are those of the requested table.
  const reader = {
    atOnce: count + 1,
    read: (part, options) => pool.run("read", { part, options }),
    readGrouped: (part, options) => pool.run("readGrouped", { part, options }),
    work: (task) => pool.run("work", task, buffersOf(task.rows)),
  } as PartReader;
  try {
    return await work(reader);
  } finally {
    await pool.close();
  }
}

function buffersOf({ pieces }: RowsOfRange): ArrayBuffer[] {
  return pieces.flatMap(({ columns }) => Object.values(columns).map(({ buffer }) => buffer as ArrayBuffer));
}

export interface EachPartOptions extends Pick<TableOptions, "onProgress"> {
  readonly table: Table;
  readonly reader: PartReader;
}

/** The data kept of a part, and whether the part was read now. */
export interface Done<K extends PartFacts> {
  readonly kept: K;
  readonly isNew: boolean;
}

/**
 * Reads the parts of a table, several at the same time if the reader has threads, and returns the results of
 * `readOne`, in order. Throws for the first part with a fault.
 */
export async function readEach<K extends PartFacts>(
  parts: readonly Part[],
  { table, reader, onProgress }: EachPartOptions,
  readOne: (part: Part) => Promise<Done<K>>,
): Promise<K[]> {
  const total = parts.length;
  let done = 0;
  let rows = 0;
  const report = (): void => onProgress?.({ phase: `reading ${table}`, done, total, unit: "files", rows });
  if (total > 0) report();
  return inOrder(parts, reader.atOnce, async (part) => {
    const { kept, isNew } = await readOne(part);
    done++;
    if (isNew) rows += kept.rows;
    report();
    return kept;
  });
}
