import { collectEvents, collectJobRows } from "../events.js";
import { collectMachineRows } from "../machine-events.js";
import type { Collected, Collecting, Collector, PartFacts } from "./parts.js";
import { type Part, SCHEMAS, type Table } from "../tables.js";
import { collectUsage } from "../usage-rows.js";
import type { WantedUsage } from "../wanted-usage.js";
import { scanFile } from "../../text/scan/scan-file.js";
import { readTable } from "../../text/read-table.js";
import type { OnError } from "../../../workload/open-options.js";
import type { RowsOf } from "../rows.js";

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

const COLLECTORS: { readonly [T in Table]: (wanted?: WantedUsage) => Collector<RowsOf[T]> } = {
  machine_events: collectMachineRows,
  job_events: collectJobRows,
  task_events: collectEvents,
  task_usage: collectUsage,
};

/** Returns a collector for the rows of one part. */
function createCollector<T extends Table>({ table, wanted }: Collecting<T>): Collector<RowsOf[T]> {
  return COLLECTORS[table](wanted);
}
