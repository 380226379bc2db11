/**
 * Columns in memory that all threads of the process can read. Sending them to a thread does not copy them.
 *
 * V8 ignores shared memory when it decides whether to collect garbage: twenty columns of 500 MB, each
 * released before the next was made, took 10 GB, but 1 GB where they were not shared. Use shared columns only
 * for data that is needed as long as the threads work.
 */

/** The constructor of a column type. */
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
