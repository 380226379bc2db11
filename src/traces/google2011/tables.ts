import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { InputError } from "../../base/errors.js";
import { findTables, type TraceFile } from "../text/find-tables.js";
import type { Column, ColumnType, Schema } from "../text/row.js";
import { TABLES_OF } from "../table-names.js";

/** The tables of the trace that are read; each is a folder of part files. */
export const TABLES = TABLES_OF.google2011;
export type Table = (typeof TABLES)[number];

export interface Part {
  readonly number: number;
  readonly path: string;
  /** The name in errors and the provenance, such as "task_events/part-00000-of-00500.csv.gz". */
  readonly name: string;
}

const LAYOUT =
  "task_events or task_usage (with machine_events), such as task_events/part-00000-of-00500.csv.gz or " +
  "task_events.csv";

/** Other names of columns in tables with a header line, found in public code. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  time: ["timestamp"],
  "task index": ["task id"],
  CPUs: ["capacity cpu", "cpu"],
  Memory: ["capacity memory"],
  "CPU request": ["request cpu", "resource request cpu", "resource request cpu cores"],
  "memory request": ["mem request", "request memory", "request ram", "resource request ram"],
  "CPU rate": ["mean cpu usage rate", "cpu usage"],
  "canonical memory usage": ["canonical memory", "canocical memory usage", "memory usage"],
  "maximum memory usage": ["max memory usage"],
  "maximum CPU rate": ["max cpu rate", "maximum cpu usage"],
};

const mandatory = (name: string, type: ColumnType, max?: number): Column => ({
  name,
  aliases: ALIASES[name],
  type,
  mandatory: true,
  ...(max === undefined ? {} : { min: 0, max }),
});
const optional = (name: string, type: ColumnType, min?: number): Column => ({
  name,
  aliases: ALIASES[name],
  type,
  ...(min === undefined ? {} : { min }),
});
const extra = (name: string, type: ColumnType): Column => ({ ...optional(name, type), mayLack: true });
const unread = (name: string): Column => ({ name, type: "string", read: false });

/** Columns in the order of the trace's schema.csv, which its authors declare definitive. */
export const SCHEMAS: Readonly<Record<Table, Schema>> = {
  machine_events: [
    mandatory("time", "time"),
    mandatory("machine ID", "bigint"),
    mandatory("event type", "integer", 2),
    unread("platform ID"),
    optional("CPUs", "float", 0),
    optional("Memory", "float", 0),
  ],
  job_events: [
    mandatory("time", "time"),
    unread("missing info"),
    mandatory("job ID", "bigint"),
    mandatory("event type", "integer", 8),
    unread("user"),
    { name: "scheduling class", type: "integer", min: 0, max: 3 },
    unread("job name"),
    unread("logical job name"),
  ],
  task_events: [
    mandatory("time", "time"),
    { name: "missing info", type: "integer", min: 0, max: 2, mayLack: true },
    mandatory("job ID", "bigint"),
    mandatory("task index", "integer", 2 ** 31 - 1),
    optional("machine ID", "bigint"),
    mandatory("event type", "integer", 8),
    unread("user"),
    { name: "scheduling class", type: "integer", min: 0, max: 3 },
    mandatory("priority", "integer", 65_535),
    optional("CPU request", "float", 0),
    optional("memory request", "float", 0),
    unread("disk space request"),
    unread("different machines restriction"),
  ],
  task_usage: [
    mandatory("start time", "time"),
    mandatory("end time", "time"),
    mandatory("job ID", "bigint"),
    mandatory("task index", "integer", 2 ** 31 - 1),
    // schema.csv says mandatory, but traces of virtual machines in this layout leave it empty.
    optional("machine ID", "bigint"),
    optional("CPU rate", "float"),
    optional("canonical memory usage", "float"),
    unread("assigned memory usage"),
    unread("unmapped page cache"),
    unread("total page cache"),
    extra("maximum memory usage", "float"),
    unread("disk I/O time"),
    unread("local disk space usage"),
    extra("maximum CPU rate", "float"),
    unread("maximum disk IO time"),
    unread("cycles per instruction"),
    unread("memory accesses per instruction"),
    unread("sample portion"),
    extra("aggregation type", "boolean"),
    unread("sampled CPU usage"),
  ],
};

/**
 * Returns the part files of each table (see `findTables`), in order of number; a missing table has none. Any
 * subset of parts is enough. `parts` selects the parts of task_events, job_events and task_usage by number,
 * and so does a path that names one part. Files without a part number in their name (`task_events.csv`) are
 * numbered in order of name.
 *
 * Throws InputError as `findTables` does, for a part that exists twice and for parts of different splits.
 */
export async function findParts(
  path: string,
  parts?: readonly number[],
): Promise<Readonly<Record<Table, readonly Part[]>>> {
  const files = await findTables(path, TABLES, LAYOUT);
  const found: Readonly<Record<Table, readonly Part[]>> = {
    machine_events: numberParts(files.machine_events),
    job_events: numberParts(files.job_events),
    task_events: numberParts(files.task_events),
    task_usage: numberParts(files.task_usage),
  };
  if (found.task_events.length === 0 && found.task_usage.length === 0) {
    throw new InputError(`neither task_events nor task_usage parts in ${path}; it must hold ${LAYOUT}`);
  }
  const wanted = parts ?? numbersOf(path);
  if (wanted === undefined) return found;
  return {
    machine_events: found.machine_events,
    job_events: selectParts(found.job_events, wanted),
    task_events: selectParts(found.task_events, wanted),
    task_usage: selectParts(found.task_usage, wanted),
  };
}

/** Returns the number of the part that a path names; undefined if it names none. */
function numbersOf(path: string): number[] | undefined {
  const number = /part-(\d+)-of-\d+/i.exec(basename(path))?.[1];
  return number === undefined || /machine_events/.test(path) ? undefined : [Number(number)];
}

/** Returns the size of the parts on disk, in bytes. */
export async function sizeOf(parts: readonly Part[]): Promise<number> {
  let bytes = 0;
  for (const { path } of parts) bytes += (await stat(path)).size;
  return bytes;
}

function selectParts(found: readonly Part[], numbers: readonly number[]): Part[] {
  return found.filter((part) => numbers.includes(part.number));
}

function numberParts(files: readonly TraceFile[]): Part[] {
  const parts = new Map<number, Part & { of: number }>();
  let unnumbered = 0;
  for (const { path, name } of files) {
    const match = /part-(\d+)-of-(\d+)/i.exec(basename(name));
    const [number, of] = match === null ? [unnumbered++, Infinity] : [Number(match[1]), Number(match[2])];
    const part = { number, of, path, name };
    checkPart(part, parts);
    parts.set(number, part);
  }
  return [...parts.values()].sort((a, b) => a.number - b.number);
}

function checkPart(part: Part & { of: number }, others: ReadonlyMap<number, Part & { of: number }>): void {
  const twin = others.get(part.number);
  if (twin !== undefined) {
    throw new InputError(`duplicate part ${part.number}: ${twin.name} and ${part.name}; remove one of them`);
  }
  if (part.number >= part.of) {
    throw new InputError(
      `part ${part.name}: number ${part.number} is not below ${part.of}; rename or remove it`,
    );
  }
  const first: (Part & { of: number }) | undefined = [...others.values()].at(0);
  if (first !== undefined && first.of !== part.of) {
    throw new InputError(`parts of two different splits: ${first.name} and ${part.name}; keep one split`);
  }
}
