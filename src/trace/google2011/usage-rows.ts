import { bigintColumn, float64Column, int32Column } from "./columns.js";
import { add, type Counts } from "./counts.js";
import { readParts, type ReadingOptions } from "./events.js";
import type { Row } from "../csv.js";
import { SCHEMAS, type Part } from "./tables.js";
import type { TaskNumbers } from "./tasks.js";

/** Rows of task_usage; times in microseconds of trace time, NaN and -1 where the trace gives no value. */
export interface UsageRows {
  readonly task: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly machine: BigInt64Array;
  /** Mean CPU over the window. */
  readonly cpu: Float64Array;
  /** Canonical memory. */
  readonly memory: Float64Array;
}

export interface UsageReading {
  readonly rows: UsageRows;
  /** Latest end of any window and earliest start, those left out too; 0 and Infinity where there is none. */
  readonly last: number;
  readonly first: number;
  /** Length of the longest window kept, in microseconds; 0 where there is none. */
  readonly longest: number;
}

const COLUMN = Object.fromEntries(SCHEMAS.task_usage.map(({ name }, i) => [name, i])) as Record<
  string,
  number
>;
const START = COLUMN["start time"];
const END = COLUMN["end time"];
const JOB = COLUMN["job ID"];
const INDEX = COLUMN["task index"];
const MACHINE = COLUMN["machine ID"];
const CPU = COLUMN["CPU rate"];
const MEMORY = COLUMN["canonical memory usage"];
const LARGEST_CPU = COLUMN["maximum CPU rate"];
const LARGEST_MEMORY = COLUMN["maximum memory usage"];

/**
 * Reads task_usage, keeping the rows that `keep` wants (task -1: no event names the task).
 *
 * The cleaning report counts, under "usage.", rows with an empty, zero or negative mean, a maximum below the mean, a
 * value above 1 (the largest machine), or a window that starts before that of the row above it in the file. Empty
 * and negative values count as missing; a mean above 1 is cut to 1; the rest is taken as it is.
 */
export async function readUsage(
  parts: readonly Part[],
  tasks: TaskNumbers,
  keep: (task: number, job: bigint, index: number, machine: bigint) => boolean,
  options: ReadingOptions,
): Promise<UsageReading> {
  const columns = {
    task: int32Column(),
    start: float64Column(),
    end: float64Column(),
    machine: bigintColumn(),
    cpu: float64Column(),
    memory: float64Column(),
  };
  const { counts } = options;
  for (const name of ["empty", "zero", "negative", "maximumBelowMean", "aboveOne", "outOfOrder"]) {
    add(counts, `usage.${name}`, 0);
  }
  let last = 0;
  let first = Infinity;
  let longest = 0;
  let previous = { part: -1, start: 0 };
  const visit = (row: Row, part: number): void => {
    const { numbers, ids } = row;
    const start = numbers[START];
    const end = numbers[END];
    if (start === Infinity) row.reject(START, "is after the trace, where no usage is measured");
    if (end === Infinity) row.reject(END, "is after the trace, where no usage is measured");
    if (end <= start) row.reject(END, `is not after the window's start ${start}`);
    if (previous.part === part && start < previous.start) add(counts, "usage.outOfOrder");
    previous = { part, start };
    countOddities(numbers, counts);
    last = Math.max(last, end);
    first = Math.min(first, start);
    const known = tasks.find(ids[JOB], numbers[INDEX]);
    if (!keep(known, ids[JOB], numbers[INDEX], ids[MACHINE])) return;
    longest = Math.max(longest, end - start);
    columns.task.push(known >= 0 ? known : tasks.number(ids[JOB], numbers[INDEX]));
    columns.start.push(start);
    columns.end.push(end);
    columns.machine.push(ids[MACHINE]);
    columns.cpu.push(clean(numbers[CPU]));
    columns.memory.push(clean(numbers[MEMORY]));
  };
  await readParts("task_usage", parts, visit, options);
  return {
    rows: {
      task: columns.task.finish(),
      start: columns.start.finish(),
      end: columns.end.finish(),
      machine: columns.machine.finish(),
      cpu: columns.cpu.finish(),
      memory: columns.memory.finish(),
    },
    last,
    first,
    longest,
  };
}

/** NaN where missing. */
function clean(value: number): number {
  return value >= 0 ? Math.min(value, 1) : NaN;
}

/** Counts a row once for each kind of oddity, whether in CPU or memory. */
function countOddities(numbers: Float64Array, counts: Counts): void {
  const cpu = numbers[CPU];
  const memory = numbers[MEMORY];
  if (Number.isNaN(cpu) || Number.isNaN(memory)) add(counts, "usage.empty");
  if (cpu === 0 || memory === 0) add(counts, "usage.zero");
  if (cpu < 0 || memory < 0) add(counts, "usage.negative");
  if (cpu > 1 || memory > 1) add(counts, "usage.aboveOne");
  if (numbers[LARGEST_CPU] < cpu || numbers[LARGEST_MEMORY] < memory) add(counts, "usage.maximumBelowMean");
}
