/**
 * The columns that are kept of each table, all of one length. Times are in microseconds of trace time; NaN
 * and -1 mean that the trace gives no value.
 */
import type { Columns } from "../../base/columns/columns.js";
import { machineRows, type MachineRows } from "../../workload/build/machines.js";
import type { UsageValues } from "../../workload/build/usage-rows.js";
import type { EventValues } from "../borg/events.js";

/** Rows of job_events that give a scheduling class. */
export type JobRows = {
  readonly job: BigInt64Array;
  readonly schedulingClass: Uint8Array;
};

/** Rows of task_events. */
export type EventRows = EventValues & { readonly job: BigInt64Array; readonly index: Int32Array };

/** Rows of task_usage. */
export type StoredUsage = UsageValues & { readonly job: BigInt64Array; readonly index: Int32Array };

export interface RowsOf {
  readonly machine_events: MachineRows;
  readonly job_events: JobRows;
  readonly task_events: EventRows;
  readonly task_usage: StoredUsage;
}

/**
 * Collected rows. If the columns include job and index, they are the rows of the tasks in some buckets
 * (`bucketsOfTasks`).
 */
export interface Batch<C extends Columns> {
  readonly columns: C;
  /** The buckets: `from` to `to - 1`. */
  readonly from: number;
  readonly to: number;
}

/** For each table, a function that creates columns of this many rows, filled with zeros. */
export const COLUMNS_OF: { readonly [T in keyof RowsOf]: (rows: number) => RowsOf[T] } = {
  machine_events: machineRows,
  job_events: (rows) => ({ job: new BigInt64Array(rows), schedulingClass: new Uint8Array(rows) }),
  task_events: (rows) => ({
    job: new BigInt64Array(rows),
    index: new Int32Array(rows),
    time: new Float64Array(rows),
    type: new Uint8Array(rows),
    machine: new BigInt64Array(rows),
    schedulingClass: new Uint8Array(rows),
    priority: new Uint16Array(rows),
    cpu: new Float64Array(rows),
    memory: new Float64Array(rows),
  }),
  task_usage: (rows) => ({
    job: new BigInt64Array(rows),
    index: new Int32Array(rows),
    start: new Float64Array(rows),
    end: new Float64Array(rows),
    machine: new BigInt64Array(rows),
    cpu: new Float64Array(rows),
    memory: new Float64Array(rows),
  }),
};
