/**
 * The exported tables of the Google 2019 trace ("Google cluster-usage traces v3",
 * clusterdata_trace_format_v3.proto).
 */
import { findTables, type TraceFile } from "../text/find-tables.js";
import { readTable as readFile } from "../text/read-table.js";
import type { Column, Row, Schema } from "../text/row.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { EVENT, NO_CLASS } from "../borg/event-types.js";
import { type EventColumns } from "../borg/events.js";
import { machineRows, type MachineRows } from "../../workload/build/machines.js";
import { createWindowsBuilder, type UsageRows } from "../../workload/build/usage-rows.js";
import { addRow, finishTable, growingTable } from "../../base/columns/growing-table.js";
import { inputOf, type InputFile } from "../../workload/inputs.js";
import type { OnError } from "../../workload/open-options.js";
import type { OnProgress } from "../../base/progress.js";
import type { TaskKeys } from "../../workload/build/task-keys.js";
import { MACHINE_EVENT } from "../../workload/workload.js";
import { TABLES_OF } from "../table-names.js";
import { codeIn, codeOf, machineIn } from "./fields.js";
import { toTracePriority } from "./priorities.js";

const TABLES = TABLES_OF.google2019;
export type Table = (typeof TABLES)[number];

export interface Reading {
  readonly onError: OnError;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

/**
 * Names of codes 0, 1, ... of the proto file, and the 2011 trace's code of each; undefined if it has none.
 */
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

const time = (name: string): Column => ({ name, type: "time", mandatory: true });
const id = (name: string): Column => ({ name, type: "bigint", mandatory: true });
/** A column that holds a number or a name. */
const code = (name: string, mandatory = false): Column => ({ name, type: "string", mandatory });
const index: Column = { name: "instance_index", type: "integer", min: 0, max: LARGEST_INDEX };
const machine: Column = { name: "machine_id", type: "string" };
const value = (name: string, min?: number): Column =>
  min === undefined ? { name, type: "float" } : { name, type: "float", min };
/** In largest machines: a workload has none above a thousand of them. */
const capacity = (name: string): Column => ({ name, type: "float", max: 1000 });

const SCHEMAS = {
  machine_events: [
    time("time"),
    id("machine_id"),
    code("type"),
    capacity("capacity.cpus"),
    capacity("capacity.memory"),
  ],
  instance_events: [
    time("time"),
    code("type", true),
    id("collection_id"),
    index,
    machine,
    code("scheduling_class"),
    { name: "priority", type: "integer", min: 0, max: 65_535 },
    value("resource_request.cpus", 0),
    value("resource_request.memory", 0),
    { ...code("collection_type"), mayLack: true },
  ],
  instance_usage: [
    time("start_time"),
    time("end_time"),
    id("collection_id"),
    index,
    machine,
    value("average_usage.cpus"),
    value("average_usage.memory"),
    { ...code("collection_type"), mayLack: true },
  ],
} satisfies Readonly<Record<Table, Schema>>;

/**
 * Returns the files of each table, such as `instance_events-000000000000.json.gz` or
 * `instance_usage.parquet`.
 */
export function findGoogle2019Tables(path: string): Promise<Record<Table, TraceFile[]>> {
  return findTables(
    path,
    TABLES,
    "exports whose names begin with instance_events, instance_usage and machine_events (JSON lines, CSV " +
      "or Parquet)",
  );
}

async function readTable(
  table: Table,
  files: readonly TraceFile[],
  visit: (row: Row) => void,
  { onError, onProgress, counts, inputs }: Reading,
): Promise<void> {
  add(counts, `${table}.rows`, 0);
  add(counts, `${table}.skippedRows`, 0);
  const schema: Schema = SCHEMAS[table];
  const leaveOut = (textOf: (column: number) => string): boolean => {
    const reason = reasonToLeaveOut(table, (name) =>
      textOf(schema.findIndex((column) => column.name === name)),
    );
    if (reason !== undefined) add(counts, `${table}.${reason}`);
    return reason !== undefined;
  };
  const options = { onError, leaveOut, needsHeader: true, multiline: true };
  for (const [done, { path, name }] of files.entries()) {
    onProgress?.({ phase: `reading ${table}`, done, total: files.length, unit: "files" });
    const summary = await readFile(path, schema, visit, { name, ...options });
    inputs.push(inputOf(name, summary));
    add(counts, `${table}.rows`, summary.rows);
    add(counts, `${table}.skippedRows`, summary.skippedRows);
  }
}

/**
 * Returns why a row is left out, whatever its other columns hold; undefined for a row to read. `textOf` gives
 * a column's text, "" if it is empty.
 */
function reasonToLeaveOut(table: Table, textOf: (name: string) => string): string | undefined {
  // Alloc instances reserve resources for jobs; only the jobs inside them are executed.
  if (codeOf(textOf("collection_type"), COLLECTION_NAMES) === ALLOC_SET) return "ofAllocSets";
  if (table !== "instance_events") return undefined;
  const type = codeOf(textOf("type"), EVENT_NAMES);
  return type !== undefined && EVENT_TYPES[type][1] === undefined ? "queueing" : undefined;
}

/**
 * Reads instance_events with the event types of the 2011 trace. QUEUE and ENABLE, which that trace does not
 * have, are counted and left out.
 */
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
  const visit = (row: Row): void => {
    const { numbers, ids } = row;
    const type = EVENT_TYPES[codeIn(row, 1, EVENT_NAMES)!][1];
    const machineOfRow = machineIn(row, 4);
    const schedulingClass = codeIn(row, 5, CLASS_NAMES) ?? NO_CLASS;
    codeIn(row, 9, COLLECTION_NAMES);
    if (type === undefined) throw new Error("a row of queueing was left out before");
    if (numbers[0] === Infinity) {
      add(counts, "instance_events.afterTrace");
      return;
    }
    if (Number.isNaN(numbers[6])) add(counts, "instance_events.withoutPriority");
    const added = addRow(table);
    const { columns } = table;
    columns.task[added] = tasks.number(ids[2], numbers[3] || 0);
    columns.time[added] = numbers[0];
    columns.type[added] = type;
    columns.machine[added] = machineOfRow;
    columns.schedulingClass[added] = schedulingClass;
    columns.priority[added] = toTracePriority(numbers[6] || 0);
    columns.cpu[added] = numbers[7];
    columns.memory[added] = numbers[8];
  };
  await readTable("instance_events", files, visit, reading);
  return finishTable(table);
}

