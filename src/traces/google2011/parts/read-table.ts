import { inOrder } from "../../../base/in-order.js";
import type { PartFacts, TableOptions } from "./parts.js";
import type { PartReader } from "./part-reader.js";
import type { Part, Table } from "../tables.js";

export interface ReadTableOptions extends Pick<TableOptions, "onProgress"> {
  readonly table: Table;
  readonly reader: PartReader;
}

/** What is kept of a part, and whether it was read just now. */
export interface Done<K extends PartFacts> {
  readonly kept: K;
  readonly isNew: boolean;
}

/**
 * Has the parts of a table read, side by side where the reader has threads, and returns what `readOne` makes
 * of each, in order. Throws for the first part that has a fault.
 */
export async function readTable<K extends PartFacts>(
  parts: readonly Part[],
  { table, reader, onProgress }: ReadTableOptions,
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
