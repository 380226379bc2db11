/**
 * Columns in memory that all threads of the process can read: sent to a thread, they are not copied.
 *
 * V8 leaves shared memory out of account when it decides whether to collect garbage (twenty columns of 500 MB, each let go of
 * before the next was made, took 10 GB; 1 GB where they were not shared). Hence only for what is held as long as its threads work.
 */
import type { Workload } from "./workload.js";

/** A type of columns. */
export interface ColumnKind<C> {
  new (buffer: ArrayBufferLike): C;
  readonly BYTES_PER_ELEMENT: number;
}

/** Makes a column of so many zeros. */
export type MakeColumn = <C>(Kind: ColumnKind<C>, rows: number) => C;

/** Returns a column in this thread's own memory. */
export const ownColumn: MakeColumn = (Kind, rows) => new Kind(new ArrayBuffer(rows * Kind.BYTES_PER_ELEMENT));

/** Returns a column in shared memory. */
export const sharedColumn: MakeColumn = (Kind, rows) =>
  new Kind(new SharedArrayBuffer(rows * Kind.BYTES_PER_ELEMENT));

/**
 * Brings the columns of a workload that was just opened into shared memory, one by one where they are not there already, and returns
 * it. Nobody else may hold the workload: its columns are replaced.
 */
export function shareWorkload(workload: Workload): Workload {
  shareColumns(workload as unknown as Record<string, unknown>);
  return workload;
}

function shareColumns(owner: Record<string, unknown>): void {
  for (const name of Object.keys(owner)) {
    const value = owner[name];
    if (isColumn(value)) owner[name] = toShared(value);
    else if (typeof value === "object" && value !== null) shareColumns(value as Record<string, unknown>);
  }
}

type AnyColumn = ArrayLike<unknown> & {
  readonly buffer: ArrayBufferLike;
  readonly constructor: unknown;
  set(values: ArrayLike<unknown>): void;
};

function isColumn(value: unknown): value is AnyColumn {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function toShared(column: AnyColumn): AnyColumn {
  if (column.buffer instanceof SharedArrayBuffer) return column;
  const shared = sharedColumn(column.constructor as ColumnKind<AnyColumn>, column.length);
  shared.set(column);
  return shared;
}
