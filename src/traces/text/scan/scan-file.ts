import { InputError } from "../../../base/errors.js";
import { contentOf, headOf } from "../content.js";
import { placesOf } from "../layout.js";
import { streamBytes } from "../read-bytes.js";
import type { TableOptions, TableSummary } from "../read-table.js";
import { BadRow, createRow, explainBad, fillRow, headerTest, type Row, type Schema } from "../row.js";
import { splitLine } from "../split.js";
import { createSkippedRows } from "../../../workload/skipped.js";
import { createScanner, feed, finishScan } from "./scan-rows.js";

/** Of a first line, as many bytes are looked at. */
const LONGEST_HEADER = 4096;

/**
 * Reads a CSV file, gzipped or not, as `readTable` does, to the bit, in one pass. Returns undefined where
 * anything is out of the ordinary (see `createScanner`; also a row that is to be an error, a file that is
 * packed otherwise, damaged or not there): `readTable` then says what and where, with rows visited from the
 * beginning. `visit` must reject a row before it takes anything of it.
 */
export async function scanFile(
  path: string,
  schema: Schema,
  visit: (row: Row) => void,
  { name = path, onError = "fail" }: Pick<TableOptions, "name" | "onError"> = {},
): Promise<TableSummary | undefined> {
  const skipped = createSkippedRows();
  const isHeader = headerTest(schema);
  const scanner = createScanner(schema, {
    row: createRow(schema),
    visit,
    onBadRow: (text, line) => {
      // A first line that is no row may be a header of other names, and a header behind others is an error.
      if (onError === "fail" || line === 1 || isHeader(text.split(","))) return false;
      skipped.add(() => explainLine(text, line, schema, visit));
      return true;
    },
  });
  const scan = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    let isFirst = true;
    for await (const chunk of chunks) {
      if (isFirst && hasHeader(chunk, schema, name)) return;
      isFirst = false;
      if (!feed(scanner, chunk)) return;
    }
  };
  let sha256: string;
  try {
    const content = contentOf(await headOf(path), name);
    if (content !== "text" && content !== "gzip") return undefined;
    sha256 = await streamBytes(path, content, scan);
  } catch (error) {
    // Errors of files and of gzip have codes, and so has that of a scan that ended before its file;
    // `readTable` explains them all.
    if (error instanceof InputError || (error instanceof Error && "code" in error)) return undefined;
    throw error;
  }
  const lines = finishScan(scanner);
  const left = skipped.finish();
  if (lines === undefined || lines === left.skippedRows) return undefined;
  return { sha256, rows: lines - left.skippedRows, ...left };
}

/**
 * True for a text whose first line names columns, in any order: also by numbers, which would pass for a row.
 */
function hasHeader(chunk: Buffer, schema: Schema, name: string): boolean {
  const end = chunk.indexOf("\n");
  const line = chunk.toString("utf8", 0, Math.min(end < 0 ? chunk.length : end, LONGEST_HEADER));
  return placesOf(line.split(","), schema, name) !== undefined;
}

/**
 * Returns what `readTable` says of a line without quotes that it refuses. Throws Error where it does not
 * refuse the line.
 */
function explainLine(text: string, line: number, schema: Schema, visit: (row: Row) => void): string {
  const row = createRow(schema);
  try {
    fillRow(row, schema, splitLine(text, ","));
    visit(row);
  } catch (error) {
    if (error instanceof BadRow) return explainBad(`line ${line}`, error);
    throw error;
  }
  throw new Error(`no fault in ${JSON.stringify(text)}`);
}
