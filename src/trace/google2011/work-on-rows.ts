import type { Columns } from "../growing-table.js";
import type { BatchWork, Given, Made } from "./batch-work.js";
import { readBatches, type BucketRange, type RowsOnDisk } from "./row-batches.js";
import type { Batch } from "./rows.js";
import { runsOfBatch } from "./runs-of-batch.js";
import { sampleBatch } from "./sample-batch.js";

const BATCH_WORK: BatchWork = { buildRuns: runsOfBatch, sampleUsage: sampleBatch };

/** Does the work of this name on a batch. */
export function workOnBatch<Name extends keyof BatchWork>(
  name: Name,
  batch: Batch<Columns>,
  given: Given<Name>,
): Made<Name> {
  const work = BATCH_WORK[name] as (batch: Batch<Columns>, given: Given<Name>) => Made<Name>;
  return work(batch, given);
}

/** Some work and the rows on disk to do it on, as plain data: it may be sent to another thread. */
export interface RowWork<Name extends keyof BatchWork = keyof BatchWork> {
  readonly name: Name;
  readonly rows: RowsOnDisk;
  readonly range: BucketRange;
  readonly given: Given<Name>;
}

/** Returns what the work makes of each batch of the rows. */
export async function workOnRows<Name extends keyof BatchWork>({
  name,
  rows,
  range,
  given,
}: RowWork<Name>): Promise<Made<Name>[]> {
  const made: Made<Name>[] = [];
  for await (const batch of readBatches(rows, range)) made.push(workOnBatch(name, batch, given));
  return made;
}
