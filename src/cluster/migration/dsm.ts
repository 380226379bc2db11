import type { MigrationCost } from "./cost.js";
import { fetchOnDemand } from "./fetch-on-demand.js";

export interface DsmMigrationOptions {
  /** Memory of the task, in bytes. */
  readonly memory: number;
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Share of its memory that it uses after the move. */
  readonly touched: number;
  /** Share of what it uses that the target holds already, unchanged since an earlier visit. */
  readonly warm: number;
  /** Seconds that fetching one page takes. */
  readonly pageFetch: number;
  /** Share of its speed that it loses while it fetches, above 0. */
  readonly loss: number;
}

/**
 * Returns the cost of a move inside a GiantVM (the thesis's own mechanism; Jia et al., TACO 19(2), 2022): the
 * guest schedules the task on another node's vCPUs, without a stop, and the distributed shared memory fetches
 * what it touches there. Warm pages are not sent again. What the task never touches stays where it is, at no
 * cost.
 *
 * Pages that travel more than once, because other threads still write them, are not in it: giantvm/dsm counts
 * those.
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
    seconds,
    switchAfter: 0,
    downtime: 0,
    degraded: seconds,
    stalledAtSource: 0,
    stalledAtTarget: stalled,
  };
}
