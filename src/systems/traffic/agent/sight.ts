/** What the learning agent sees, what its actions mean, and what it is rewarded for. */
import type { Interval } from "../control.js";

/** Limits of sizes in bytes: the agent sees the shares of flows and of bytes below each. */
const LIMITS = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

/** How many numbers the agent sees, and how many it gives. */
export const SEEN = 2 * LIMITS.length + 1;
export const GIVEN = 3;

/** Logarithms (base 10) between which all thresholds lie, and the least part of the rest between two. */
const LOW = 3;
const HIGH = 9;
const LEAST = 0.01;

/** Thresholds before the first decision: those of the action 0. */
export const DEFAULT_THRESHOLDS: Float64Array = thresholdsOf(new Float64Array(GIVEN));

/** Returns shares of finished flows and of their bytes by size, and the utilization: all from 0 to 1. */
export function observationOf({ bytes, utilization }: Interval): Float64Array {
  const seen = new Float64Array(SEEN);
  let sum = 0;
  for (let f = 0; f < bytes.length; f++) {
    sum += bytes[f];
    for (let i = 0; i < LIMITS.length; i++) {
      if (bytes[f] > LIMITS[i]) continue;
      seen[i] += 1 / bytes.length;
      seen[LIMITS.length + i] += bytes[f];
    }
  }
  for (let i = 0; i < LIMITS.length; i++) seen[LIMITS.length + i] /= sum;
  seen[SEEN - 1] = utilization;
  return seen;
}

/**
 * Returns the thresholds of an action, three numbers from -1 to 1: each takes a part of what is left between
 * the threshold before and 1 GB, on a scale of logarithms. So they ascend for every action.
 */
export function thresholdsOf(action: ArrayLike<number>): Float64Array {
  let log = LOW;
  return Float64Array.from(action, (value) => {
    const part = (Math.min(1, Math.max(-1, value)) + 1) / 2;
    log += (HIGH - log) * (LEAST + (0.75 - LEAST) * part);
    return 10 ** log;
  });
}

/** Returns the mean of -log slowdown of the interval's flows: 0 if each was alone on its links. */
export function rewardOf({ slowdown }: Interval): number {
  let sum = 0;
  for (let f = 0; f < slowdown.length; f++) sum -= Math.log(slowdown[f]);
  return sum / slowdown.length;
}
