import { InputError } from "../base/errors.js";

/**
 * Returns the Pareto front: the rows for which no other row is at least as low in both coordinates and lower
 * in one, in ascending order of x. Equal points are all returned; points with a value that is not finite are
 * never returned. Throws InputError for columns of unequal length.
 */
export function paretoFront(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  if (x.length !== y.length)
    throw new InputError(`${x.length} x values but ${y.length} y values: give the same number of both`);
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
 * Returns the rows, ascending, for which no other row is at least as low in every column and lower in one.
 * Rows with a value that is not finite are never returned.
 */
export function nonDominated(columns: readonly ArrayLike<number>[]): number[] {
  const rows = Array.from({ length: columns[0].length }, (_, row) => row).filter((row) =>
    columns.every((column) => Number.isFinite(column[row])),
  );
  const beats = (a: number, b: number): boolean =>
    columns.every((column) => column[a] <= column[b]) && columns.some((column) => column[a] < column[b]);
  return rows.filter((row) => !rows.some((other) => beats(other, row)));
}
