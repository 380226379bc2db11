import { stat } from "node:fs/promises";
import { inOrder } from "../bulk/in-order.js";
import type { PartFacts, TableOptions } from "./parts.js";
import { openPartReader, type PartReader } from "./part-reader.js";
import type { Part, Table } from "./tables.js";

export interface ReadTableOptions extends Pick<TableOptions, "onProgress"> {
  readonly table: Table;
  /** Most threads to read with. Default: as many as the machine runs at once. */
  readonly threads?: number;
}

/** What is kept of a part, and whether it was read just now. */
export interface Done<K extends PartFacts> {
  readonly kept: K;
  readonly isNew: boolean;
}

/**
 * Has the parts of a table read, large ones side by side on threads, and returns what `readOne` makes of each, in order. Throws
 * for the first part that has a fault.
 */
export async function readTable<K extends PartFacts>(
  parts: readonly Part[],
  { table, threads, onProgress }: ReadTableOptions,
  readOne: (part: Part, reader: PartReader) => Promise<Done<K>>,
): Promise<K[]> {
  const reader = openPartReader(parts.length, await sizeOf(parts), threads);
  const total = parts.length;
  let done = 0;
  let rows = 0;
  const report = (): void => onProgress?.({ phase: `reading ${table}`, done, total, unit: "files", rows });
  try {
    if (total > 0) report();
    return await inOrder(parts, reader.atOnce, async (part) => {
      const { kept, isNew } = await readOne(part, reader);
      done++;
      if (isNew) rows += kept.rows;
      report();
      return kept;
    });
  } finally {
    await reader.close();
  }
}

/** Bytes of the parts as they are on disk. */
export async function sizeOf(parts: readonly Part[]): Promise<number> {
  let bytes = 0;
  for (const { path } of parts) bytes += (await stat(path)).size;
  return bytes;
}
