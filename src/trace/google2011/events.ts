import { readCsv, type Row } from "../csv.js";
import type { InputFile } from "../inputs.js";
import type { OnError } from "../options.js";
import type { OnProgress } from "../../progress.js";
import { bigintColumn, float64Column, int32Column, uint16Column, uint8Column } from "./columns.js";
import { add, type Counts } from "./counts.js";
import { SCHEMAS, type Part, type Table } from "./tables.js";
import type { TaskNumbers } from "./tasks.js";

/** Event types of task_events and job_events. */
export const EVENT = {
  submit: 0,
  schedule: 1,
  evict: 2,
  fail: 3,
  finish: 4,
  kill: 5,
  lost: 6,
  updatePending: 7,
  updateRunning: 8,
} as const;

/** The code of `schedulingClass` where the trace gives none. */
export const NO_CLASS = 255;

/** Rows of task_events; times in microseconds of trace time, NaN and -1 where the trace gives no value. */
export interface EventColumns {
  readonly task: Int32Array;
  readonly time: Float64Array;
  readonly type: Uint8Array;
  readonly machine: BigInt64Array;
  readonly schedulingClass: Uint8Array;
  readonly priority: Uint16Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
}

/** A stretch of time that no part covers, in microseconds of trace time. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface Events {
  readonly columns: EventColumns;
  /** Latest time of any event, 0 where there is none; "after the trace" does not count. */
  readonly last: number;
  /** Earliest time after "before the trace"; Infinity where there is none. */
  readonly first: number;
  /** Between the parts that are there, in order of time; the time before a first part that is not part 0 is no gap. */
  readonly gaps: readonly Gap[];
}

export interface ReadingOptions {
  readonly onError: OnError;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

/** Reads the parts of one table in turn, adds up what was skipped and notes each file's SHA-256. */
export async function readParts(
  table: Table,
  parts: readonly Part[],
  visit: (row: Row, part: number) => void,
  { onError, onProgress, counts, inputs }: ReadingOptions,
): Promise<void> {
  for (const [done, part] of parts.entries()) {
    onProgress?.({ phase: `reading ${table}`, done, total: parts.length, unit: "files" });
    const summary = await readCsv(
      part.path,
      SCHEMAS[table],
      (row) => {
        visit(row, done);
      },
      { name: part.name, onError },
    );
    inputs.push({ path: part.name, sha256: summary.sha256 });
    add(counts, `${table}.rows`, summary.rows);
    add(counts, `${table}.skippedRows`, summary.skippedRows);
  }
  if (parts.length > 0) {
    onProgress?.({ phase: `reading ${table}`, done: parts.length, total: parts.length, unit: "files" });
  }
}

/** Reads task_events. Events "after the trace" (2^63 - 1) say nothing about the time it covers: counted, left out. */
export async function readEvents(
  parts: readonly Part[],
  tasks: TaskNumbers,
  options: ReadingOptions,
): Promise<Events> {
  const columns = {
    task: int32Column(),
    time: float64Column(),
    type: uint8Column(),
    machine: bigintColumn(),
    schedulingClass: uint8Column(),
    priority: uint16Column(),
    cpu: float64Column(),
    memory: float64Column(),
  };
  const firsts = parts.map(() => Infinity);
  const lasts = parts.map(() => 0);
  add(options.counts, "events.afterTrace", 0);
  const visit = ({ numbers, ids }: Row, part: number): void => {
    const time = numbers[0];
    if (time === Infinity) {
      add(options.counts, "events.afterTrace");
      return;
    }
    if (time > 0 && time < firsts[part]) firsts[part] = time;
    if (time > lasts[part]) lasts[part] = time;
    columns.task.push(tasks.number(ids[2], numbers[3]));
    columns.time.push(time);
    columns.type.push(numbers[5]);
    columns.machine.push(ids[4]);
    columns.schedulingClass.push(Number.isNaN(numbers[7]) ? NO_CLASS : numbers[7]);
    columns.priority.push(numbers[8]);
    columns.cpu.push(numbers[9]);
    columns.memory.push(numbers[10]);
  };
  await readParts("task_events", parts, visit, options);
  return {
    columns: {
      task: columns.task.finish(),
      time: columns.time.finish(),
      type: columns.type.finish(),
      machine: columns.machine.finish(),
      schedulingClass: columns.schedulingClass.finish(),
      priority: columns.priority.finish(),
      cpu: columns.cpu.finish(),
      memory: columns.memory.finish(),
    },
    first: Math.min(Infinity, ...firsts),
    last: Math.max(0, ...lasts),
    gaps: findGaps(parts, firsts, lasts),
  };
}

function findGaps(parts: readonly Part[], firsts: readonly number[], lasts: readonly number[]): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 1; i < parts.length; i++) {
    if (parts[i].number === parts[i - 1].number + 1) continue;
    if (lasts[i - 1] < firsts[i]) gaps.push({ from: lasts[i - 1], to: firsts[i] });
  }
  return gaps;
}

/** Reads from job_events the scheduling class of each job that has one. */
export async function readJobClasses(
  parts: readonly Part[],
  options: ReadingOptions,
): Promise<ReadonlyMap<bigint, number>> {
  const classes = new Map<bigint, number>();
  await readParts(
    "job_events",
    parts,
    ({ numbers, ids }) => {
      const known = classes.get(ids[2]) ?? -1;
      if (numbers[5] > known) classes.set(ids[2], numbers[5]);
    },
    options,
  );
  return classes;
}
