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

/** Plain data that can be sent to another thread. */
export interface ReadPartOptions<T extends Table = Table> {
  readonly collecting: Collecting<T>;
  readonly onError: OnError;
  /** True to use only `readTable`; the result is the same. */
  readonly isStrict: boolean;
}

/**
 * Reads one part with `scanFile`. If this finds anything unusual, or a row that must be an error, `readTable`
 * reads the part from the beginning, because its errors name the place.
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

function createCollector<T extends Table>({ table, wanted }: Collecting<T>): Collector<RowsOf[T]> {
  return COLLECTORS[table](wanted);
}
