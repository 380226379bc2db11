import { writeNumber } from "../../base/write-numbers.js";

/** The value of a table's cell; undefined and null are printed as an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/**
 * Returns rows as a table of plain text. The header has the first row's keys; columns are aligned and
 * separated by two spaces; numbers are right-aligned with four significant digits. Every line ends with a
 * line feed; the result is "" for no rows.
 */
export function textTable(rows: readonly Readonly<Record<string, Cell>>[]): string {
  if (rows.length === 0) return "";
  const columns = Object.keys(rows[0]).map((name) => {
    const cells = rows.map((row) => row[name]);
    const texts = [name, ...cells.map(formatCell)];
    const width = texts.reduce((widest, text) => Math.max(widest, text.length), 0);
    const isNumeric = cells.every((cell) => typeof cell !== "string" && typeof cell !== "boolean");
    return texts.map((text) => (isNumeric ? text.padStart(width) : text.padEnd(width)));
  });
  return columns[0]
    .map(
      (_, line) =>
        `${columns
          .map((column) => column[line])
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** Returns a cell's text; numbers are written by `writeNumber`. */
export function formatCell(cell: Cell): string {
  if (cell === undefined || cell === null) return "";
  return typeof cell === "number" ? writeNumber(cell) : String(cell);
}
