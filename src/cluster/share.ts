/** How the tasks of one machine share its CPU when they want more than the machine has. */

/**
 * `lc-first`: best-effort tasks get what LC tasks leave. `fair`: all tasks share by weight, as CFS does by
 * cpu.shares.
 */
export const SHARING = ["lc-first", "fair"] as const;
export type Sharing = (typeof SHARING)[number];

/** Columns with one row per task; only the first `count` rows are valid. They are reused for every call. */
export interface Shares {
  count: number;
  readonly demand: Float64Array;
  readonly weight: Float64Array;
  /** 1 for latency-critical tasks. */
  readonly latencyCritical: Uint8Array;
  /** The result: CPU given to each task. */
  readonly given: Float64Array;
  /** Scratch: rows in the order in which max-min serves them. */
  readonly order: Int32Array;
}

/** Returns columns with room for `size` tasks. */
export function createShares(size: number): Shares {
  return {
    count: 0,
    demand: new Float64Array(size),
    weight: new Float64Array(size),
    latencyCritical: new Uint8Array(size),
    given: new Float64Array(size),
    order: new Int32Array(size),
  };
}

/**
 * Fills `shares.given` so that no task gets more than it wants, the sum is at most `capacity`, and
 * best-effort tasks together get at most `bestEffortCap` (in CPU).
 */
export function shareCpu(shares: Shares, capacity: number, bestEffortCap: number, sharing: Sharing): void {
  if (sharing === "lc-first") {
    const lc = maxMin(shares, capacity, 1, false);
    maxMin(shares, Math.min(capacity - lc, bestEffortCap), 0, false);
    return;
  }
  maxMin(shares, capacity, undefined, true);
  let bestEffort = 0;
  for (let i = 0; i < shares.count; i++) if (shares.latencyCritical[i] === 0) bestEffort += shares.given[i];
  if (bestEffort <= bestEffortCap) return;
  const capped = maxMin(shares, bestEffortCap, 0, true);
  maxMin(shares, capacity - capped, 1, true);
}

/**
 * Weighted max-min (water-filling) over the tasks of one class, or of both where `group` is undefined. Tasks
 * are served in ascending order of demand over weight; each gets its demand, but at most its weight's part of
 * the CPU that is left. Returns the CPU given out.
 */
function maxMin(shares: Shares, capacity: number, group: 0 | 1 | undefined, weighted: boolean): number {
  const { count, demand, weight, latencyCritical, given, order } = shares;
  let members = 0;
  let weights = 0;
  for (let i = 0; i < count; i++) {
    if (group !== undefined && latencyCritical[i] !== group) continue;
    const w = weighted ? weight[i] : 1;
    weights += w;
    // Insertion sort: a machine holds about ten tasks, and this sort allocates nothing.
    let at = members++;
    while (at > 0 && demand[order[at - 1]] / (weighted ? weight[order[at - 1]] : 1) > demand[i] / w) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = i;
  }
  let left = Math.max(0, capacity);
  const before = left;
  for (let at = 0; at < members; at++) {
    const i = order[at];
    const w = weighted ? weight[i] : 1;
    // Because of rounding, `weights` may be slightly less than the last weight.
    const part = at === members - 1 ? left : Math.min(left, (left * w) / weights);
    given[i] = Math.min(demand[i], part);
    left -= given[i];
    weights -= w;
  }
  return before - left;
}
