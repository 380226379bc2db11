/** Columns that grow row by row: the rows of a trace without an object a row. */
import type { Column } from "./bulk/row-file.js";

/** Columns of one length. */
export type Columns = Readonly<Record<string, Column>>;

export interface GrowingTable<C extends Columns> {
  /** With spare room; after `add` they may be other arrays than before. */
  columns: C;
  /** How many rows there are. */
  readonly count: () => number;
  /** Adds a row, of zeros, and returns its number: to be written to each column, which takes a third of the time of a call for each. */
  readonly add: () => number;
  /** Returns a copy of the columns without spare room. */
  readonly finish: () => C;
}

/** Rows to have room for at first; the room grows by half. */
const ROOM = 1 << 10;

/** Returns a table without rows; `kinds` are the types of its columns. */
export function growingTable<C extends Columns>(kinds: {
  readonly [Name in keyof C]: new (length: number) => C[Name];
}): GrowingTable<C> {
  const entries = Object.entries<new (length: number) => Column>(kinds);
  let room = ROOM;
  let rows = 0;
  const table: GrowingTable<C> = {
    columns: Object.fromEntries(entries.map(([name, kind]) => [name, new kind(room)])) as C,
    count: () => rows,
    add: () => {
      if (rows === room) {
        room = Math.ceil(1.5 * room);
        table.columns = mapColumns(table.columns, (values) => enlarge(values, room));
      }
      return rows++;
    },
    finish: () => mapColumns(table.columns, (values) => values.slice(0, rows)),
  };
  return table;
}

function enlarge<T extends Column>(values: T, room: number): T {
  const larger = new (values.constructor as new (length: number) => T)(room);
  larger.set(values as never);
  return larger;
}

/** Returns for each column what `make` makes of it: a column of the same type. */
export function mapColumns<C extends Columns>(columns: C, make: (values: Column) => Column): C {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, make(values)])) as C;
}
