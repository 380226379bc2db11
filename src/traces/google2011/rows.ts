/**
 * What is kept of the rows of each table: columns of one length; times in microseconds of trace time, NaN and
 * -1 where the trace gives no value.
 */
import type { Columns } from "../../base/columns/columns.js";

/** Of machine_events. */
export type MachineRows = {
  readonly id: BigInt64Array;
  readonly time: Float64Array;
  readonly kind: Uint8Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
};

/** Of job_events, those that give a scheduling class. */
export type JobRows = {
  readonly job: BigInt64Array;
  readonly schedulingClass: Uint8Array;
};

export type EventValues = {
  readonly time: Float64Array;
  readonly type: Uint8Array;
  readonly machine: BigInt64Array;
  readonly schedulingClass: Uint8Array;
  readonly priority: Uint16Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
};

/** Tasks as `TaskNumbers` numbers them. */
export type EventColumns = EventValues & { readonly task: Int32Array };

/** Of task_events. */
export type EventRows = EventValues & { readonly job: BigInt64Array; readonly index: Int32Array };

export type UsageValues = {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly machine: BigInt64Array;
  /** Mean CPU over the window. */
  readonly cpu: Float64Array;
  /** Canonical memory. */
  readonly memory: Float64Array;
};

/** Tasks as `TaskNumbers` numbers them. */
export type UsageRows = UsageValues & { readonly task: Int32Array };

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
  machine_events: (rows) => ({
    id: new BigInt64Array(rows),
    time: new Float64Array(rows),
    kind: new Uint8Array(rows),
    cpu: new Float64Array(rows),
    memory: new Float64Array(rows),
  }),
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
