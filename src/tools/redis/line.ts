/** The queue of runs in Redis: sweeps add runs, workers take them. */
import type { JobsOptions } from "bullmq";
import type { Scenario } from "../../study/scenarios.js";

/** The data of a run in the queue. The run's key is in the job's id. */
export interface RunJob {
  readonly scenario: Scenario;
}

/** Returns the id of a run in the queue. It shows workers which runs are on the same workload. */
export function jobId({ workload, key }: { readonly workload: string; readonly key: string }): string {
  return `${workload}-${key}`;
}

/** The inverse of `jobId`. */
export function parseJobId(id: string): { workload: string; key: string } {
  const [workload, key] = id.split("-");
  return { workload, key };
}

/**
 * Returns the name of the queue. Each code has its own queue, so a worker never does a run of another code.
 */
export function lineName(code: string): string {
  return `sweep-${shortCode(code)}`;
}

/** Returns the hash of the code in its printed form. */
export function shortCode(code: string): string {
  return code.slice(0, 12);
}

const HOUR = 3600;

/** How long Redis keeps ended runs, in seconds and number of runs, for stopped sweeps and other sweeps. */
export const KEEP: Pick<JobsOptions, "removeOnComplete" | "removeOnFail"> = {
  removeOnComplete: { age: 24 * HOUR, count: 10_000 },
  removeOnFail: { age: HOUR, count: 100 },
};

/**
 * Prefix of failure reasons that are caused by bad input, because only an error's text is sent through Redis.
 */
export const INPUT_FAULT = "input: ";

/** A run that crashes its worker (for example for lack of memory) fails after this many workers. */
export const MOST_LOST_WORKERS = 10;
