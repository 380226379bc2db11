/** How a log in the Standard Workload Format becomes jobs. */
import { add, type Counts } from "../../workload/build/counts.js";
import { inputOf, type InputFile } from "../../workload/inputs.js";
import { OUTCOME } from "../../workload/workload.js";
import { readTable } from "../text/read-table.js";
import type { Row } from "../text/row.js";
import { COLUMN, SCHEMA } from "./columns.js";

/** Times are whole seconds: an execution of 0 s is taken to last half a second. */
const SHORTEST = 0.5;
export interface Job {
  readonly number: number;
  /** Seconds. */
  readonly submit: number;
  readonly start: number;
  readonly seconds: number;
  readonly processors: number;
  /** Fraction of its processors' time that it used; NaN if not known. */
  readonly busy: number;
  /** KB per processor; NaN if not known. */
  readonly usedMemory: number;
  readonly askedMemory: number;
  readonly outcome: number;
  readonly preceding: number;
}

export interface Log {
  readonly jobs: Job[];
  /** Values of header lines "; Key: number". */
  readonly header: Map<string, number>;
}

/** Reads a log; counts rows and assumptions under "swf.". Its jobs are in the order of their numbers. */
export async function readLog(
  file: string,
  name: string,
  onError: "fail" | "skip",
  counts: Counts,
): Promise<{ log: Log; input: InputFile }> {
  const header = new Map<string, number>();
  const jobs = new Map<number, Job>();
  for (const what of COUNTED) add(counts, `swf.${what}`, 0);
  const visit = (row: Row): void => {
    const job = jobOf(row);
    const twin = jobs.get(job.number);
    if (twin !== undefined) {
      if (JSON.stringify(twin) !== JSON.stringify(job))
        row.reject(COLUMN.job, "is the number of an earlier job with other values");
      add(counts, "swf.duplicateRows");
      return;
    }
    if (row.numbers[COLUMN.wait] < 0) add(counts, "swf.unknownWait");
    if (row.numbers[COLUMN.execution] === 0) add(counts, "swf.zeroLength");
    if (Number.isNaN(job.busy)) add(counts, "swf.assumedBusy");
    jobs.set(job.number, job);
  };
  const summary = await readTable(file, SCHEMA, visit, {
    name,
    onError,
    delimiters: ["space", ",", ";", "\t"],
    trim: true,
    isComment: (line) => isComment(line, header),
    leaveOut: (textOf) => {
      const reason = reasonToLeaveOut((column) => Number(textOf(column)));
      if (reason !== undefined) add(counts, `swf.${reason}`);
      return reason !== undefined;
    },
  });
  add(counts, "swf.rows", summary.rows);
  add(counts, "swf.skippedRows", summary.skippedRows);
  // The order of lines must have no effect.
  const log = { jobs: [...jobs.values()].sort((a, b) => a.number - b.number), header };
  return { log, input: inputOf(name, summary) };
}

const COUNTED = [
  "withoutExecutionTime",
  "withoutProcessors",
  "partialExecutions",
  "zeroLength",
  "duplicateRows",
  "unknownWait",
  "assumedBusy",
];

/**
 * Returns whether a line is a comment; stores the value of a comment such as "; MaxNodes: 100" in `header`.
 */
function isComment(line: string, header: Map<string, number>): boolean {
  if (!line.trimStart().startsWith(";")) return false;
  const found = /^\s*;\s*(\w+):\s*(\d+)\s*$/.exec(line);
  if (found !== null) header.set(found[1], Number(found[2]));
  return true;
}

/**
 * Returns why a line is not an execution; undefined if it is one. The other columns of such a line may hold
 * anything, even the submit time.
 */
function reasonToLeaveOut(value: (column: number) => number): string | undefined {
  const [execution, used, asked, status] = [
    COLUMN.execution,
    COLUMN.processors,
    COLUMN.asked,
    COLUMN.status,
  ].map(value);
  // A job in several parts has one line for the whole job, with status 0, 1 or 5, and one line for each part.
  if (status >= 2 && status <= 4) return "partialExecutions";
  // With an execution time of 0, an execution with allocated processors lasted less than a second; a job
  // without them was cancelled while it waited.
  if (execution < 0 || (execution === 0 && !(used > 0))) return "withoutExecutionTime";
  return used <= 0 && asked <= 0 ? "withoutProcessors" : undefined;
}

function jobOf(row: Row): Job {
  const { numbers } = row;
  const submit = numbers[COLUMN.submit];
  if (submit < 0) row.reject(COLUMN.submit, "is below 0");
  const used = numbers[COLUMN.processors];
  const seconds = Math.max(numbers[COLUMN.execution], SHORTEST);
  const status = numbers[COLUMN.status];
  return {
    number: numbers[COLUMN.job],
    submit,
    start: submit + Math.max(0, numbers[COLUMN.wait]),
    seconds,
    processors: Math.ceil(used > 0 ? used : numbers[COLUMN.asked]),
    busy: Math.min(1, positive(numbers[COLUMN.cpu]) / seconds),
    usedMemory: positive(numbers[COLUMN.memory]),
    askedMemory: positive(numbers[COLUMN.askedMemory]),
    outcome: status === 0 ? OUTCOME.fail : status === 5 ? OUTCOME.kill : OUTCOME.finish,
    preceding: numbers[COLUMN.preceding],
  };
}

/** Returns NaN for a value that is not known (-1). */
function positive(value: number): number {
  return value >= 0 ? value : NaN;
}
