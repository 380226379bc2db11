/** Columns of one length, and what is done with the rows of all of them. */
import { pickRows } from "./move-rows.js";
import type { Column } from "./column.js";

export type Columns = Readonly<Record<string, Column>>;

/** Returns columns with the rows of each piece, one after the other. */
export function joinColumns<C extends Columns>(make: (rows: number) => C, pieces: readonly C[]): C {
  // Nothing is copied of a single piece, but it gets the shape of all others.
  if (pieces.length === 1) return Object.assign(make(0), pieces[0]);
  const joined = make(pieces.reduce((sum, piece) => sum + countRows(piece), 0));
  let at = 0;
  for (const piece of pieces) {
    for (const [name, values] of Object.entries(piece)) joined[name].set(values as never, at);
    at += countRows(piece);
  }
  return joined;
}

function countRows(columns: Columns): number {
  return Object.values(columns)[0].length;
}

/** Returns for each column what `make` makes of it: a column of the same type. */
export function mapColumns<C extends AreColumns<C, Values>, Values = Column>(
  columns: C,
  make: (values: Values) => Values,
): C {
  return Object.fromEntries(
    Object.entries<Values>(columns).map(([name, values]) => [name, make(values)]),
  ) as unknown as C;
}

/** Returns the columns with these rows alone, in this order. */
export function pickColumns<C extends AreColumns<C>>(columns: C, rows: Int32Array): C {
  return mapColumns(columns, (values) => pickRows(values, rows));
}

/** As Columns, of an interface too. */
type AreColumns<C, Values = Column> = { readonly [Name in keyof C]: Values };

/** Returns those of the first `rows` rows that are to be kept. */
export function rowsWhere(rows: number, keep: (row: number) => boolean): Int32Array {
  const kept = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (keep(row)) kept[count++] = row;
  return kept.slice(0, count);
}
