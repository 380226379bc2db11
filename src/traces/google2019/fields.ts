/** Values of the 2019 trace that its exports write in more than one way. */
import { parseId } from "../text/csv-values.js";
import type { Row } from "../text/row.js";

/**
 * Returns the machine in a column of text; -1 for no machine (empty, 0) and for the trace's -1, which means a
 * machine outside the cell.
 */
export function machineIn(row: Row, column: number): bigint {
  const text = row.texts[column];
  if (/^(?:|0(?:\.0)?|-1(?:\.0)?)$/.test(text)) return -1n;
  const id = parseId(text);
  return typeof id === "string" ? row.reject(column, id) : id;
}

/**
 * Returns the code that a text gives as a number or as a name, in any case; undefined if it is no known code.
 */
export function codeOf(text: string, names: readonly string[]): number | undefined {
  const code = /^\d+(?:\.0)?$/.test(text) ? Number(text) : names.indexOf(text.toUpperCase());
  return code >= 0 && code < names.length ? code : undefined;
}

/**
 * Returns the code in a column of text; undefined if the column is empty. Rejects the row for an unknown
 * code.
 */
export function codeIn(row: Row, column: number, names: readonly string[]): number | undefined {
  const text = row.texts[column];
  if (text === "") return undefined;
  return (
    codeOf(text, names) ??
    row.reject(column, `is neither a number from 0 to ${names.length - 1} nor one of ${names.join(", ")}`)
  );
}
