import { hashWords } from "../integer-hash.js";

/**
 * Gives each task (job id, task index) a number, in order of first sight: for use inside a reader only. Job ids are taken as their two
 * 32-bit words: a 64-bit integer is an object to the engine, and a trace has a billion rows.
 */
export interface TaskNumbers {
  /** The task's number; a new one where it is not known yet. */
  readonly number: (jobLow: number, jobHigh: number, index: number) => number;
  /** The task's number, -1 where it is not known. */
  readonly find: (jobLow: number, jobHigh: number, index: number) => number;
  readonly count: () => number;
  readonly jobOf: (task: number) => bigint;
  readonly indexOf: (task: number) => number;
  readonly finish: () => TaskTable;
}

export interface TaskTable {
  readonly job: BigInt64Array;
  readonly index: Int32Array;
}

/** Hashed in typed arrays: a month of the trace has 25 million tasks, too many for a Map of objects. */
export function createTaskNumbers(): TaskNumbers {
  let room = 1024;
  let count = 0;
  let low = new Int32Array(room);
  let high = new Int32Array(room);
  let index = new Int32Array(room);
  // Task numbers by hash, -1 where free; at most half full.
  let slots = new Int32Array(2 * room).fill(-1);
  const slotOf = (jobLow: number, jobHigh: number, wantedIndex: number): number => {
    const mask = slots.length - 1;
    for (let slot = hashWords(jobLow, jobHigh, wantedIndex) & mask; ; slot = (slot + 1) & mask) {
      const task = slots[slot];
      if (task < 0) return slot;
      if (index[task] === wantedIndex && low[task] === jobLow && high[task] === jobHigh) return slot;
    }
  };
  const grow = (): void => {
    room *= 2;
    [low, high, index] = [low, high, index].map((column) => {
      const larger = new Int32Array(room);
      larger.set(column);
      return larger;
    });
    slots = new Int32Array(2 * room).fill(-1);
    for (let task = 0; task < count; task++) slots[slotOf(low[task], high[task], index[task])] = task;
  };
  const jobOf = (task: number): bigint => (BigInt(high[task]) << 32n) | BigInt(low[task] >>> 0);
  return {
    find: (jobLow, jobHigh, wantedIndex) => slots[slotOf(jobLow, jobHigh, wantedIndex)],
    number: (jobLow, jobHigh, newIndex) => {
      const slot = slotOf(jobLow, jobHigh, newIndex);
      if (slots[slot] >= 0) return slots[slot];
      const fresh = count++;
      slots[slot] = fresh;
      low[fresh] = jobLow;
      high[fresh] = jobHigh;
      index[fresh] = newIndex;
      if (count === room) grow();
      return fresh;
    },
    count: () => count,
    jobOf,
    indexOf: (task) => index[task],
    finish: () => {
      const job = new BigInt64Array(count);
      for (let task = 0; task < count; task++) job[task] = jobOf(task);
      return { job, index: index.slice(0, count) };
    },
  };
}

/** Returns 64-bit integers as pairs of 32-bit words, the lower first: a view, not a copy. */
export function wordsOf({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
}

/** Returns the number of each row's task, a new one where it is not known yet. */
export function numberTasks(tasks: TaskNumbers, job: BigInt64Array, index: Int32Array): Int32Array {
  const words = wordsOf(job);
  return index.map((value, row) => tasks.number(words[2 * row], words[2 * row + 1], value));
}

export const BUCKETS = 256;

/** Spreads tasks over the numbers from 0 to BUCKETS - 1. */
export function bucketOfTask(job: bigint, index: number): number {
  return (
    hashWords(Number(BigInt.asIntN(32, job)), Number(BigInt.asIntN(32, job >> 32n)), index) & (BUCKETS - 1)
  );
}

/** Returns `bucketOfTask` of each row. */
export function bucketsOfTasks(job: BigInt64Array, index: Int32Array): Int32Array {
  const words = wordsOf(job);
  return index.map((value, row) => hashWords(words[2 * row], words[2 * row + 1], value) & (BUCKETS - 1));
}

/** Rows in groups, one a task, as compressed sparse rows: group t is `rows[offsets[t]]` to `rows[offsets[t + 1] - 1]`. */
export interface Groups {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

/** Returns the rows of each of `groups` groups, in order of row within one; `of[row]` is the row's group. */
export function groupRows(of: Int32Array, groups: number): Groups {
  const offsets = new Int32Array(groups + 1);
  for (const group of of) offsets[group + 1]++;
  for (let group = 0; group < groups; group++) offsets[group + 1] += offsets[group];
  const next = offsets.slice(0, groups);
  const rows = new Int32Array(of.length);
  for (let row = 0; row < of.length; row++) rows[next[of[row]]++] = row;
  return { offsets, rows };
}
