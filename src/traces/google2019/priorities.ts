/**
 * Where each of the priorities 0 to 11 of a Workload begins among the 2019 trace's 0 to 500, so that tiers
 * stay together ("Borg: the Next Generation", EuroSys 2020, section 3: free to 99, best-effort batch 110 to
 * 115 with what lies below, mid 116 to 119, production from 120, monitoring from 360). Mid counts as the
 * highest of batch. Within a tier the order is kept, distances are not.
 */
const BEGINS = [0, 25, 100, 103, 105, 107, 109, 112, 116, 120, 200, 360] as const;

/** Returns the priority from 0 to 11 for one of the 2019 trace. */
export function toTracePriority(priority: number): number {
  return BEGINS.filter((begin) => begin <= priority).length - 1;
}
