import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import type { Column, ColumnType, Schema } from "../csv.js";

/** The tables of the trace that are read; each is a folder of part files. */
export const TABLES = ["machine_events", "job_events", "task_events", "task_usage"] as const;
export type Table = (typeof TABLES)[number];

export interface Part {
  readonly number: number;
  readonly path: string;
  /** As errors and the provenance name it: "task_events/part-00000-of-00500.csv.gz". */
  readonly name: string;
}

const LAYOUT = "expected DIR/task_events/part-00000-of-00500.csv.gz (or .csv) and its like";

const mandatory = (name: string, type: ColumnType, max?: number): Column =>
  max === undefined ? { name, type, mandatory: true } : { name, type, mandatory: true, min: 0, max };
const optional = (name: string, type: ColumnType, min?: number): Column =>
  min === undefined ? { name, type } : { name, type, min };
const unread = (name: string): Column => ({ name, type: "string", read: false });

/** Columns in the order of the trace's own schema.csv, which its authors declare definitive. */
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
    { name: "missing info", type: "integer", min: 0, max: 2 },
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
    // The schema says mandatory, but traces of virtual machines in this layout leave it empty.
    optional("machine ID", "bigint"),
    optional("CPU rate", "float"),
    optional("canonical memory usage", "float"),
    unread("assigned memory usage"),
    unread("unmapped page cache"),
    unread("total page cache"),
    optional("maximum memory usage", "float"),
    unread("disk I/O time"),
    unread("local disk space usage"),
    optional("maximum CPU rate", "float"),
    unread("maximum disk IO time"),
    unread("cycles per instruction"),
    unread("memory accesses per instruction"),
    unread("sample portion"),
    { name: "aggregation type", type: "boolean" },
    unread("sampled CPU usage"),
  ],
};

/**
 * Returns the part files of each table below `directory`, in order of number; an absent table has none. Any subset
 * of parts will do; `parts` keeps only those numbers of task_events, job_events and task_usage.
 *
 * Throws InputError for a folder that is absent, empty or not laid out as the trace is, and for a part that is
 * there twice.
 */
export async function findParts(
  directory: string,
  parts?: readonly number[],
): Promise<Readonly<Record<Table, readonly Part[]>>> {
  const entries = await listFolder(directory);
  if (entries === undefined) throw new InputError(`no such folder ${directory}: ${LAYOUT}`);
  if (entries.length === 0) throw new InputError(`empty folder ${directory}: ${LAYOUT}`);
  const found = Object.fromEntries(
    await Promise.all(TABLES.map(async (table) => [table, await findTable(directory, table)])),
  ) as Record<Table, readonly Part[]>;
  if (found.task_events.length === 0 && found.task_usage.length === 0) {
    throw new InputError(`neither task_events nor task_usage parts in ${directory}: ${LAYOUT}`);
  }
  if (parts === undefined) return found;
  return {
    machine_events: found.machine_events,
    job_events: selectParts(found.job_events, parts),
    task_events: selectParts(found.task_events, parts),
    task_usage: selectParts(found.task_usage, parts),
  };
}

/** Bytes of the parts as they are on disk. */
export async function sizeOf(parts: readonly Part[]): Promise<number> {
  let bytes = 0;
  for (const { path } of parts) bytes += (await stat(path)).size;
  return bytes;
}

function selectParts(found: readonly Part[], numbers: readonly number[]): Part[] {
  return found.filter((part) => numbers.includes(part.number));
}

/** Names in a folder; undefined where it does not exist or is none. */
async function listFolder(path: string): Promise<string[] | undefined> {
  const isFolder = await stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
  return isFolder ? readdir(path) : undefined;
}

async function findTable(directory: string, table: Table): Promise<Part[]> {
  const names = await listFolder(join(directory, table));
  if (names === undefined) return [];
  const parts = new Map<number, Part & { of: number }>();
  for (const name of names.sort()) {
    const match = /^part-(\d+)-of-(\d+)\.csv(?:\.gz)?$/.exec(name);
    if (match === null) continue;
    const part = {
      number: Number(match[1]),
      of: Number(match[2]),
      path: join(directory, table, name),
      name: `${table}/${name}`,
    };
    checkPart(part, parts);
    parts.set(part.number, part);
  }
  if (parts.size === 0) throw new InputError(`no part files in ${join(directory, table)}: ${LAYOUT}`);
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
