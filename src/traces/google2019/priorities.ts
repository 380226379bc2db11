/**
 * The lowest priority of the 2019 trace (0 to 500) for each of the priorities 0 to 11 of a Workload. Tiers
 * stay together ("Borg: the Next Generation", EuroSys 2020, section 3: free to 99, best-effort batch 110 to
 * 115 with the values below it, mid 116 to 119, production from 120, monitoring from 360). Mid becomes the
 * highest priority of batch. Within a tier, the order is kept, but not the distances.
 */
const BEGINS = [0, 25, 100, 103, 105, 107, 109, 112, 116, 120, 200, 360] as const;

/** Returns the priority from 0 to 11 for a priority of the 2019 trace. */
export function toTracePriority(priority: number): number {
  return BEGINS.filter((begin) => begin <= priority).length - 1;
}
