import { wordsOf } from "../../base/columns/words.js";
import { hashWords } from "../../base/integer-hash.js";
import { sharedColumn } from "../../base/columns/shared-column.js";

/** A hash table of the numbers of tasks; plain data, in arrays that threads share. */
export interface TaskIndex {
  /**
   * By task number, three words per task, adjacent in the processor's cache: the two words of its job id, the
   * lower first, and its index.
   */
  readonly keys: Int32Array;
  /**
   * Numbers by hash, -1 for a free slot. The length is a power of two, and at most half of the slots are in
   * use.
   */
  readonly slots: Int32Array;
}

const KEY_WORDS = 3;

/** Returns the number of a task of another index; -1 if it is not known. */
export function findSame(known: TaskIndex, { keys }: TaskIndex, task: number): number {
  const key = KEY_WORDS * task;
  return findTask(known, keys[key], keys[key + 1], keys[key + 2]);
}

/** Returns the task's number; -1 if it is not known. */
export function findTask(known: TaskIndex, jobLow: number, jobHigh: number, index: number): number {
  return known.slots[slotOf(known, jobLow, jobHigh, index)];
}

/** Returns the slot of the task, or the free slot where it would go. */
function slotOf({ keys, slots }: TaskIndex, jobLow: number, jobHigh: number, index: number): number {
  const mask = slots.length - 1;
  for (let slot = hashWords(jobLow, jobHigh, index) & mask; ; slot = (slot + 1) & mask) {
    const task = slots[slot];
    if (task < 0) return slot;
    const key = KEY_WORDS * task;
    if (keys[key] === jobLow && keys[key + 1] === jobHigh && keys[key + 2] === index) return slot;
  }
}

function createIndex(room: number): TaskIndex {
  return {
    keys: sharedColumn(Int32Array, KEY_WORDS * room),
    slots: sharedColumn(Int32Array, 2 * room).fill(-1),
  };
}

function enlarge({ keys }: TaskIndex): TaskIndex {
  const room = keys.length / KEY_WORDS;
  const larger = createIndex(2 * room);
  larger.keys.set(keys);
  for (let task = 0; task < room; task++) {
    const key = KEY_WORDS * task;
    larger.slots[slotOf(larger, keys[key], keys[key + 1], keys[key + 2])] = task;
  }
  return larger;
}

/**
 * Tasks (job id, task index), each with a number in order of first occurrence; only for use inside a reader.
 * The hash table uses typed arrays, because a month of the trace has 25 million tasks, too many for a Map of
 * objects.
 */
export interface TaskNumbers {
  /** Others may search it until another task gets a number. */
  known: TaskIndex;
  count: number;
}

export interface TaskTable {
  readonly job: BigInt64Array;
  readonly index: Int32Array;
}

export function createTaskNumbers(): TaskNumbers {
  return { known: createIndex(1024), count: 0 };
}

/**
 * Returns the task's number; a new one if it is not known yet. The job id is given as its two 32-bit words:
 * for V8, every 64-bit integer is an object, and a trace has a billion rows.
 */
export function numberTask(tasks: TaskNumbers, jobLow: number, jobHigh: number, index: number): number {
  const { keys, slots } = tasks.known;
  const slot = slotOf(tasks.known, jobLow, jobHigh, index);
  if (slots[slot] >= 0) return slots[slot];
  const fresh = tasks.count++;
  slots[slot] = fresh;
  const key = KEY_WORDS * fresh;
  keys[key] = jobLow;
  keys[key + 1] = jobHigh;
  keys[key + 2] = index;
  if (key + KEY_WORDS === keys.length) tasks.known = enlarge(tasks.known);
  return fresh;
}

export function jobOf({ known }: TaskNumbers, task: number): bigint {
  const key = KEY_WORDS * task;
  return (BigInt(known.keys[key + 1]) << 32n) | BigInt(known.keys[key] >>> 0);
}

export function indexOf({ known }: TaskNumbers, task: number): number {
  return known.keys[KEY_WORDS * task + 2];
}

/** Returns the tasks in order of number. */
export function taskTable(tasks: TaskNumbers): TaskTable {
  const job = new BigInt64Array(tasks.count);
  const index = new Int32Array(tasks.count);
  for (let task = 0; task < tasks.count; task++) {
    job[task] = jobOf(tasks, task);
    index[task] = indexOf(tasks, task);
  }
  return { job, index };
}

/**
 * Returns the task number of each of the first `count` rows; a new number if the task is not known yet. Usage
 * has nearly the same tasks in the same order in every window. So if the previous row's task occurred
 * earlier, the row after that occurrence is compared first: adjacent rows are read ten times as fast as
 * hashed places.
 */
export function numberTasks(
  tasks: TaskNumbers,
  job: BigInt64Array,
  index: Int32Array,
  count = index.length,
): Int32Array {
  const words = wordsOf(job);
  const numbers = new Int32Array(count);
  /** The last row of each task that is new here, by number minus the first new number. */
  const latest = new Int32Array(count);
  const fresh = tasks.count;
  let next = 0;
  for (let row = 0; row < count; row++) {
    const low = words[2 * row];
    const high = words[2 * row + 1];
    const isNext =
      next < row && words[2 * next] === low && words[2 * next + 1] === high && index[next] === index[row];
    const known = tasks.count;
    const task = isNext ? numbers[next] : numberTask(tasks, low, high, index[row]);
    numbers[row] = task;
    if (task < fresh) continue;
    // After a new task, the expected row stays the same, because it may still come.
    if (task < known) next = latest[task - fresh] + 1;
    latest[task - fresh] = row;
  }
  return numbers;
}

export const BUCKETS = 256;

/** Returns a number from 0 to BUCKETS - 1 for each row; all rows of a task have the same number. */
export function bucketsOfTasks(job: BigInt64Array, index: Int32Array): Int32Array {
  const words = wordsOf(job);
  const buckets = new Int32Array(index.length);
  for (let row = 0; row < index.length; row++) {
    buckets[row] = hashWords(words[2 * row], words[2 * row + 1], index[row]) & (BUCKETS - 1);
  }
  return buckets;
}

/**
 * Rows in groups, one per task, as compressed sparse rows: group t has the rows `rows[offsets[t]]` to
 * `rows[offsets[t + 1] - 1]`.
 */
export interface Groups {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

/** Returns the rows of `groups` groups, in order of row within a group; `of[row]` is the row's group. */
export function groupRows(of: Int32Array, groups: number): Groups {
  const { offsets, places } = placeRows(of, groups);
  const rows = new Int32Array(of.length);
  for (let row = 0; row < of.length; row++) rows[places[row]] = row;
  return { offsets, rows };
}

/**
 * Returns the place of each row if the groups lie one after the other: group g has the places `offsets[g]` to
 * `offsets[g + 1] - 1`.
 */
export function placeRows(of: Int32Array, groups: number): { offsets: Int32Array; places: Int32Array } {
  const offsets = new Int32Array(groups + 1);
  for (let row = 0; row < of.length; row++) offsets[of[row] + 1]++;
  for (let group = 0; group < groups; group++) offsets[group + 1] += offsets[group];
  const next = offsets.slice(0, groups);
  const places = new Int32Array(of.length);
  for (let row = 0; row < of.length; row++) places[row] = next[of[row]]++;
  return { offsets, places };
}
