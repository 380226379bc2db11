import { stat } from "node:fs/promises";
import { inOrder } from "../bulk/in-order.js";
import { openScanner } from "../bulk/scanner.js";
import type { Collector, Columns, PartFacts, TableOptions } from "./parts.js";
import { readPart, type PartRows, type Scan } from "./read-part.js";
import type { Part, Table } from "./tables.js";

/** What becomes of the parts of a table. */
export interface PartKeeper<C extends Columns, K extends PartFacts> {
  /** What was kept of a part earlier on; undefined where it is to be read. */
  readonly find: (part: Part) => Promise<K | undefined>;
  readonly keep: (part: Part, rows: PartRows<C>) => Promise<K>;
}

export interface ReadTableOptions extends Pick<TableOptions, "onError" | "onProgress"> {
  readonly threads?: number;
  /** Reads everything with `readCsv`. Default false: the result is the same. */
  readonly isStrict?: boolean;
}

/**
 * Reads the parts of a table, large ones side by side on threads (at most `threads` of them), and returns what the keeper
 * makes of each, in order. Throws for the first part that has a fault.
 */
export async function readTable<C extends Columns, K extends PartFacts>(
  table: Table,
  parts: readonly Part[],
  createCollector: () => Collector<C>,
  { onError, onProgress, threads, isStrict = false }: ReadTableOptions,
  { find, keep }: PartKeeper<C, K>,
): Promise<K[]> {
  const scanner = openScanner(parts.length, isStrict ? 0 : await sizeOf(parts), threads);
  const scan: Scan = isStrict ? () => Promise.resolve(undefined) : scanner.scan;
  const total = parts.length;
  let done = 0;
  let rows = 0;
  const report = (): void => onProgress?.({ phase: `reading ${table}`, done, total, unit: "files", rows });
  try {
    if (total > 0) report();
    return await inOrder(parts, scanner.atOnce, async (part) => {
      const known = await find(part);
      const kept = known ?? (await keep(part, await readPart(table, part, createCollector, onError, scan)));
      done++;
      if (known === undefined) rows += kept.rows;
      report();
      return kept;
    });
  } finally {
    await scanner.close();
  }
}

/** Bytes of the parts as they are on disk. */
export async function sizeOf(parts: readonly Part[]): Promise<number> {
  let bytes = 0;
  for (const { path } of parts) bytes += (await stat(path)).size;
  return bytes;
}