/**
 * Reads instance_usage. Negative means count as missing; means above 1 (the largest machine) are reduced to
 * 1; windows of no length are left out.
 */
export async function readInstanceUsage(
  files: readonly TraceFile[],
  tasks: TaskKeys,
  reading: Reading,
): Promise<UsageRows> {
  const { counts } = reading;
  for (const name of ["ofAllocSets", "negative", "aboveOne", "empty", "zeroLength"])
    add(counts, `instance_usage.${name}`, 0);
  const windows = createWindowsBuilder();
  const visit = (row: Row): void => {
    const { numbers, ids } = row;
    const [start, end, , , , cpu, memory] = numbers;
    if (end < start || end === Infinity) row.reject(1, `is before start_time ${start} or after the trace`);
    const machineOfRow = machineIn(row, 4);
    codeIn(row, 7, COLLECTION_NAMES);
    if (end === start) {
      add(counts, "instance_usage.zeroLength");
      return;
    }
    if (cpu < 0 || memory < 0) add(counts, "instance_usage.negative");
    if (cpu > 1 || memory > 1) add(counts, "instance_usage.aboveOne");
    if (Number.isNaN(cpu) || Number.isNaN(memory)) add(counts, "instance_usage.empty");
    windows.push(tasks.number(ids[2], numbers[3] || 0), start, end, clean(cpu), clean(memory), machineOfRow);
  };
  await readTable("instance_usage", files, visit, reading);
  return windows.finish();
}

function clean(value: number): number {
  return value >= 0 ? Math.min(1, value) : NaN;
}

/**
 * Reads machine_events with the event types of the 2011 trace. Events of unknown type and "after the trace"
 * are counted and left out.
 */
export async function readMachineEvents(files: readonly TraceFile[], reading: Reading): Promise<MachineRows> {
  add(reading.counts, "machine_events.passedOver", 0);
  const table = growingTable(machineRows);
  const visit = (row: Row): void => {
    const { numbers, ids } = row;
    const kind = MACHINE_KINDS[codeIn(row, 2, MACHINE_NAMES) ?? 0];
    if (kind === undefined || numbers[0] === Infinity) {
      add(reading.counts, "machine_events.passedOver");
      return;
    }
    const added = addRow(table);
    const { columns } = table;
    columns.id[added] = ids[1];
    columns.time[added] = numbers[0];
    columns.kind[added] = kind;
    columns.cpu[added] = numbers[3];
    columns.memory[added] = numbers[4];
  };
  await readTable("machine_events", files, visit, reading);
  return finishTable(table);
}
