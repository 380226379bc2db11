import { joinParts, type Batch, type Columns, type PartSource } from "./parts.js";
import { readTable, type ReadTableOptions } from "./read-table.js";
import type { PartRows } from "./read-part.js";

/** Reads parts and keeps what is wanted of their rows in memory. Options as those of `readTable`. */
export function createMemorySource(how: Pick<ReadTableOptions, "threads" | "isStrict"> = {}): PartSource {
  return {
    workloadLimit: Infinity,
    read: async (table, parts, createCollector, options) => {
      type Rows = PartRows<ReturnType<ReturnType<typeof createCollector>["finish"]>["columns"]>;
      const keeper = {
        find: () => Promise.resolve(undefined),
        keep: (_: unknown, rows: Rows) => Promise.resolve(rows),
      };
      const read = await readTable(table, parts, createCollector, { ...options, ...how }, keeper);
      const pieces = read.map(({ columns }) => columns);
      const columns = joinParts(pieces.length > 0 ? pieces : [createCollector().finish().columns]);
      return { facts: read, batches: () => once({ columns, has: () => true }) };
    },
  };
}

async function* once<C extends Columns>(batch: Batch<C>): AsyncGenerator<Batch<C>> {
  yield Promise.resolve(batch);
}
