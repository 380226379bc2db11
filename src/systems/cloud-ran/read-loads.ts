/** Reads loads from the text of a file. */
import { parseDecimal } from "../../base/decimal.js";
import { InputError } from "../../base/errors.js";

/**
 * Returns the columns of a text: a load for each slot in each line, columns separated by commas, semicolons
 * or blanks. The first line may hold names. Throws InputError with the line.
 */
export function readLoads(text: string): Float64Array[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const rows: number[][] = [];
  let isFirst = true;
  lines.forEach((line, number) => {
    const fields = line.trim().split(/\s*[,;]\s*|\s+/);
    if (line.trim() === "") return;
    const values = fields.map(parseDecimal);
    const wrong = values.indexOf(undefined);
    const isHeader = isFirst && wrong >= 0;
    isFirst = false;
    if (isHeader) return;
    if (wrong >= 0)
      throw new InputError(`line ${number + 1}: ${JSON.stringify(fields[wrong])} is not a number`);
    if (rows.length > 0 && fields.length !== rows[0].length)
      throw new InputError(
        `line ${number + 1} has ${fields.length} loads, the lines before ${rows[0].length}`,
      );
    rows.push(values as number[]);
  });
  if (rows.length === 0) throw new InputError("no loads; give a number in each line");
  return rows[0].map((_, column) => Float64Array.from(rows, (row) => row[column]));
}
