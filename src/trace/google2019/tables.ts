/** The exported tables of the Google 2019 trace ("Google cluster-usage traces v3", clusterdata_trace_format_v3.proto). */
import { findTables, type TraceFile } from "../folder.js";
import { add, type Counts } from "../google2011/counts.js";
import { EVENT, NO_CLASS } from "../google2011/event-types.js";
import { COLUMNS_OF, type EventColumns, type MachineRows, type UsageRows } from "../google2011/rows.js";
import { addRow, finishTable, growingTable } from "../growing-table.js";
import { inputOf, type InputFile } from "../inputs.js";
import { badValue, BadRow } from "../lines.js";
import { createWindowsBuilder } from "../observed.js";
import type { OnError } from "../options.js";
import type { OnProgress } from "../../progress.js";
import type { TaskKeys } from "../task-keys.js";
import { MACHINE_EVENT } from "../workload.js";
import { codeOf, floatOf, idOf, integerOf, machineOf, timeOf } from "./fields.js";
import { toTracePriority } from "./priorities.js";
import { EXTENSIONS, readRecords, type TableRecord } from "./records.js";

export type Table = "machine_events" | "instance_events" | "instance_usage";

export interface Reading {
  readonly onError: OnError;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

/** Names of codes 0, 1, ... of the proto file, and the 2011 trace's code of each; undefined for those that it does not have. */
const EVENT_TYPES: readonly (readonly [string, number | undefined])[] = [
  ["SUBMIT", EVENT.submit],
  ["QUEUE", undefined],
  ["ENABLE", undefined],
  ["SCHEDULE", EVENT.schedule],
  ["EVICT", EVENT.evict],
  ["FAIL", EVENT.fail],
  ["FINISH", EVENT.finish],
  ["KILL", EVENT.kill],
  ["LOST", EVENT.lost],
  ["UPDATE_PENDING", EVENT.updatePending],
  ["UPDATE_RUNNING", EVENT.updateRunning],
];
const EVENT_NAMES = EVENT_TYPES.map(([name]) => name);
const CLASS_NAMES = ["MOST_INSENSITIVE", "INSENSITIVE", "SENSITIVE", "MOST_SENSITIVE"];
const COLLECTION_NAMES = ["JOB", "ALLOC_SET"];
const ALLOC_SET = 1;
const MACHINE_NAMES = ["EVENT_TYPE_UNKNOWN", "ADD", "REMOVE", "UPDATE"];
const MACHINE_KINDS = [undefined, MACHINE_EVENT.add, MACHINE_EVENT.remove, MACHINE_EVENT.update];
const LARGEST_INDEX = 2 ** 31 - 1;

/** Returns the files of each table below a folder: `instance_events-000000000000.json.gz`, `instance_usage.parquet` and their like. */
export function findGoogle2019Tables(folder: string): Promise<Record<Table, TraceFile[]>> {
  const pattern = (table: Table): RegExp => new RegExp(`^${table}.*\\.${EXTENSIONS}$`);
  return findTables(
    folder,
    {
      machine_events: pattern("machine_events"),
      instance_events: pattern("instance_events"),
      instance_usage: pattern("instance_usage"),
    },
    "exports whose names begin with instance_events, instance_usage and machine_events (.json, .csv, .gz of them, or .parquet)",
  );
}

async function readTable(
  table: Table,
  files: readonly TraceFile[],
  visit: (record: TableRecord) => void,
  { onError, onProgress, counts, inputs }: Reading,
): Promise<void> {
  add(counts, `${table}.rows`, 0);
  add(counts, `${table}.skippedRows`, 0);
  for (const [done, file] of files.entries()) {
    onProgress?.({ phase: `reading ${table}`, done, total: files.length, unit: "files" });
    const summary = await readRecords(file, visit, onError);
    const { rows, skippedRows } = summary;
    inputs.push(inputOf(file.name, summary));
    add(counts, `${table}.rows`, rows);
    add(counts, `${table}.skippedRows`, skippedRows);
  }
}

/** True for alloc instances, which hold room for jobs: counted and left out, the jobs inside them are what runs. */
function isAlloc(record: TableRecord, table: Table, { counts }: Reading): boolean {
  if (codeOf(record, "collection_type", COLLECTION_NAMES) !== ALLOC_SET) return false;
  add(counts, `${table}.ofAllocSets`);
  return true;
}

/** Reads instance_events in terms of the 2011 trace. QUEUE and ENABLE, which it does not have, are counted and left out. */
export async function readInstanceEvents(
  files: readonly TraceFile[],
  tasks: TaskKeys,
  reading: Reading,
): Promise<EventColumns> {
  const { counts } = reading;
  for (const name of ["ofAllocSets", "queueing", "afterTrace", "withoutPriority"])
    add(counts, `instance_events.${name}`, 0);
  const table = growingTable<EventColumns>((rows) => ({
    task: new Int32Array(rows),
    time: new Float64Array(rows),
    type: new Uint8Array(rows),
    machine: new BigInt64Array(rows),
    schedulingClass: new Uint8Array(rows),
    priority: new Uint16Array(rows),
    cpu: new Float64Array(rows),
    memory: new Float64Array(rows),
  }));
  const visit = (record: TableRecord): void => {
    const time = timeOf(record, "time");
    const code = codeOf(record, "type", EVENT_NAMES);
    if (code === undefined) throw new BadRow('column "type"', "is empty or not there, but mandatory");
    const job = idOf(record, "collection_id");
    const index = integerOf(record, "instance_index", LARGEST_INDEX) ?? 0;
    const machine = machineOf(record);
    const schedulingClass = codeOf(record, "scheduling_class", CLASS_NAMES) ?? NO_CLASS;
    const priority = integerOf(record, "priority", 65_535);
    const [cpu, memory] = [request(record, "cpus"), request(record, "memory")];
    if (isAlloc(record, "instance_events", reading)) return;
    const type = EVENT_TYPES[code][1];
    if (type === undefined || time === Infinity) {
      add(counts, `instance_events.${type === undefined ? "queueing" : "afterTrace"}`);
      return;
    }
    if (priority === undefined) add(counts, "instance_events.withoutPriority");
    const row = addRow(table);
    const { columns } = table;
    columns.task[row] = tasks.number(job, index);
    columns.time[row] = time;
    columns.type[row] = type;
    columns.machine[row] = machine;
    columns.schedulingClass[row] = schedulingClass;
    columns.priority[row] = toTracePriority(priority ?? 0);
    columns.cpu[row] = cpu;
    columns.memory[row] = memory;
  };
  await readTable("instance_events", files, visit, reading);
  return finishTable(table);
}

function request(record: TableRecord, resource: "cpus" | "memory"): number {
  const column = `resource_request.${resource}`;
  const value = floatOf(record, column);
  if (value < 0) throw badValue(column, value, "is below 0");
  return value;
}

/** Reads instance_usage. Negative means count as missing, those above 1 (the largest machine) are cut to 1. */
export async function readInstanceUsage(
  files: readonly TraceFile[],
  tasks: TaskKeys,
  reading: Reading,
): Promise<UsageRows> {
  const { counts } = reading;
  for (const name of ["ofAllocSets", "negative", "aboveOne", "empty"])
    add(counts, `instance_usage.${name}`, 0);
  const windows = createWindowsBuilder();
  const visit = (record: TableRecord): void => {
    const [start, end] = [timeOf(record, "start_time"), timeOf(record, "end_time")];
    if (!(end > start) || end === Infinity)
      throw badValue("end_time", end, `is not after start_time ${start} and inside the trace`);
    const job = idOf(record, "collection_id");
    const index = integerOf(record, "instance_index", LARGEST_INDEX) ?? 0;
    const machine = machineOf(record);
    const [cpu, memory] = [floatOf(record, "average_usage.cpus"), floatOf(record, "average_usage.memory")];
    if (isAlloc(record, "instance_usage", reading)) return;
    if (cpu < 0 || memory < 0) add(counts, "instance_usage.negative");
    if (cpu > 1 || memory > 1) add(counts, "instance_usage.aboveOne");
    if (Number.isNaN(cpu) || Number.isNaN(memory)) add(counts, "instance_usage.empty");
    windows.push(tasks.number(job, index), start, end, clean(cpu), clean(memory), machine);
  };
  await readTable("instance_usage", files, visit, reading);
  return windows.finish();
}

function clean(value: number): number {
  return value >= 0 ? Math.min(1, value) : NaN;
}

/** Reads machine_events in terms of the 2011 trace; events of unknown type and "after the trace" are counted and left out. */
export async function readMachineEvents(files: readonly TraceFile[], reading: Reading): Promise<MachineRows> {
  add(reading.counts, "machine_events.passedOver", 0);
  const table = growingTable(COLUMNS_OF.machine_events);
  const visit = (record: TableRecord): void => {
    const at = timeOf(record, "time");
    const machine = idOf(record, "machine_id");
    const what = MACHINE_KINDS[codeOf(record, "type", MACHINE_NAMES) ?? 0];
    const [cpus, held] = [floatOf(record, "capacity.cpus"), floatOf(record, "capacity.memory")];
    if (what === undefined || at === Infinity) {
      add(reading.counts, "machine_events.passedOver");
      return;
    }
    const row = addRow(table);
    const { columns } = table;
    columns.id[row] = machine;
    columns.time[row] = at;
    columns.kind[row] = what;
    columns.cpu[row] = cpus;
    columns.memory[row] = held;
  };
  await readTable("machine_events", files, visit, reading);
  return finishTable(table);
}
