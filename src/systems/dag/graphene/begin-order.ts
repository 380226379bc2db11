/** Turns a schedule into priorities of its tasks. */
import type { Placement } from "../packing.js";

/**
 * Returns the priority of each task, from 1 for those that begin first down to above 0: 1 - (number of tasks
 * that begin earlier) / (number of tasks). Tasks that begin at the same time have the same priority.
 */
export function beginOrder({ start }: Pick<Placement, "start">): Float64Array {
  const sorted = start.slice().sort();
  const earlier = new Map<number, number>();
  sorted.forEach((time, i) => {
    if (!earlier.has(time)) earlier.set(time, i);
  });
  return start.map((time) => 1 - earlier.get(time)! / start.length);
}
