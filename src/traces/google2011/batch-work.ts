import type { Columns } from "../../base/columns/columns.js";
import type { Counts } from "../../workload/build/counts.js";
import type { Gap } from "../borg/gaps.js";
import type { Batch, EventRows, StoredUsage } from "./rows.js";
import type { Execution, ExecutionRows } from "../../workload/build/executions.js";
import type { TaskTable } from "../../workload/build/tasks.js";
import type { KnownTasks } from "./wanted-usage.js";

/**
 * What is done with rows, batch by batch, on whatever thread: what is given and what is made of it are plain
 * data.
 */
export interface BatchWork {
  /** Returns the rows of tasks that no event says ever ran. */
  readonly unknownUsage: (batch: Batch<StoredUsage>, wanted: KnownTasks) => Batch<StoredUsage>;
  readonly buildExecutions: (batch: Batch<EventRows>, gaps: readonly Gap[]) => ExecutionsOfBatch;
  readonly sampleUsage: (batch: Batch<StoredUsage>, executions: ExecutionsToSample) => SampledBatch;
}

/** The names of the work that there is on such rows. */
export type WorkOn<C extends Columns> = {
  [Name in keyof BatchWork]: Parameters<BatchWork[Name]>[0] extends Batch<C> ? Name : never;
}[keyof BatchWork];

export type Given<Name extends keyof BatchWork> = Parameters<BatchWork[Name]>[1];
export type Made<Name extends keyof BatchWork> = ReturnType<BatchWork[Name]>;

export interface ExecutionsOfBatch {
  /** Their tasks are places in `tasks`. */
  readonly executions: ExecutionRows;
  /** What is known of tasks that no event says ever ran. */
  readonly unstarted: readonly Readonly<Execution>[];
  readonly tasks: TaskTable;
  readonly counts: Counts;
}

/** Executions of some buckets, whose usage is to be sampled: times in microseconds from step 0. */
export interface ExecutionsToSample {
  /** Those of bucket `firstBucket + b` are rows `offsets[b]` to `offsets[b + 1] - 1`. */
  readonly firstBucket: number;
  readonly offsets: Int32Array;
  readonly job: BigInt64Array;
  readonly index: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** -1 where it is not known. */
  readonly machine: BigInt64Array;
  /** Trace time of step 0 and the length of a step, in microseconds. */
  readonly origin: number;
  readonly step: number;
  /** Length of the longest window of all. */
  readonly longest: number;
}

/**
 * The usage of the executions of the batch's buckets, one after the other: a sample for every step that each
 * touches.
 */
export interface SampledBatch {
  readonly from: number;
  readonly to: number;
  readonly cpu: Float32Array;
  readonly memory: Float32Array;
  /** By execution: MEASURED, CARRIED, or TO_MODEL, its samples then mean nothing. */
  readonly sources: Uint8Array;
  readonly counts: Counts;
}

/** Windows cover at least half of its steps, the others repeat a neighbor's value. */
export const MEASURED = 1;
/** Windows cover fewer. */
export const CARRIED = 0;
/** It has no window with CPU or none with memory. */
export const TO_MODEL = 2;
