import type { MigrationCost } from "./cost.js";
import { fetchOnDemand } from "./fetch-on-demand.js";

export interface DsmMigrationOptions {
  /** Memory of the task, in bytes. */
  readonly memory: number;
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Share of its memory that the task uses after the migration. */
  readonly touched: number;
  /** Share of the used memory that the target holds already, unchanged since an earlier visit. */
  readonly warm: number;
  /** Seconds that fetching one page takes. */
  readonly pageFetch: number;
  /** Share of its speed that the task loses while it fetches pages, above 0. */
  readonly loss: number;
}

/**
 * Returns the cost of a migration inside a GiantVM (the thesis's own mechanism; Jia et al., TACO 19(2),
 * 2022): the guest schedules the task on another node's vCPUs, without a stop, and the distributed shared
 * memory fetches the pages that the task touches there. Warm pages are not sent again. Pages that the task
 * never touches stay where they are, at no cost.
 *
 * Pages that are sent more than once, because other threads still write them, are not included; giantvm/dsm
 * counts them.
 */
export function dsmMigration({
  memory,
  bandwidth,
  touched,
  warm,
  pageFetch,
  loss,
}: DsmMigrationOptions): MigrationCost {
  const bytes = touched * (1 - warm) * memory;
  const { seconds, stalled } = fetchOnDemand({ bytes, bandwidth, pageFetch, loss });
  return {
    bytes,
    rounds: 0,
    bytesAfter: bytes,
    seconds,
    switchAfter: 0,
    downtime: 0,
    degraded: seconds,
    stalledAtSource: 0,
    stalledAtTarget: stalled,
  };
}
