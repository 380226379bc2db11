import { hashWords } from "../integer-hash.js";
import { bigintColumn, int32Column } from "./columns.js";

/** Gives each task (job id, task index) a number, in order of first sight: for use inside a reader only. */
export interface TaskNumbers {
  /** The task's number; a new one where it is not known yet. */
  readonly number: (job: bigint, index: number) => number;
  /** The task's number, -1 where it is not known. */
  readonly find: (job: bigint, index: number) => number;
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
  const job = bigintColumn();
  const low = int32Column();
  const high = int32Column();
  const index = int32Column();
  const id = new BigInt64Array(1);
  const halves = new Int32Array(id.buffer);
  // Task numbers by hash, -1 where free; never more than half full.
  let slots = new Int32Array(1024).fill(-1);
  const slotOf = (jobLow: number, jobHigh: number, wantedIndex: number): number => {
    const mask = slots.length - 1;
    for (let slot = hashWords(jobLow, jobHigh, wantedIndex) & mask; ; slot = (slot + 1) & mask) {
      const task = slots[slot];
      if (task < 0) return slot;
      if (index.at(task) === wantedIndex && low.at(task) === jobLow && high.at(task) === jobHigh) return slot;
    }
  };
  const grow = (): void => {
    slots = new Int32Array(2 * slots.length).fill(-1);
    for (let task = 0; task < index.length(); task++) {
      slots[slotOf(low.at(task), high.at(task), index.at(task))] = task;
    }
  };
  return {
    find: (wantedJob, wantedIndex) => {
      id[0] = wantedJob;
      return slots[slotOf(halves[0], halves[1], wantedIndex)];
    },
    number: (newJob, newIndex) => {
      id[0] = newJob;
      const slot = slotOf(halves[0], halves[1], newIndex);
      if (slots[slot] >= 0) return slots[slot];
      const fresh = index.length();
      slots[slot] = fresh;
      job.push(newJob);
      low.push(halves[0]);
      high.push(halves[1]);
      index.push(newIndex);
      if (2 * index.length() > slots.length) grow();
      return fresh;
    },
    count: index.length,
    jobOf: job.at,
    indexOf: index.at,
    finish: () => ({ job: job.finish(), index: index.finish() }),
  };
}

/** Returns the number of each row's task, a new one where it is not known yet. */
export function numberTasks(tasks: TaskNumbers, job: BigInt64Array, index: Int32Array): Int32Array {
  const numbers = new Int32Array(index.length);
  for (let row = 0; row < index.length; row++) numbers[row] = tasks.number(job[row], index[row]);
  return numbers;
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
  const halves = new Int32Array(job.buffer, job.byteOffset, 2 * job.length);
  return index.map((value, row) => hashWords(halves[2 * row], halves[2 * row + 1], value) & (BUCKETS - 1));
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
