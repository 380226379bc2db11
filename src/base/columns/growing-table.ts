/** Columns that grow row by row: the rows of a trace without an object per row. */
import { mapColumns, type Columns } from "./columns.js";

export interface GrowingTable<C extends Columns> {
  /**
   * Makes columns of this many rows, of zeros: always of one shape, so that code for them need not be
   * compiled anew.
   */
  readonly make: (rows: number) => C;
  /** With spare room; after `addRow` they may be other arrays than before. */
  readonly columns: C;
  /** How many rows there are, and for how many there is room. */
  rows: number;
  room: number;
}

/** Rows to have room for at first; the room doubles: what is not written to takes no memory. */
const ROOM = 1 << 10;

/** Returns a table without rows. */
export function growingTable<C extends Columns>(make: (rows: number) => C): GrowingTable<C> {
  return { make, columns: make(ROOM), rows: 0, room: ROOM };
}

/**
 * Adds a row, of zeros, and returns its number: to be written to each column, which takes a third of the time
 * of a call for each.
 */
export function addRow(table: GrowingTable<Columns>): number {
  if (table.rows === table.room) grow(table);
  return table.rows++;
}

function grow(table: GrowingTable<Columns>): void {
  table.room *= 2;
  const larger = table.make(table.room);
  for (const [name, values] of Object.entries(table.columns)) larger[name].set(values as never);
  Object.assign(table.columns, larger);
}

/** Returns the columns without spare room: views, not copies. The table is no longer to be used. */
export function finishTable<C extends Columns>({ make, columns, rows }: GrowingTable<C>): C {
  return Object.assign(
    make(0),
    mapColumns(columns, (values) => values.subarray(0, rows)),
  );
}
