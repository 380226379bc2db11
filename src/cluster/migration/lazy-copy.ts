import type { MigrationCost } from "./cost.js";
import { fetchOnDemand } from "./fetch-on-demand.js";

export interface LazyCopyOptions {
  /** Memory of the process, in bytes. */
  readonly memory: number;
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Bytes without which it cannot start at the target. */
  readonly state: number;
  /** Share of its memory that it uses after the switch. */
  readonly touched: number;
  /** Seconds that fetching one page takes. */
  readonly pageFetch: number;
  /** Share of its speed that it loses while it fetches, above 0. */
  readonly loss: number;
}

/**
 * Returns the cost of lazy copy (thesis 2.4.1; Sprite and Accent did so): the process stops for its execution
 * state, goes on at the target and fetches each page when it first uses it. What it never uses stays at the
 * source, on which it depends until it ends.
 */
export function lazyCopy({
  memory,
  bandwidth,
  state,
  touched,
  pageFetch,
  loss,
}: LazyCopyOptions): MigrationCost {
  const fetched = fetchOnDemand({ bytes: touched * memory, bandwidth, pageFetch, loss });
  const downtime = state / bandwidth;
  return {
    bytes: state + touched * memory,
    rounds: 0,
    seconds: downtime + fetched.seconds,
    switchAfter: downtime,
    downtime,
    degraded: fetched.seconds,
    stalledAtSource: 0,
    stalledAtTarget: fetched.stalled,
  };
}
