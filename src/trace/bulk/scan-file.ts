import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { createRow, explainLine, type CsvOptions, type CsvSummary, type Row, type Schema } from "../csv.js";
import { createSkippedRows } from "../skipped.js";
import { createScanner, feed, finishScan } from "./scan-rows.js";

const CHUNK = 1 << 18;

/**
 * Reads a `.csv` or `.csv.gz` file as `readCsv` does, to the bit, in one pass. Returns undefined where anything is out
 * of the ordinary (see `createScanner`; also a row that is to be an error, a file that is damaged or not there):
 * `readCsv` then says what and where, with rows visited from the beginning. `visit` must reject a row before it takes anything of it.
 */
export async function scanFile(
  path: string,
  schema: Schema,
  visit: (row: Row) => void,
  { onError = "fail" }: CsvOptions = {},
): Promise<CsvSummary | undefined> {
  const hash = createHash("sha256");
  const skipped = createSkippedRows();
  const scanner = createScanner(schema, {
    row: createRow(schema),
    visit,
    onBadRow: (text, line) => {
      if (onError === "fail") return false;
      skipped.add(() => explainLine(text, line, schema, visit));
      return true;
    },
  });
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const scan = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) if (!feed(scanner, chunk)) return;
  };
  const bytes = createReadStream(path, { highWaterMark: CHUNK });
  try {
    if (path.endsWith(".gz")) await pipeline(bytes, hashed, createGunzip({ chunkSize: CHUNK }), scan);
    else await pipeline(bytes, hashed, scan);
  } catch (error) {
    // Errors of files and of gzip have codes, and so has that of a scan that ended before its file.
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
  const lines = finishScan(scanner);
  if (lines === undefined) return undefined;
  const left = skipped.finish();
  return { sha256: hash.digest("hex"), rows: lines - left.skippedRows, ...left };
}
