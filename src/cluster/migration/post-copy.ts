import { PAGE, type MigrationCost } from "./cost.js";

export interface PostCopyOptions {
  /** Memory to move, in bytes. */
  readonly memory: number;
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Bytes that the target needs before the task can start there: registers, devices. */
  readonly state: number;
  /** Bytes that the task uses soon after the switch. */
  readonly workingSet: number;
  /** Seconds that the task waits for a page that it needs before the page was sent. */
  readonly pageFetch: number;
  /** Share of the working set that the task has to wait for: "within 21 %" (Hines and Gopalan, VEE 2009). */
  readonly faultShare?: number;
}

/**
 * Returns the cost of post-copy (Hines and Gopalan, VEE 2009): the task stops only while its execution state
 * is sent and continues at the target, while every page is sent once. The task waits for each page that it
 * needs before the page has arrived.
 */
export function postCopy({
  memory,
  bandwidth,
  state,
  workingSet,
  pageFetch,
  faultShare = 0.21,
}: PostCopyOptions): MigrationCost {
  const bytes = state + memory;
  const downtime = state / bandwidth;
  const degraded = memory / bandwidth;
  const faults = (faultShare * workingSet) / PAGE;
  return {
    bytes,
    rounds: 0,
    bytesAfter: memory,
    seconds: downtime + degraded,
    switchAfter: downtime,
    downtime,
    degraded,
    stalledAtSource: 0,
    stalledAtTarget: Math.min(faults * Math.max(pageFetch, PAGE / bandwidth), degraded),
  };
}
