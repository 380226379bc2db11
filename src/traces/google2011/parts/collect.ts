import { collectEvents, collectJobRows } from "../events.js";
import { collectMachineRows } from "../machine-events.js";
import type { Collecting, Collector } from "./parts.js";
import type { RowsOf } from "../rows.js";
import type { Table } from "../tables.js";
import { collectUsage } from "../usage-rows.js";
import type { WantedUsage } from "../wanted-usage.js";

const COLLECTORS: { readonly [T in Table]: (wanted?: WantedUsage) => Collector<RowsOf[T]> } = {
  machine_events: collectMachineRows,
  job_events: collectJobRows,
  task_events: collectEvents,
  task_usage: collectUsage,
};

/** Returns a collector for the rows of one part. */
export function createCollector<T extends Table>({ table, wanted }: Collecting<T>): Collector<RowsOf[T]> {
  return COLLECTORS[table](wanted);
}
