import { joinColumns } from "../../../base/columns/columns.js";
import type { PartSource } from "./parts.js";
import { readEach, type PartReader } from "./part-reader.js";
import { COLUMNS_OF } from "../rows.js";
import { BUCKETS } from "../../../workload/build/tasks.js";
import { workOnBatch } from "../work-on-batch.js";

export interface MemorySourceOptions {
  /** Default false: see `ReadPartOptions`. */
  readonly isStrict?: boolean;
}

/** Reads parts and keeps their wanted rows in memory. */
export function createMemorySource(
  reader: PartReader,
  { isStrict = false }: MemorySourceOptions = {},
): PartSource {
  return {
    workloadLimit: Infinity,
    read: async (collecting, parts, { onError, onProgress }) => {
      const { table } = collecting;
      const read = await readEach(parts, { table, reader, onProgress }, async (part) => ({
        kept: await reader.read(part, { collecting, onError, isStrict }),
        isNew: true,
      }));
      const pieces = read.map(({ columns }) => columns);
      const columns = joinColumns(COLUMNS_OF[table], pieces);
      const whole = { columns, from: 0, to: BUCKETS };
      return {
        facts: read,
        batches: () => once(() => whole),
        map: (name, given) => once(() => workOnBatch(name, whole, given(0, BUCKETS))),
      };
    },
  };
}

async function* once<T>(make: () => T): AsyncGenerator<T> {
  yield Promise.resolve(make());
}
