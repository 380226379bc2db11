/** Columns of equal length, and functions that work on the rows of all of them. */
import { pickRows } from "./move-rows.js";
import type { Column } from "./column.js";

export type Columns = Readonly<Record<string, Column>>;

/** Returns columns that hold the rows of all pieces, one piece after the other. */
export function joinColumns<C extends Columns>(make: (rows: number) => C, pieces: readonly C[]): C {
  // A single piece is not copied. `make` gives it the same object shape as joined pieces.
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

/** Returns an object with the same names, where `make` was applied to each column. */
export function mapColumns<C extends AreColumns<C, Values>, Values = Column>(
  columns: C,
  make: (values: Values) => Values,
): C {
  return Object.fromEntries(
    Object.entries<Values>(columns).map(([name, values]) => [name, make(values)]),
  ) as unknown as C;
}

/** Returns the columns with only these rows, in this order. */
export function pickColumns<C extends AreColumns<C>>(columns: C, rows: Int32Array): C {
  return mapColumns(columns, (values) => pickRows(values, rows));
}

/** Like Columns, but an interface fits as well. */
type AreColumns<C, Values = Column> = { readonly [Name in keyof C]: Values };

/** Returns the numbers of the rows below `rows` for which `keep` is true. */
export function rowsWhere(rows: number, keep: (row: number) => boolean): Int32Array {
  const kept = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (keep(row)) kept[count++] = row;
  return kept.slice(0, count);
}
