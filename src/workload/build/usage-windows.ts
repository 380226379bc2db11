import { wordsOf } from "../../base/columns/words.js";
import { add, type Counts } from "./counts.js";
import type { Groups } from "./tasks.js";
import { enlargeWindows, type Span, type Windows } from "./usage.js";
import type { UsageValues } from "./usage-rows.js";

/**
 * Sorts the rows of each group by start, end and values, so that the order of reading has no effect. Exact
 * duplicates are counted and left out. `groups` must not be used any more after this.
 */
export function orderUsage(rows: UsageValues, groups: Groups, counts: Counts): Groups {
  const tasks = groups.offsets.length - 1;
  const offsets = new Int32Array(tasks + 1);
  let kept = 0;
  for (let task = 0; task < tasks; task++) {
    const own = groups.rows.subarray(groups.offsets[task], groups.offsets[task + 1]);
    const isInOrder = isOrdered(rows, own);
    if (!isInOrder) own.sort((a, b) => compareRows(rows, a, b));
    for (let i = 0; i < own.length; i++) {
      if (isInOrder || i === 0 || compareRows(rows, own[i - 1], own[i]) !== 0) groups.rows[kept++] = own[i];
    }
    offsets[task + 1] = kept;
  }
  add(counts, "usage.duplicateRows", groups.rows.length - kept);
  return { offsets, rows: groups.rows.subarray(0, kept) };
}

/** True if each row starts after the previous one. This is usual, because a trace is in order of time. */
function isOrdered({ start }: UsageValues, own: Int32Array): boolean {
  for (let i = 1; i < own.length; i++) if (!(start[own[i - 1]] < start[own[i]])) return false;
  return true;
}

function compareRows({ start, end, machine, cpu, memory }: UsageValues, a: number, b: number): number {
  return (
    start[a] - start[b] ||
    end[a] - end[b] ||
    (machine[a] === machine[b] ? 0 : machine[a] < machine[b] ? -1 : 1) ||
    compareValues(cpu[a], cpu[b]) ||
    compareValues(memory[a], memory[b])
  );
}

/** Ascending, NaN first. */
function compareValues(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a - b;
}

export interface WindowOptions {
  /** Trace time of step 0 in microseconds. */
  readonly origin: number;
  /** Length of the longest window of all, in microseconds. */
  readonly longest: number;
  /** Set to 1 for each row that belongs to an execution. */
  readonly used: Uint8Array;
  readonly counts: Counts;
  readonly into: Windows;
}

/**
 * Fills a list with the windows of a task that belong to one of its executions: they overlap it and do not
 * name another machine. If two windows overlap, the later one is the newer observation, so the earlier one
 * ends where the later one starts. `own` holds the task's rows in order; times become relative to `origin`.
 */
export function windowsOf(
  rows: UsageValues,
  own: Int32Array,
  machine: bigint,
  span: Span,
  { origin, longest, used, counts, into }: WindowOptions,
): void {
  const machines = wordsOf(rows.machine);
  const low = Number(BigInt.asIntN(32, machine));
  const high = Number(machine >> 32n);
  into.count = 0;
  for (let i = firstThatMayReach(rows, own, span.start + origin, longest); i < own.length; i++) {
    const row = own[i];
    const start = rows.start[row] - origin;
    const end = rows.end[row] - origin;
    if (start >= span.end) break;
    if (end <= span.start) continue;
    const isKnown = high >= 0 && machines[2 * row + 1] >= 0;
    if (isKnown && (machines[2 * row] !== low || machines[2 * row + 1] !== high)) {
      add(counts, "usage.ofOtherMachine");
      continue;
    }
    if (start < span.start || end > span.end) add(counts, "usage.clippedToExecution");
    if (into.count > 0 && into.end[into.count - 1] > start) {
      add(counts, "usage.overlapping");
      into.end[into.count - 1] = start;
    }
    used[row] = 1;
    if (into.count === into.start.length) enlargeWindows(into);
    into.start[into.count] = start;
    into.end[into.count] = end;
    into.cpu[into.count] = rows.cpu[row];
    into.memory[into.count] = rows.memory[row];
    into.count++;
  }
}

/** Returns the first place in `own` whose row may end after `time`, given the longest window. */
function firstThatMayReach(rows: UsageValues, own: Int32Array, time: number, longest: number): number {
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows.start[own[middle]] < time - longest) low = middle + 1;
    else high = middle;
  }
  return low;
}
