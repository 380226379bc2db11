/** Rows of an exported table, whichever of BigQuery's export formats it is in: JSON lines, CSV with a header line, or Parquet. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, gunzipSync } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { InputError } from "../../errors.js";
import { sha256OfFile } from "../inputs.js";
import { atRow, BadRow, explainReading, explainRow, readLines } from "../lines.js";
import type { CsvSummary } from "../csv.js";
import type { OnError } from "../options.js";
import type { TraceFile } from "../folder.js";
import { createSkippedRows } from "../skipped.js";

/** One row: columns by name, nested ones as objects or under a dotted or underscored name. */
export type TableRecord = Readonly<Record<string, unknown>>;

/** What a base name must end in, in a regular expression. */
export const EXTENSIONS = "(?:(?:json|jsonl|ndjson|csv)(?:\\.gz)?|parquet)";

/**
 * Hands each row of a file to `visit`, which throws BadRow for a bad one: with `onError: "skip"` it is counted and left out.
 * @throws InputError naming file, line (row in Parquet), place and reason, and for a file that is damaged as a whole or empty.
 */
export async function readRecords(
  file: TraceFile,
  visit: (record: TableRecord) => void,
  onError: OnError,
): Promise<CsvSummary> {
  if (/\.parquet$/.test(file.path)) return readParquet(file, visit, onError);
  if (/\.csv(\.gz)?$/.test(file.path)) return readCsvTable(file, visit, onError);
  const takeLine = (line: string): boolean => {
    if (line.trim() === "") return false;
    visit(parseObject(line, "the whole line", "is no JSON object; there must be one in each line"));
    return true;
  };
  return readLines(file.path, takeLine, { name: file.name, onError });
}

/** Returns the object that a text spells. Throws BadRow at this place, for this reason, where it spells none. */
export function parseObject(text: string, place: string, reason: string): TableRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadRow(place, reason);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new BadRow(place, reason);
  return value as TableRecord;
}

/** Counts rows, and turns the bad ones into errors. `finish` throws InputError where there was no row. */
function createTaker(
  name: string,
  onError: OnError,
): { take: (row: string, work: () => void) => void; finish: () => Omit<CsvSummary, "sha256"> } {
  let rows = 0;
  const skipped = createSkippedRows();
  return {
    take: (row, work) => {
      try {
        work();
        rows++;
      } catch (error) {
        if (!(error instanceof BadRow)) throw error;
        if (onError === "fail") throw atRow(name, row, error);
        skipped.add(() => explainRow(row, error));
      }
    },
    finish: () => {
      const left = skipped.finish();
      if (rows + left.skippedRows === 0)
        throw new InputError(`empty file ${name}: export it again, or remove it`);
      return { rows, ...left };
    },
  };
}

async function readCsvTable(
  { path, name }: TraceFile,
  visit: (record: TableRecord) => void,
  onError: OnError,
): Promise<CsvSummary> {
  const hash = createHash("sha256");
  const { take, finish } = createTaker(name, onError);
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const readRows = async (
    rows: AsyncIterable<{ readonly info: { readonly lines: number }; readonly record: readonly string[] }>,
  ): Promise<void> => {
    let header: readonly string[] | undefined;
    for await (const { info, record } of rows) {
      if (header === undefined) {
        header = record;
        continue;
      }
      const names = header;
      take(`line ${info.lines}`, () => {
        if (record.length !== names.length)
          throw new BadRow("the whole line", `has ${record.length} columns, the header ${names.length}`);
        visit(Object.fromEntries(names.map((column, i) => [column, record[i]])));
      });
    }
  };
  const parser = parse({ bom: true, info: true, relax_column_count: true, max_record_size: 1 << 20 });
  const bytes = createReadStream(path);
  try {
    if (path.endsWith(".gz")) await pipeline(bytes, hashed, createGunzip(), parser, readRows);
    else await pipeline(bytes, hashed, parser, readRows);
  } catch (error) {
    if (error instanceof CsvError) throw new InputError(`${name}: ${error.message}; correct the file`);
    throw explainReading(error, name);
  }
  return { sha256: hash.digest("hex"), ...finish() };
}

async function readParquet(
  { path, name }: TraceFile,
  visit: (record: TableRecord) => void,
  onError: OnError,
): Promise<CsvSummary> {
  const { take, finish } = createTaker(name, onError);
  const sha256 = await sha256OfFile(path).catch((error: unknown) => {
    throw explainReading(error, name);
  });
  const damaged = (error: unknown): never => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`unreadable Parquet file ${name}: ${reason}; export it again, with snappy or gzip`);
  };
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch(damaged);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const compressors = { GZIP: (input: Uint8Array): Uint8Array => gunzipSync(input) };
    const records = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors }).catch(
      damaged,
    );
    records.forEach((record, i) => {
      take(`row ${rowStart + i + 1}`, () => {
        visit(record);
      });
    });
    rowStart = rowEnd;
  }
  return { sha256, ...finish() };
}
