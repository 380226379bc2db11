/** Reads loads from the text of a file. */
import { parseDecimal } from "../../base/decimal.js";
import { InputError } from "../../base/errors.js";

/** What may be the name of a column: it does not look like a mistyped number, such as O.5. */
const NAME = /^(?!.*[.,]\d)["']?\p{L}/u;

/**
 * Returns the columns of a text: a load for each slot in each line. Columns are separated by semicolons; or,
 * in a text without any, by commas; or else by blanks. The first line may hold names. Throws InputError with
 * the line for what is no number, for lines of different lengths, and where a comma may be a decimal one.
 */
export function readLoads(text: string): Float64Array[] {
  const separator = text.includes(";") ? ";" : text.includes(",") ? "," : /\s+/;
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, number) => ({ fields: fieldsOf(line, separator), number: number + 1 }))
    .filter(({ fields }) => fields.some((field) => field !== ""));
  const hasNames = lines.length > 0 && lines[0].fields.every((field) => NAME.test(field));
  const rows = (hasNames ? lines.slice(1) : lines).map(({ fields, number }) => {
    if (fields.length !== lines[0].fields.length)
      throw new InputError(
        `line ${number} has ${fields.length} fields, line ${lines[0].number} ${lines[0].fields.length}`,
      );
    return fields.map((field, column) => {
      const value = parseDecimal(field);
      if (value !== undefined) return value;
      throw new InputError(
        `line ${number}, column ${column + 1}: ${JSON.stringify(field)} is not a number; ` +
          "write loads such as 0.5",
      );
    });
  });
  if (rows.length === 0) throw new InputError("no loads; give a number in each line");
  if (separator === "," && !hasNames && rows.every(mayBeOneNumber))
    throw new InputError(
      "every line may be one number with a decimal comma, such as 0,5: write 0.5, or give names of columns " +
        "in the first line",
    );
  return rows[0].map((_, column) => Float64Array.from(rows, (row) => row[column]));
}

function fieldsOf(line: string, separator: string | RegExp): string[] {
  return line
    .trim()
    .split(separator)
    .map((field) => field.trim());
}

/** Whether two loads may be the parts of a share of the peak that is written with a decimal comma. */
function mayBeOneNumber(row: readonly number[]): boolean {
  return row.length === 2 && (row[0] === 0 || row[0] === 1) && Number.isInteger(row[1]);
}
