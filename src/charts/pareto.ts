import { InputError } from "../base/errors.js";

/**
 * Returns the points for which no other is at least as low in both coordinates and lower in one: row numbers
 * in ascending order of x. Of equal points all are returned; points with a value that is not finite never
 * are. Throws InputError on columns of unequal length.
 */
export function paretoFront(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  if (x.length !== y.length)
    throw new InputError(`${x.length} x values and ${y.length} y values: give one of each`);
  const rows = Array.from({ length: x.length }, (_, row) => row).filter(
    (row) => Number.isFinite(x[row]) && Number.isFinite(y[row]),
  );
  rows.sort((a, b) => x[a] - x[b] || y[a] - y[b] || a - b);
  const front: number[] = [];
  for (const row of rows) {
    const last = front.at(-1);
    if (last === undefined || y[row] < y[last] || (y[row] === y[last] && x[row] === x[last])) front.push(row);
  }
  return front;
}

/**
 * Returns the rows for which no other row is at least as low in every column and lower in one, ascending.
 * Rows with a value that is not finite never are.
 */
export function nonDominated(columns: readonly ArrayLike<number>[]): number[] {
  const rows = Array.from({ length: columns[0].length }, (_, row) => row).filter((row) =>
    columns.every((column) => Number.isFinite(column[row])),
  );
  const beats = (a: number, b: number): boolean =>
    columns.every((column) => column[a] <= column[b]) && columns.some((column) => column[a] < column[b]);
  return rows.filter((row) => !rows.some((other) => beats(other, row)));
}
