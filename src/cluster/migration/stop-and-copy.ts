import type { MigrationCost } from "./cost.js";

/**
 * Returns the cost of stopping the task, sending all of its memory and resuming it at the target: the least
 * traffic of all ways that move the whole memory, and the longest downtime.
 *
 * @param options Bytes, and bytes a second.
 */
export function stopAndCopy({ memory, bandwidth }: { memory: number; bandwidth: number }): MigrationCost {
  const seconds = memory / bandwidth;
  return {
    bytes: memory,
    rounds: 0,
    bytesAfter: 0,
    seconds,
    switchAfter: seconds,
    downtime: seconds,
    degraded: 0,
    stalledAtSource: 0,
    stalledAtTarget: 0,
  };
}
