/**
 * Columns in memory that all threads of the process can read: sent to a thread, they are not copied.
 *
 * V8 leaves shared memory out of account when it decides whether to collect garbage (twenty columns of 500
 * MB, each let go of before the next was made, took 10 GB; 1 GB where they were not shared). Hence only for
 * what is held as long as its threads work.
 */

/** A type of columns. */
export interface ColumnKind<C> {
  new (buffer: ArrayBufferLike): C;
  readonly BYTES_PER_ELEMENT: number;
}

/** Makes a column of this many zeros. */
export type MakeColumn = <C>(Kind: ColumnKind<C>, rows: number) => C;

/** Returns a column in this thread's own memory. */
export const ownColumn: MakeColumn = (Kind, rows) => new Kind(new ArrayBuffer(rows * Kind.BYTES_PER_ELEMENT));

/** Returns a column in shared memory. */
export const sharedColumn: MakeColumn = (Kind, rows) =>
  new Kind(new SharedArrayBuffer(rows * Kind.BYTES_PER_ELEMENT));
