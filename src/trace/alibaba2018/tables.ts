/** The tables of Alibaba's cluster-trace-v2018: CSV without header lines, columns in the order of its schema.txt. */
import { readCsv, type Row, type Schema } from "../csv.js";
import { findTables, type TraceFile } from "../folder.js";
import { add, type Counts } from "../google2011/counts.js";
import { inputOf, type InputFile } from "../inputs.js";
import type { OnError } from "../options.js";
import type { OnProgress } from "../../progress.js";

const unread = (name: string): Schema[number] => ({ name, type: "string", read: false });
const text = (name: string): Schema[number] => ({ name, type: "string", mandatory: true });
const optionalText = (name: string): Schema[number] => ({ name, type: "string" });
const time = (name: string): Schema[number] => ({ name, type: "float", mandatory: true, min: 0 });
const value = (name: string): Schema[number] => ({ name, type: "float" });

export const SCHEMAS = {
  machine_meta: [
    text("machine_id"),
    time("time_stamp"),
    unread("failure_domain_1"),
    unread("failure_domain_2"),
    value("cpu_num"),
    value("mem_size"),
    unread("status"),
  ],
  container_meta: [
    text("container_id"),
    text("machine_id"),
    time("time_stamp"),
    text("app_du"),
    unread("status"),
    value("cpu_request"),
    unread("cpu_limit"),
    value("mem_size"),
  ],
  container_usage: [
    text("container_id"),
    text("machine_id"),
    time("time_stamp"),
    value("cpu_util_percent"),
    value("mem_util_percent"),
    unread("cpi"),
    unread("mem_gps"),
    unread("mpki"),
    unread("net_in"),
    unread("net_out"),
    unread("disk_io_percent"),
  ],
  batch_task: [
    text("task_name"),
    // Mandatory, so that a row of names is not taken for a header.
    { name: "instance_num", type: "float", mandatory: true },
    text("job_name"),
    unread("task_type"),
    unread("status"),
    unread("start_time"),
    unread("end_time"),
    value("plan_cpu"),
    value("plan_mem"),
  ],
  batch_instance: [
    optionalText("instance_name"),
    text("task_name"),
    text("job_name"),
    unread("task_type"),
    text("status"),
    { name: "start_time", type: "float", mandatory: true },
    value("end_time"),
    optionalText("machine_id"),
    value("seq_no"),
    unread("total_seq_no"),
    value("cpu_avg"),
    unread("cpu_max"),
    value("mem_avg"),
    unread("mem_max"),
  ],
} satisfies Readonly<Record<string, Schema>>;
export type Table = keyof typeof SCHEMAS;

export type Tables = Readonly<Record<Table, readonly TraceFile[]>>;

/** Times of the trace count from 0, in seconds; CPU is per cent of a core, memory per cent of the largest machine's. */
export const PERCENT_OF_CORE = 100;
export const PERCENT_OF_MEMORY = 100;

export interface Reading {
  readonly onError: OnError;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

/** Returns the files of each table below a folder; a table may be cut into several files whose names begin alike. */
export function findAlibabaTables(folder: string): Promise<Tables> {
  const pattern = (table: Table): RegExp => new RegExp(`^${table}.*\\.csv(\\.gz)?$`);
  return findTables(
    folder,
    {
      machine_meta: pattern("machine_meta"),
      container_meta: pattern("container_meta"),
      container_usage: pattern("container_usage"),
      batch_task: pattern("batch_task"),
      batch_instance: pattern("batch_instance"),
    },
    "batch_instance.csv (with batch_task.csv) or container_meta.csv (with container_usage.csv), unpacked from their tar files or as .csv.gz",
  );
}

/** Reads all files of a table, in order of name, and notes what was read. */
export async function readTable(
  table: Table,
  files: readonly TraceFile[],
  visit: (row: Row) => void,
  { onError, onProgress, counts, inputs }: Reading,
): Promise<void> {
  add(counts, `${table}.rows`, 0);
  add(counts, `${table}.skippedRows`, 0);
  for (const [done, { path, name }] of files.entries()) {
    onProgress?.({ phase: `reading ${table}`, done, total: files.length, unit: "files" });
    const summary = await readCsv(path, SCHEMAS[table], visit, { name, onError });
    const { rows, skippedRows } = summary;
    inputs.push(inputOf(name, summary));
    add(counts, `${table}.rows`, rows);
    add(counts, `${table}.skippedRows`, skippedRows);
  }
}

/** Returns the number in an id such as "m_1932"; rejects the row's column where there is none. */
export function numberIn(row: Row, column: number): bigint {
  const digits = /^[a-z]+_(\d{1,15})$/i.exec(row.texts[column]);
  return digits === null ? row.reject(column, 'is no id such as "m_1932"') : BigInt(digits[1]);
}
