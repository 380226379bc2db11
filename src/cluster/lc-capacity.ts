/** What best-effort work and migrations leave latency-critical (LC) tasks of a machine to count on. */
import type { Sharing } from "./share.js";

/** CPU in that of the reference machine. */
export interface LcCompany {
  /** CPU that best-effort tasks of the machine get. */
  readonly bestEffort: number;
  /** CPU that migrations cost it. */
  readonly overhead: number;
  /** Part of the CPU requests on the machine that is LC tasks'. */
  readonly lcWeight: number;
  /** LC capacity lost for each CPU that best-effort work uses. */
  readonly interference: number;
  readonly sharing: Sharing;
}

/**
 * Returns the capacity that LC tasks of a machine can count on. Under `lc-first` they take CPU back from
 * best-effort work at once; under `fair` they have what best-effort work leaves, or their weight's share if
 * that is more.
 */
export function lcCapacity(
  capacity: number,
  { bestEffort, overhead, lcWeight, interference, sharing }: LcCompany,
): number {
  const left = capacity - overhead - interference * bestEffort;
  if (sharing === "lc-first") return left;
  return Math.min(left, Math.max(capacity - bestEffort, lcWeight * capacity));
}
