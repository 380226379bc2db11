import { InputError } from "../../../base/errors.js";
import { contentOf, headOf } from "../content.js";
import { placesOf } from "../layout.js";
import { streamBytes } from "../read-bytes.js";
import type { TableOptions, TableSummary } from "../read-table.js";
import { BadRow, createRow, explainBad, fillRow, headerTest, type Row, type Schema } from "../row.js";
import { splitLine } from "../split.js";
import { createSkippedRows } from "../../../workload/skipped.js";
import { createScanner, feed, finishScan } from "./scan-rows.js";

/** The number of bytes of a first line that are searched for a header. */
const LONGEST_HEADER = 4096;

/**
 * Reads a CSV file, plain or gzipped, in one pass, with bit-identical results to `readTable`. Returns
 * undefined for everything unusual: see `createScanner`; also for a row that must be an error, and for a file
 * that is missing, damaged or compressed in another way. The caller then uses `readTable`, which explains the
 * fault and visits the rows from the beginning. `visit` must reject a row before it uses any of its values.
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
      // A bad first line may be a header with other names; a header after other lines is an error.
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
    // Errors of files and gzip have codes, and so has the error of a scan that stops before the end of its
    // file; `readTable` explains them all.
    if (error instanceof InputError || (error instanceof Error && "code" in error)) return undefined;
    throw error;
  }
  const lines = finishScan(scanner);
  const left = skipped.finish();
  if (lines === undefined || lines === left.skippedRows) return undefined;
  return { sha256, rows: lines - left.skippedRows, ...left };
}

/**
 * True if the first line names the columns, in any order. The names may be numbers, which look like a row.
 */
function hasHeader(chunk: Buffer, schema: Schema, name: string): boolean {
  const end = chunk.indexOf("\n");
  const line = chunk.toString("utf8", 0, Math.min(end < 0 ? chunk.length : end, LONGEST_HEADER));
  return placesOf(line.split(","), schema, name) !== undefined;
}

/**
 * Returns the explanation that `readTable` gives for a bad line without quotes. Throws Error if the line is
 * not bad.
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
