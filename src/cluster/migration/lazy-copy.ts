import type { MigrationCost } from "./cost.js";
import { fetchOnDemand } from "./fetch-on-demand.js";

export interface LazyCopyOptions {
  /** Memory of the process, in bytes. */
  readonly memory: number;
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Bytes that the target needs before the process can start there. */
  readonly state: number;
  /** Share of its memory that the process uses after the switch. */
  readonly touched: number;
  /** Seconds that fetching one page takes. */
  readonly pageFetch: number;
  /** Share of its speed that the process loses while it fetches pages, above 0. */
  readonly loss: number;
}

/**
 * Returns the cost of lazy copy (thesis 2.4.1; used by Sprite and Accent): the process stops while its
 * execution state is sent, continues at the target and fetches each page when it first uses the page. Pages
 * that it never uses stay at the source, so the process depends on the source until it ends.
 */
export function lazyCopy({
  memory,
  bandwidth,
  state,
  touched,
  pageFetch,
  loss,
}: LazyCopyOptions): MigrationCost {
  const bytesAfter = touched * memory;
  const fetched = fetchOnDemand({ bytes: bytesAfter, bandwidth, pageFetch, loss });
  const downtime = state / bandwidth;
  return {
    bytes: state + bytesAfter,
    rounds: 0,
    bytesAfter,
    seconds: downtime + fetched.seconds,
    switchAfter: downtime,
    downtime,
    degraded: fetched.seconds,
    stalledAtSource: 0,
    stalledAtTarget: fetched.stalled,
  };
}
