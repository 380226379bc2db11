import type { Columns } from "../../base/columns/columns.js";
import type { Counts } from "../../workload/build/counts.js";
import type { Gap } from "../borg/gaps.js";
import type { Batch, EventRows, StoredUsage } from "./rows.js";
import type { Execution, ExecutionRows } from "../../workload/build/executions.js";
import type { TaskTable } from "../../workload/build/tasks.js";
import type { KnownTasks } from "./wanted-usage.js";

/** The work on rows, batch by batch, on any thread. Arguments and results are plain data. */
export interface BatchWork {
  /** Returns the rows of tasks that have no execution by their events. */
  readonly unknownUsage: (batch: Batch<StoredUsage>, wanted: KnownTasks) => Batch<StoredUsage>;
  readonly buildExecutions: (batch: Batch<EventRows>, gaps: readonly Gap[]) => ExecutionsOfBatch;
  readonly sampleUsage: (batch: Batch<StoredUsage>, executions: ExecutionsToSample) => SampledBatch;
}

/** The names of the work that takes rows of this kind. */
export type WorkOn<C extends Columns> = {
  [Name in keyof BatchWork]: Parameters<BatchWork[Name]>[0] extends Batch<C> ? Name : never;
}[keyof BatchWork];

export type Given<Name extends keyof BatchWork> = Parameters<BatchWork[Name]>[1];
export type Made<Name extends keyof BatchWork> = ReturnType<BatchWork[Name]>;

export interface ExecutionsOfBatch {
  /** Their tasks are places in `tasks`. */
  readonly executions: ExecutionRows;
  /** What is known of tasks that have no execution by their events. */
  readonly unstarted: readonly Readonly<Execution>[];
  readonly tasks: TaskTable;
  readonly counts: Counts;
}

/** Executions of some buckets, for sampling their usage: times in microseconds from step 0. */
export interface ExecutionsToSample {
  /** The executions of bucket `firstBucket + b` are rows `offsets[b]` to `offsets[b + 1] - 1`. */
  readonly firstBucket: number;
  readonly offsets: Int32Array;
  readonly job: BigInt64Array;
  readonly index: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** -1 if the machine is not known. */
  readonly machine: BigInt64Array;
  /** Trace time of step 0 and the length of a step, in microseconds. */
  readonly origin: number;
  readonly step: number;
  /** Length of the longest window in the whole trace. */
  readonly longest: number;
}

/**
 * The usage of the executions of the batch's buckets, one execution after the other: a sample for every step
 * in which an execution is present.
 */
export interface SampledBatch {
  readonly from: number;
  readonly to: number;
  readonly cpu: Float32Array;
  readonly memory: Float32Array;
  /** By execution: MEASURED, CARRIED or TO_MODEL; with TO_MODEL the samples have no meaning. */
  readonly sources: Uint8Array;
  readonly counts: Counts;
}

/**
 * Windows cover at least half of the execution's steps, without a long gap; the other steps repeat a
 * neighbor's value.
 */
export const MEASURED = 1;
/** Windows cover fewer than half of the steps, or have a long gap between them (see `whyUnmeasured`). */
export const CARRIED = 0;
/** The execution has no window with CPU, or no window with memory. */
export const TO_MODEL = 2;
