/**
 * CPU capacity of a machine that latency-critical (LC) tasks can rely on, beside best-effort work and
 * migrations.
 */
import type { Sharing } from "./share.js";

/** What shares the machine with LC tasks. CPU is in units of the reference machine's CPU. */
export interface LcCompany {
  /** CPU that best-effort tasks on the machine get. */
  readonly bestEffort: number;
  /** CPU that migrations cost the machine. */
  readonly overhead: number;
  /** Share of the CPU requests on the machine that belongs to LC tasks. */
  readonly lcWeight: number;
  /** LC capacity lost for each CPU that best-effort work uses. */
  readonly interference: number;
  readonly sharing: Sharing;
}

/**
 * Returns the capacity that LC tasks of a machine can rely on. Under `lc-first` they take CPU back from
 * best-effort work at once; under `fair` they have what best-effort work leaves, or the share of their weight
 * if that is more.
 */
export function lcCapacity(
  capacity: number,
  { bestEffort, overhead, lcWeight, interference, sharing }: LcCompany,
): number {
  const left = capacity - overhead - interference * bestEffort;
  if (sharing === "lc-first") return left;
  return Math.min(left, Math.max(capacity - bestEffort, lcWeight * capacity));
}
