/** The state of a central scheduler: jobs in order of arrival, and the workers that may have room. */
import type { Cluster } from "../cluster.js";

export interface Center {
  readonly queue: number[];
  /** Place of the first job of the queue. */
  first: number;
  /** The job that was served last, -1 before the first. */
  served: number;
  /** Workers to examine for the first job, and workers with too little room for it. Both are stacks. */
  readonly open: Int32Array;
  openCount: number;
  readonly refused: Int32Array;
  refusedCount: number;
  readonly isOpen: Uint8Array;
  readonly isRefused: Uint8Array;
}

export function createCenter({ cpu }: Cluster, used: boolean): Center {
  const size = used ? cpu.length : 0;
  return {
    queue: [],
    first: 0,
    served: -1,
    open: Int32Array.from({ length: size }, (_, i) => size - 1 - i),
    openCount: size,
    refused: new Int32Array(size),
    refusedCount: 0,
    isOpen: new Uint8Array(size).fill(1),
    isRefused: new Uint8Array(size),
  };
}

/** Opens a worker, because a task on it has ended. */
export function openWorker(center: Center, worker: number): void {
  if (center.isOpen[worker] === 1) return;
  center.isOpen[worker] = 1;
  center.open[center.openCount++] = worker;
}

/** Removes the worker on top of the open ones, because it has too little room. */
export function refuseTop(center: Center): void {
  const worker = center.open[--center.openCount];
  center.isOpen[worker] = 0;
  if (center.isRefused[worker] === 1) return;
  center.isRefused[worker] = 1;
  center.refused[center.refusedCount++] = worker;
}

/** Opens all refused workers again, for a job that demands less. */
export function reopen(center: Center): void {
  while (center.refusedCount > 0) {
    const worker = center.refused[--center.refusedCount];
    center.isRefused[worker] = 0;
    openWorker(center, worker);
  }
}
