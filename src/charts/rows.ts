/** Rows of a table as objects. */
import type { ColumnTable } from "arquero";
import { InputError } from "../errors.js";

/** Returns the rows with these columns. Throws InputError for a table without rows and for a column that it lacks. */
export function rowsOf<Row extends object>(
  from: ColumnTable,
  columns: readonly (keyof Row & string)[],
): Row[] {
  const names = from.columnNames();
  const missing = columns.find((name) => !names.includes(name));
  if (missing !== undefined)
    throw new InputError(`no column ${missing} in the table; it has: ${names.join(", ")}`);
  if (from.numRows() === 0) throw new InputError("no rows to draw: the table is empty");
  return from.objects() as Row[];
}
