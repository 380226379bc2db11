/** The tables of Alibaba's cluster-trace-v2018: columns in the order of its schema.txt. */
import { TABLES_OF } from "../table-names.js";
import { findTables, type TraceFile } from "../text/find-tables.js";
import { readTable as readFile } from "../text/read-table.js";
import type { Column, Row, Schema } from "../text/row.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { inputOf, type InputFile } from "../../workload/inputs.js";
import type { OnError } from "../../workload/open-options.js";
import type { OnProgress } from "../../base/progress.js";

const unread = (name: string, aliases?: readonly string[]): Column => ({
  name,
  aliases,
  type: "string",
  read: false,
});
const text = (name: string): Column => ({ name, type: "string", mandatory: true });
const optionalText = (name: string, aliases?: readonly string[]): Column => ({
  name,
  aliases,
  type: "string",
});
const time: Column = { name: "time_stamp", type: "float", mandatory: true, min: 0 };
const value = (name: string, aliases?: readonly string[]): Column => ({ name, aliases, type: "float" });

/** Cores, or per cent of the largest machine's memory: none is a thousand times as large. */
const size = (name: string): Column => ({ name, type: "float", max: 100_000 });

/** Aliases are the names of trace_2018.md, which differ from those of schema.txt. */
export const SCHEMAS = {
  machine_meta: [
    text("machine_id"),
    time,
    unread("failure_domain_1", ["disaster_level_1"]),
    unread("failure_domain_2", ["disaster_level_2"]),
    size("cpu_num"),
    size("mem_size"),
    unread("status"),
  ],
  machine_usage: [
    text("machine_id"),
    time,
    value("cpu_util_percent"),
    value("mem_util_percent"),
    unread("mem_gps"),
    unread("mkpi", ["mpki"]),
    unread("net_in"),
    unread("net_out"),
    unread("disk_io_percent"),
  ],
  container_meta: [
    text("container_id"),
    text("machine_id"),
    time,
    { ...text("app_du"), aliases: ["deploy_unit"] },
    unread("status"),
    value("cpu_request"),
    unread("cpu_limit"),
    value("mem_size"),
  ],
  container_usage: [
    text("container_id"),
    text("machine_id"),
    time,
    value("cpu_util_percent"),
    value("mem_util_percent"),
    unread("cpi"),
    unread("mem_gps"),
    unread("mpki", ["mkpi"]),
    unread("net_in"),
    unread("net_out"),
    unread("disk_io_percent"),
  ],
  batch_task: [
    text("task_name"),
    { ...value("instance_num", ["inst_num"]), min: 0 },
    text("job_name"),
    unread("task_type"),
    optionalText("status"),
    value("start_time"),
    value("end_time"),
    value("plan_cpu"),
    value("plan_mem"),
  ],
  batch_instance: [
    optionalText("instance_name", ["inst_name"]),
    text("task_name"),
    text("job_name"),
    unread("task_type"),
    text("status"),
    value("start_time"),
    value("end_time"),
    optionalText("machine_id"),
    { ...value("seq_no"), mayLack: true },
    unread("total_seq_no"),
    value("cpu_avg"),
    unread("cpu_max"),
    value("mem_avg"),
    unread("mem_max"),
  ],
} satisfies Readonly<Record<string, Schema>>;
export type Table = (typeof TABLES_OF.alibaba2018)[number];

export type Tables = Readonly<Record<Table, readonly TraceFile[]>>;

/**
 * Scheduling class and priority that we assume, because the trace has neither: services are long-running,
 * batch is best-effort (see `tierOf`).
 */
export const SERVICE = { priority: 9, schedulingClass: 3 } as const;
export const BATCH = { priority: 2, schedulingClass: 0 } as const;

/**
 * Times of the trace are seconds from 0; CPU is in per cent of a core, memory in per cent of the largest
 * machine's memory.
 */
export const PERCENT_OF_CORE = 100;
export const PERCENT_OF_MEMORY = 100;

export interface Reading {
  readonly onError: OnError;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

/**
 * Returns the files of each table; a table may be cut into several files with the same beginning of the name.
 */
export function findAlibabaTables(path: string): Promise<Tables> {
  return findTables(
    path,
    TABLES_OF.alibaba2018,
    "batch_task.csv or batch_instance.csv, or container_meta.csv (with container_usage.csv), " +
      "unpacked from their tar files",
  );
}

/**
 * Reads all files of a table, in order of name, and records each file as an input. `leaveOut` gets the texts
 * of a row; if it returns the name of a count, the row is counted under this name and not read.
 */
export async function readTable(
  table: Table,
  files: readonly TraceFile[],
  visit: (row: Row) => void,
  { onError, onProgress, counts, inputs }: Reading,
  leaveOut: (textOf: (column: number) => string) => string | undefined = () => undefined,
): Promise<void> {
  add(counts, `${table}.rows`, 0);
  add(counts, `${table}.skippedRows`, 0);
  for (const [done, { path, name }] of files.entries()) {
    onProgress?.({ phase: `reading ${table}`, done, total: files.length, unit: "files" });
    const summary = await readFile(path, SCHEMAS[table], visit, {
      name,
      onError,
      leaveOut: (textOf) => {
        const what = leaveOut(textOf);
        if (what !== undefined) add(counts, what);
        return what !== undefined;
      },
    });
    inputs.push(inputOf(name, summary));
    add(counts, `${table}.rows`, summary.rows);
    add(counts, `${table}.skippedRows`, summary.skippedRows);
  }
}

/** Returns the number in an id such as "m_1932"; rejects the row's column if it is not such an id. */
export function numberIn(row: Row, column: number): bigint {
  const digits = /^[a-z]+_(\d{1,15})$/i.exec(row.texts[column]);
  return digits === null ? row.reject(column, 'is not an id such as "m_1932"') : BigInt(digits[1]);
}
