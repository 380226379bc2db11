import { PAGE, type MigrationCost } from "./cost.js";

export interface PostCopyOptions {
  /** Memory to move, in bytes. */
  readonly memory: number;
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Bytes without which the task cannot start at the target: registers, devices. */
  readonly state: number;
  /** Bytes that it uses soon after the switch. */
  readonly workingSet: number;
  /** Seconds that it waits for a page that it needs before its turn. */
  readonly pageFetch: number;
  /** Share of the working set that it has to wait for: "within 21 %" (Hines and Gopalan, VEE 2009). */
  readonly faultShare?: number;
}

/**
 * Returns the cost of post-copy (Hines and Gopalan, VEE 2009): the task stops for its execution state alone
 * and goes on at the target, while every page is sent once; for those that it needs before they came it
 * waits.
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
    seconds: downtime + degraded,
    switchAfter: downtime,
    downtime,
    degraded,
    stalledAtSource: 0,
    stalledAtTarget: Math.min(faults * Math.max(pageFetch, PAGE / bandwidth), degraded),
  };
}
