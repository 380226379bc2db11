import type { Columns } from "../../../base/columns/columns.js";
import type { BatchWork, Given, Made } from "./batch-work.js";
import { batchesOf, type RowsOfRange } from "./row-batches.js";
import type { Batch } from "../rows.js";
import { executionsOfBatch } from "./executions-of-batch.js";
import { sampleBatch } from "../sample-batch.js";
import { unknownUsage } from "../wanted-usage.js";

const BATCH_WORK: BatchWork = {
  unknownUsage,
  buildExecutions: executionsOfBatch,
  sampleUsage: sampleBatch,
};

/** Does the work of this name on a batch. */
export function workOnBatch<Name extends keyof BatchWork>(
  name: Name,
  batch: Batch<Columns>,
  given: Given<Name>,
): Made<Name> {
  const work = BATCH_WORK[name] as (batch: Batch<Columns>, given: Given<Name>) => Made<Name>;
  return work(batch, given);
}

/** Some work and the rows to do it on, as plain data: it may be sent to another thread. */
export interface RowWork<Name extends keyof BatchWork = keyof BatchWork> {
  readonly name: Name;
  readonly rows: RowsOfRange;
  readonly given: Given<Name>;
}

/** Returns what the work makes of each batch of the rows. */
export function workOnRows<Name extends keyof BatchWork>({ name, rows, given }: RowWork<Name>): Made<Name>[] {
  return Array.from(batchesOf(rows), (batch) => workOnBatch(name, batch, given));
}
