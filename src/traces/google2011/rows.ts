/**
 * What is kept of the rows of each table: columns of one length; times in microseconds of trace time, NaN and
 * -1 where the trace gives no value.
 */
import type { Columns } from "../../base/columns/columns.js";
import { machineRows, type MachineRows } from "../../workload/build/machines.js";
import type { UsageValues } from "../../workload/build/usage-rows.js";
import type { EventValues } from "../borg/events.js";

/** Of job_events, those that give a scheduling class. */
export type JobRows = {
  readonly job: BigInt64Array;
  readonly schedulingClass: Uint8Array;
};

/** Of task_events. */
export type EventRows = EventValues & { readonly job: BigInt64Array; readonly index: Int32Array };

/** Of task_usage. */
export type StoredUsage = UsageValues & { readonly job: BigInt64Array; readonly index: Int32Array };

export interface RowsOf {
  readonly machine_events: MachineRows;
  readonly job_events: JobRows;
  readonly task_events: EventRows;
  readonly task_usage: StoredUsage;
}

/**
 * Rows that were collected: where there are job and index among the columns, those of tasks in some buckets
 * (`bucketsOfTasks`).
 */
export interface Batch<C extends Columns> {
  readonly columns: C;
  /** The buckets: `from` to `to - 1`. */
  readonly from: number;
  readonly to: number;
}

/** What makes columns of this many rows, of zeros, for each table. */
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
