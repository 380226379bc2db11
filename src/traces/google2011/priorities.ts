import { add, type Counts } from "../../workload/build/counts.js";

/** Borg's original priorities for 0 to 11 of the 2011 trace (Tirmazi et al., EuroSys'20, section 3). */
const RAW_PRIORITIES = [0, 25, 100, 101, 103, 104, 107, 109, 119, 200, 360, 450];

/**
 * Returns priorities from 0 to 11. If any priority is above 11, all are taken as Borg's original ones (as in
 * the 2019 trace); each becomes the number of the nearest one at or below it in the list of the 2011 trace,
 * and is counted.
 */
export function toTracePriorities(priorities: Uint16Array, counts: Counts): Uint8Array {
  add(counts, "priorities.mapped", 0);
  if (!priorities.some((priority) => priority > 11)) return Uint8Array.from(priorities);
  add(counts, "priorities.mapped", priorities.length);
  return Uint8Array.from(priorities, mapPriority);
}

function mapPriority(raw: number): number {
  return RAW_PRIORITIES.filter((priority) => priority <= raw).length - 1;
}
