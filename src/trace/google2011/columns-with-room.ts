/** Columns with room for more rows: for most of what is read of a trace, in a third of the time of `push` of columns.ts. */
import type { Column } from "../bulk/row-file.js";
import type { Columns } from "./rows.js";

const ROOM = 1 << 10;

/** Returns columns with room for some rows; `kinds` are their types. A row is written to each at the same place. */
export function columnsWithRoom<C extends Columns>(kinds: {
  readonly [Name in keyof C]: new (length: number) => C[Name];
}): C {
  const entries = Object.entries<new (length: number) => Column>(kinds);
  return Object.fromEntries(entries.map(([name, kind]) => [name, new kind(ROOM)])) as C;
}

/** Returns the columns with twice the room. */
export function enlargeColumns<C extends Columns>(columns: C): C {
  return mapColumns(columns, (values) => {
    const larger = new (values.constructor as new (length: number) => Column)(2 * values.length);
    larger.set(values as never);
    return larger;
  });
}

/** Returns the first rows, without spare room. */
export function cutColumns<C extends Columns>(columns: C, rows: number): C {
  return mapColumns(columns, (values) => values.slice(0, rows));
}

/** Returns for each column what `make` makes of it: a column of the same type. */
export function mapColumns<C extends Columns>(columns: C, make: (values: Column) => Column): C {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, make(values)])) as C;
}
