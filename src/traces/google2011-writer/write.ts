/** Writes a workload in the layout of the Google trace. */
import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InputError } from "../../base/errors.js";
import { checkWritable } from "../../base/out-folder.js";
import type { OnProgress } from "../../base/progress.js";
import { startThreads } from "../../base/threads.js";
import { requireFreeSpace } from "../../base/free-space.js";
import { inOrder } from "../../base/in-order.js";
import { microseconds, partName, partOf, PARTS } from "../google2011/layout.js";
import { TABLES, type Table } from "../google2011/tables.js";
import type { Workload } from "../../workload/workload.js";
import { EVENTS_PER_EXECUTION, jobEvents, taskEvents, type OrderedEvents } from "./events.js";
import { jobLines, machineLines, taskLines } from "./event-lines.js";
import { cutUsage, type Range } from "./usage-rows.js";
import { textOf, writeText, writeUsage, type TextPart, type UsagePart } from "./write-part.js";

export interface WriteOptions {
  /**
   * The largest number of threads to write with; it does not change the bytes written. Default: the number of
   * threads that the machine can execute at the same time.
   */
  readonly threads?: number;
  readonly onProgress?: OnProgress;
}

/**
 * Writes a workload in the official layout of clusterdata-2011-2 (machine_events, job_events, task_events and
 * task_usage as `.csv.gz` parts of 5,011.2 s). The same workload gives the same bytes, and `openGoogle2011`
 * reads them again. Usage is written to six digits. Names of users and jobs are invented; disk and other
 * columns that a workload does not have are empty. Returns the names of the files written, relative to the
 * folder. Throws InputError if the folder already holds one of the tables, the disk has no room or a file
 * cannot be written.
 */
export async function writeGoogle2011(
  workload: Workload,
  directory: string,
  { threads = availableParallelism(), onProgress }: WriteOptions = {},
): Promise<string[]> {
  await checkTablesFolder(directory);
  await requireFreeSpace(directory, ROW_BYTES * countRows(workload), "the trace");
  const writer = openWriter(workload, threads);
  try {
    const written: string[] = [];
    for (const table of tablesOf(workload, writer)) {
      let done = 0;
      const report = (): void =>
        onProgress?.({ phase: `writing ${table.name}`, done, total: table.parts.length, unit: "parts" });
      report();
      await inOrder(table.parts, writer.atOnce, async ({ name, write }) => {
        await write(join(directory, name));
        done++;
        report();
      });
      written.push(...table.parts.map(({ name }) => name));
    }
    return written;
  } finally {
    await writer.close();
  }
}

/** Throws InputError where the folder already holds a table of the trace, or cannot be written. */
export async function checkTablesFolder(directory: string): Promise<void> {
  await checkWritable(directory);
  const names = await readdir(directory).catch((): string[] => []);
  const taken = TABLES.find((table) => names.includes(table));
  if (taken !== undefined) {
    throw new InputError(`output folder ${directory} holds ${taken}; choose another folder or remove it`);
  }
}

/** A compressed row of task_usage takes 18 bytes, a row of the events 20. */
const ROW_BYTES = 24;

/** Returns the largest possible number of rows of task_usage and task_events. */
function countRows({ executions, usage }: Workload): number {
  return usage.cpu.length + EVENTS_PER_EXECUTION * executions.job.length;
}

/** Writes parts, on this thread or on other threads. */
interface Writer {
  /** How many parts to write at the same time: one more than the threads, so that no thread has to wait. */
  readonly atOnce: number;
  readonly writeText: (part: TextPart) => Promise<void>;
  readonly writeUsage: (part: UsagePart) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starting threads takes as long as writing some 100,000 rows. */
const WORTH_THREADS = 500_000;

function openWriter({ usage }: Workload, threads: number): Writer {
  if (threads < 2 || usage.cpu.length < WORTH_THREADS) {
    return { atOnce: 1, writeText, writeUsage, close: () => Promise.resolve() };
  }
  const pool = startThreads<typeof import("./part-worker.js")>("./part-worker.js", import.meta.url, threads);
  return {
    atOnce: threads + 1,
    writeText: (part) => pool.run("writeText", part),
    writeUsage: (part) => pool.run("writeUsage", part),
    close: pool.close,
  };
}

interface TableToWrite {
  readonly name: Table;
  readonly parts: readonly { readonly name: string; readonly write: (path: string) => Promise<void> }[];
}

/** Yields the tables in the order of writing; the text of a part is made only when it is written. */
function* tablesOf(workload: Workload, { writeText, writeUsage }: Writer): Generator<TableToWrite> {
  const machineEvents = {
    name: partName("machine_events", 0, 1),
    write: (path: string) => writeText({ path, text: textOf(machineLines(workload)) }),
  };
  yield { name: "machine_events", parts: [machineEvents] };
  const ofTasks = taskEvents(workload);
  const ofJobs = jobEvents(workload, ofTasks);
  const eventTable = (
    name: Table,
    { events, offsets }: OrderedEvents,
    linesOf: (workload: Workload, events: Uint32Array) => Iterable<string>,
  ): TableToWrite => ({
    name,
    parts: partsWhere((part) => offsets[part + 1] > offsets[part]).map((part) => ({
      name: partName(name, part),
      write: (path) => {
        const ofPart = events.subarray(offsets[part], offsets[part + 1]);
        return writeText({ path, text: textOf(linesOf(workload, ofPart)) });
      },
    })),
  });
  yield eventTable("task_events", ofTasks, taskLines);
  yield eventTable("job_events", ofJobs, jobLines);
  const steps = stepsOfParts(workload);
  const usageParts = partsWhere((part) => steps.has(part)).map((part) => ({
    name: partName("task_usage", part),
    write: (path: string) => writeUsage({ path, rows: cutUsage(workload, steps.get(part)!) }),
  }));
  yield { name: "task_usage", parts: usageParts };
}

function partsWhere(isWritten: (part: number) => boolean): number[] {
  return Array.from({ length: PARTS }, (_, part) => part).filter(isWritten);
}

/** Returns the steps that begin in each part. */
function stepsOfParts(workload: Workload): Map<number, Range> {
  const ranges = new Map<number, Range>();
  for (let step = 0; step < workload.steps; step++) {
    const part = partOf(microseconds(workload, step * workload.stepSeconds));
    ranges.set(part, { from: ranges.get(part)?.from ?? step, to: step + 1 });
  }
  return ranges;
}
