/** Workers: free room for tasks, and a queue of entries (probes or tasks), first in, first out. */
import type { Cluster } from "../cluster.js";
import type { Jobs } from "../jobs/jobs.js";

/**
 * Tolerance in units of capacity, because sums of fractions are not exact. Sums of slots (whole numbers) are
 * exact.
 */
const ROUNDING = 1e-9;

/** An entry is a number below `entries`; an entry is in at most one queue. */
export interface Workers {
  readonly freeCpu: Float64Array;
  readonly freeMemory: Float64Array;
  /** First and last entry of each worker's queue, -1 where it is empty, and its length. */
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly queued: Int32Array;
  /** The entry behind an entry, -1 for the last. */
  readonly behind: Int32Array;
}

export function createWorkers({ cpu, memory }: Cluster, entries: number): Workers {
  return {
    freeCpu: cpu.slice(),
    freeMemory: memory.slice(),
    head: new Int32Array(cpu.length).fill(-1),
    tail: new Int32Array(cpu.length).fill(-1),
    queued: new Int32Array(cpu.length),
    behind: new Int32Array(entries).fill(-1),
  };
}

/** Whether a task of the job fits on the worker now. */
export function hasRoom({ freeCpu, freeMemory }: Workers, worker: number, jobs: Jobs, job: number): boolean {
  return freeCpu[worker] >= jobs.cpu[job] - ROUNDING && freeMemory[worker] >= jobs.memory[job] - ROUNDING;
}

/** Returns how many tasks of the job fit on the worker now. */
export function roomFor({ freeCpu, freeMemory }: Workers, worker: number, jobs: Jobs, job: number): number {
  const byCpu = jobs.cpu[job] > 0 ? (freeCpu[worker] + ROUNDING) / jobs.cpu[job] : Infinity;
  const byMemory = jobs.memory[job] > 0 ? (freeMemory[worker] + ROUNDING) / jobs.memory[job] : Infinity;
  return Math.floor(Math.min(byCpu, byMemory));
}

export function occupy({ freeCpu, freeMemory }: Workers, worker: number, jobs: Jobs, job: number): void {
  freeCpu[worker] -= jobs.cpu[job];
  freeMemory[worker] -= jobs.memory[job];
}

export function vacate({ freeCpu, freeMemory }: Workers, worker: number, jobs: Jobs, job: number): void {
  freeCpu[worker] += jobs.cpu[job];
  freeMemory[worker] += jobs.memory[job];
}

export function enqueue({ head, tail, queued, behind }: Workers, worker: number, entry: number): void {
  behind[entry] = -1;
  if (head[worker] < 0) head[worker] = entry;
  else behind[tail[worker]] = entry;
  tail[worker] = entry;
  queued[worker]++;
}

/** Removes the first entry and returns it; the queue must not be empty. */
export function dequeue({ head, tail, queued, behind }: Workers, worker: number): number {
  const entry = head[worker];
  head[worker] = behind[entry];
  if (head[worker] < 0) tail[worker] = -1;
  queued[worker]--;
  return entry;
}

/** Removes an entry from any place of a queue; does nothing where it is not in this queue. */
export function withdraw(workers: Workers, worker: number, entry: number): void {
  const { head, tail, queued, behind } = workers;
  let before = -1;
  for (let at = head[worker]; at >= 0; at = behind[at]) {
    if (at !== entry) {
      before = at;
      continue;
    }
    if (before < 0) head[worker] = behind[at];
    else behind[before] = behind[at];
    if (tail[worker] === at) tail[worker] = before;
    queued[worker]--;
    return;
  }
}
