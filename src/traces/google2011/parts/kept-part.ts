import { stat } from "node:fs/promises";
import { codeColumn, isCoded, type CodedColumn } from "./coded-column.js";
import { putRows } from "../../../base/columns/move-rows.js";
import type { Column } from "../../../base/columns/column.js";
import { findRowFile, writeRowFile, type RowFile } from "./row-file.js";
import type { PartFacts } from "./parts.js";
import type { PartRows } from "./read-part.js";
import type { Part, Table } from "../tables.js";
import { BUCKETS, bucketsOfTasks, placeRows } from "../../../workload/build/tasks.js";

interface KeptFacts extends PartFacts {
  /** The result of `stampOf` for the part. */
  readonly stamp: string;
}

/** A part on disk, with its rows grouped by `bucketsOfTasks`. */
export interface KeptPart extends PartFacts {
  readonly path: string;
  readonly file: RowFile<KeptFacts>;
}

/** Returns a text that differs if the part file was replaced: its size and the time of its last change. */
export async function stampOf({ path }: Part): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} bytes, ${mtimeMs}`;
}

/**
 * Returns the part that `keepPart` wrote to `path`; undefined if it was not completed or the part file has
 * changed since then.
 */
export async function findKeptPart(part: Part, path: string): Promise<KeptPart | undefined> {
  const file = await findRowFile<KeptFacts>(path);
  return file?.facts.stamp === (await stampOf(part)) ? { ...file.facts, path, file } : undefined;
}

/** Writes the rows of a part to disk. Throws InputError if a file cannot be written. */
export async function keepPart(
  part: Part,
  path: string,
  { columns, offsets, ...facts }: GroupedPart,
): Promise<KeptPart> {
  const stamped = { ...facts, stamp: await stampOf(part) };
  const file = await writeRowFile<KeptFacts>(path, stamped, columns, offsets);
  return { ...facts, path, file };
}

/**
 * A part whose rows are grouped by `bucketsOfTasks`: bucket b has the rows `offsets[b]` to `offsets[b + 1] -
 * 1`. Jobs, machines and times are coded: a part covers only an hour and a half, so they repeat.
 */
export interface GroupedPart extends PartFacts {
  readonly columns: Readonly<Record<string, Column | CodedColumn>>;
  readonly offsets: readonly number[];
}

/** Groups the rows of a part. In a table without job and index, all rows are in the first group. */
export function groupPart(part: PartRows<Table>): GroupedPart {
  const { job, index } = part.columns as { job?: BigInt64Array; index?: Int32Array };
  if (job === undefined || index === undefined) {
    const rows = Object.values<Column>(part.columns)[0].length;
    return { ...part, offsets: Array.from({ length: BUCKETS + 1 }, (_, group) => (group === 0 ? 0 : rows)) };
  }
  const { offsets, places } = placeRows(bucketsOfTasks(job, index), BUCKETS);
  const columns: Record<string, Column | CodedColumn> = {};
  for (const [name, values] of Object.entries<Column>(part.columns)) {
    // Coding comes first, so that fewer bytes are moved.
    const column = codeColumn(values);
    columns[name] = isCoded(column)
      ? { ...column, codes: putRows(column.codes, places) }
      : putRows(column, places);
  }
  return { ...part, columns, offsets: Array.from(offsets) };
}
