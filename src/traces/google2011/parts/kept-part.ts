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
  /** `stampOf` the part. */
  readonly stamp: string;
}

/** A part on disk, its rows grouped by `bucketsOfTasks`. */
export interface KeptPart extends PartFacts {
  readonly path: string;
  readonly file: RowFile<KeptFacts>;
}

/** Tells a part file from what was under its name before: by size and time of its last change. */
export async function stampOf({ path }: Part): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} bytes, ${mtimeMs}`;
}

/**
 * Returns what `keepPart` put at `path`, undefined where it did not come to its end or the part has changed
 * since.
 */
export async function findKeptPart(part: Part, path: string): Promise<KeptPart | undefined> {
  const file = await findRowFile<KeptFacts>(path);
  return file?.facts.stamp === (await stampOf(part)) ? { ...file.facts, path, file } : undefined;
}

/** Puts the rows of a part on disk. Throws InputError where a file cannot be written. */
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
 * A part whose rows are grouped by `bucketsOfTasks`: those of bucket b are `offsets[b]` to `offsets[b + 1] -
 * 1`. Jobs, machines and times are coded: a part covers an hour and a half.
 */
export interface GroupedPart extends PartFacts {
  readonly columns: Readonly<Record<string, Column | CodedColumn>>;
  readonly offsets: readonly number[];
}

/** Groups the rows of a part; rows without a job and an index are all in the first group. */
export function groupPart(part: PartRows<Table>): GroupedPart {
  const { job, index } = part.columns as { job?: BigInt64Array; index?: Int32Array };
  if (job === undefined || index === undefined) {
    const rows = Object.values<Column>(part.columns)[0].length;
    return { ...part, offsets: Array.from({ length: BUCKETS + 1 }, (_, group) => (group === 0 ? 0 : rows)) };
  }
  const { offsets, places } = placeRows(bucketsOfTasks(job, index), BUCKETS);
  const columns: Record<string, Column | CodedColumn> = {};
  for (const [name, values] of Object.entries<Column>(part.columns)) {
    // Coded first: fewer bytes are put in order then.
    const column = codeColumn(values);
    columns[name] = isCoded(column)
      ? { ...column, codes: putRows(column.codes, places) }
      : putRows(column, places);
  }
  return { ...part, columns, offsets: Array.from(offsets) };
}
