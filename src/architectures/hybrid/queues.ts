/** Queues of reservations; a reservation can be removed from any place of its queue. */

export interface Queues {
  /** First and last reservation of each worker, -1 where there is none. */
  readonly head: Int32Array;
  readonly tail: Int32Array;
  /** Columns of the reservations: the next one of the queue, the job, and the delay so far. */
  behind: Int32Array;
  job: Int32Array;
  delayed: Float64Array;
  /** First entry that can be used again; the others follow in a chain through `behind`. */
  unused: number;
}

export function createQueues(workers: number): Queues {
  return {
    head: new Int32Array(workers).fill(-1),
    tail: new Int32Array(workers).fill(-1),
    behind: new Int32Array(0),
    job: new Int32Array(0),
    delayed: new Float64Array(0),
    unused: -1,
  };
}

/** Puts a new reservation of a job at the end of a worker's queue. */
export function reserve(queues: Queues, worker: number, job: number): void {
  if (queues.unused < 0) grow(queues);
  const entry = queues.unused;
  queues.unused = queues.behind[entry];
  queues.job[entry] = job;
  queues.delayed[entry] = 0;
  queues.behind[entry] = -1;
  if (queues.head[worker] < 0) queues.head[worker] = entry;
  else queues.behind[queues.tail[worker]] = entry;
  queues.tail[worker] = entry;
}

/** Removes a reservation; `before` is the one in front of it, -1 for none. Returns the one behind it. */
export function takeOut(queues: Queues, worker: number, entry: number, before: number): number {
  const next = queues.behind[entry];
  if (before < 0) queues.head[worker] = next;
  else queues.behind[before] = next;
  if (next < 0) queues.tail[worker] = before;
  queues.behind[entry] = queues.unused;
  queues.unused = entry;
  return next;
}

function grow(queues: Queues): void {
  const old = queues.job.length;
  const size = Math.max(64, 2 * old);
  const longer = <T extends Int32Array | Float64Array>(into: T, from: T): T => {
    into.set(from);
    return into;
  };
  queues.behind = longer(new Int32Array(size), queues.behind);
  queues.job = longer(new Int32Array(size), queues.job);
  queues.delayed = longer(new Float64Array(size), queues.delayed);
  for (let entry = size - 1; entry >= old; entry--) {
    queues.behind[entry] = queues.unused;
    queues.unused = entry;
  }
}
