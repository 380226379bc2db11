/** The line of runs in Redis: sweeps put runs in, workers take them out. */
import type { JobsOptions } from "bullmq";
import type { Scenario } from "../../study/scenarios.js";

/** What a worker is told of a run. Its key is in the job's id. */
export interface RunJob {
  readonly scenario: Scenario;
}

/** Returns the id of a run in the line. Workers see by it which runs are on the same workload. */
export function jobId({ workload, key }: { readonly workload: string; readonly key: string }): string {
  return `${workload}-${key}`;
}

/** Returns what `jobId` was given. */
export function parseJobId(id: string): { workload: string; key: string } {
  const [workload, key] = id.split("-");
  return { workload, key };
}

/** Returns the name of the line. Each code has its own: a worker never does a run of another code. */
export function lineName(code: string): string {
  return `sweep-${shortCode(code)}`;
}

/** Returns the hash of the code as it is printed. */
export function shortCode(code: string): string {
  return code.slice(0, 12);
}

const HOUR = 3600;

/**
 * How long Redis keeps what has ended, in seconds and runs: a sweep that was stopped, or another one, may
 * want it.
 */
export const KEEP: Pick<JobsOptions, "removeOnComplete" | "removeOnFail"> = {
  removeOnComplete: { age: 24 * HOUR, count: 10_000 },
  removeOnFail: { age: HOUR, count: 100 },
};

/** Before the reason of a failure that is the input's fault: only the text of an error gets through Redis. */
export const INPUT_FAULT = "input: ";

/** A run that ends its worker (for lack of memory, say) is given up after this many workers. */
export const MOST_LOST_WORKERS = 10;
