/** Splits a line of delimited text into fields. */
import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { BadRow } from "./row.js";

/** The separator of the fields of a line; "space" is any sequence of spaces and tabs. */
export type Delimiter = "," | ";" | "\t" | "space";

/**
 * Returns the fields of a line. A field that contains the delimiter may be in quotes. The text must already
 * be split into lines, so that a stray quote has no effect on the rows after its own. `placeOf` names a field
 * in errors. Throws BadRow for a quote in the wrong place.
 */
export function splitLine(
  line: string,
  delimiter: Delimiter,
  placeOf: (field: number) => string = (field) => `column ${field + 1}`,
): string[] {
  if (delimiter === "space") return line.trim().split(/\s+/);
  if (!line.includes('"')) return line.split(delimiter);
  try {
    const rows: string[][] = parse(line, { delimiter, relax_column_count: true, record_delimiter: "\n" });
    return rows[0];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BadRow(placeOf(Number(error["index"])), quoteFault(error));
  }
}

function quoteFault({ code }: CsvError): string {
  return code === "CSV_QUOTE_NOT_CLOSED"
    ? "a quote is opened and not closed"
    : "a quote is neither at the beginning nor at the end of the value";
}
