import { scanFile } from "../../text/scan/scan-file.js";
import { readTable } from "../../text/read-table.js";
import type { OnError } from "../../../workload/open-options.js";
import { createCollector } from "./collect.js";
import type { Collected, Collecting, PartFacts } from "./parts.js";
import type { RowsOf } from "../rows.js";
import { SCHEMAS, type Part, type Table } from "../tables.js";

export type PartRows<T extends Table> = PartFacts & Pick<Collected<RowsOf[T]>, "columns">;

/** As plain data: it may be sent to another thread. */
export interface ReadPartOptions<T extends Table = Table> {
  readonly collecting: Collecting<T>;
  readonly onError: OnError;
  /** Reads with `readTable` alone: the result is the same. */
  readonly isStrict: boolean;
}

/**
 * Reads one part: by `scanFile`, and where that finds anything out of the ordinary, or a row that is to be an
 * error, from the beginning by `readTable`, which says where it is.
 */
export async function readPart<T extends Table>(
  part: Part,
  { collecting, onError, isStrict }: ReadPartOptions<T>,
): Promise<PartRows<T>> {
  const schema = SCHEMAS[collecting.table];
  for (const read of isStrict ? [readTable] : [scanFile, readTable]) {
    const collector = createCollector(collecting);
    const summary = await read(part.path, schema, collector.visit, { name: part.name, onError });
    if (summary !== undefined) return { ...collector.finish(), ...summary };
  }
  throw new Error(`nothing read of ${part.name}`);
}
