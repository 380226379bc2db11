import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CsvError, parse, type Options } from "csv-parse";
import { parse as parseText } from "csv-parse/sync";
import { InputError } from "../errors.js";
import { parseId, parseNumber, type Parsed } from "./csv-values.js";
import type { OnError } from "./options.js";
import { createSkippedRows, type Skipped } from "./skipped.js";

/** How a column's text is read. "time" is microseconds, see `parseTime`; "bigint" is an id, exact up to 2^63 - 1. */
export type ColumnType = "integer" | "bigint" | "float" | "boolean" | "string" | "time";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** An empty value is an error. Default false. */
  readonly mandatory?: boolean;
  /** Inclusive range; of numbers only. */
  readonly min?: number;
  readonly max?: number;
  /** Default true. The text of a column that is not read is not checked either. */
  readonly read?: boolean;
}

export type Schema = readonly Column[];

/**
 * One row, by column number. The object is reused from row to row: copy what is to stay.
 */
export interface Row {
  /** Values of the columns of type integer, float, boolean and time; NaN where empty. */
  readonly numbers: Float64Array;
  /** Values of the columns of type bigint; -1 where empty. */
  readonly ids: BigInt64Array;
  /** The same as pairs of 32-bit words, the lower first: a 64-bit integer is an object to the engine. */
  readonly idWords: Int32Array;
  /** Values of the columns of type string; "" where empty. */
  readonly texts: string[];
  /** Declares the value of a column bad: fails, or skips the row, as a value of the wrong type does. */
  reject(column: number, reason: string): never;
}

export interface CsvOptions {
  /** The name that errors give the file. Default: its base name. */
  readonly name?: string;
  readonly onError?: OnError;
}

export interface CsvSummary extends Skipped {
  /** Of the file's bytes as they are on disk. */
  readonly sha256: string;
  /** Rows handed to `visit`, those that it rejected left out. */
  readonly rows: number;
}

/** No row of these traces is longer than this many bytes: what is, is no text. */
const LONGEST_ROW = 1 << 16;

/**
 * Quotes mean nothing to the parser, so that a stray one cannot swallow the rows after it: every line is a row.
 * Those in a row are taken off by `unquote`.
 */
const LINES: Options = {
  bom: true,
  quote: null,
  record_delimiter: ["\n", "\r\n"],
  max_record_size: LONGEST_ROW,
  relax_column_count: true,
};

/**
 * Reads a `.csv` or `.csv.gz` file without a header line, row by row, in one pass that also takes its SHA-256.
 * Quotes, CRLF and a byte order mark are understood; a line break always ends a row, in quotes too. With
 * `onError: "skip"` a bad row is counted and left out; a file that is damaged as a whole (truncated gzip, a line of
 * more than 65,536 bytes) is an error all the same.
 *
 * Throws InputError naming file, line, column, value and reason; also for an empty file and a header line.
 */
export async function readCsv(
  path: string,
  schema: Schema,
  visit: (row: Row) => void,
  { name = basename(path), onError = "fail" }: CsvOptions = {},
): Promise<CsvSummary> {
  const hash = createHash("sha256");
  const row = createRow(schema);
  let rows = 0;
  const skipped = createSkippedRows();
  const parser = parse(LINES);
  let failure: unknown;
  const readRecords = async (records: AsyncIterable<string[]>): Promise<void> => {
    let line = 0;
    for await (const fields of records) {
      line++;
      try {
        fillRow(row, schema, unquote(fields, schema), line === 1);
        visit(row);
        rows++;
      } catch (error) {
        if (!(error instanceof BadValue)) throw (failure = error);
        if (onError === "fail") throw (failure = new InputError(`${name}, ${explain(line, error)}`));
        skipped.add(() => explain(line, error));
      }
    }
  };
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  try {
    if (path.endsWith(".gz")) {
      const gunzip = createGunzip().once("error", (error) => (failure ??= error));
      await pipeline(createReadStream(path), hashed, gunzip, parser, readRecords);
    } else {
      await pipeline(createReadStream(path), hashed, parser, readRecords);
    }
  } catch (error) {
    // Where a row fails before all of a file is unpacked, the pipeline may say that it was aborted rather than why.
    throw translate(isAbort(error) ? (failure ?? error) : error, name);
  }
  const left = skipped.finish();
  if (rows + left.skippedRows === 0) {
    throw new InputError(`empty file ${name}: download it again, or remove it`);
  }
  return { sha256: hash.digest("hex"), rows, ...left };
}

/**
 * Returns what `readCsv` says of a line without quotes that it refuses, its number first; `visit` must reject a row before it
 * takes anything of it. Throws Error where the line is not refused.
 */
export function explainLine(text: string, line: number, schema: Schema, visit: (row: Row) => void): string {
  const row = createRow(schema);
  try {
    fillRow(row, schema, text.split(","), line === 1);
    visit(row);
  } catch (error) {
    if (error instanceof BadValue) return explain(line, error);
    throw error;
  }
  throw new Error(`no fault in ${JSON.stringify(text)}`);
}

function explain(line: number, { place, reason }: BadValue): string {
  return `line ${line}, ${place}: ${reason}`;
}

class BadValue extends Error {
  constructor(
    readonly place: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Of a bad value, so many characters are shown. */
const LONGEST_SHOWN = 80;

/** True for what `Row.reject` throws. */
export function isRejection(error: unknown): boolean {
  return error instanceof BadValue;
}

/** Returns an empty row, as `readCsv` hands out. */
export function createRow(schema: Schema): Row & { fields: string[] } {
  const ids = new BigInt64Array(schema.length).fill(-1n);
  return {
    numbers: new Float64Array(schema.length).fill(NaN),
    ids,
    idWords: new Int32Array(ids.buffer),
    texts: schema.map(() => ""),
    fields: [],
    reject(column: number, reason: string): never {
      // Of a row that was scanned there is no text: then `explainLine` reads it again.
      throw badValue(schema[column], this.fields.at(column) ?? "", reason);
    },
  };
}

function badValue(column: Column, text: string, reason: string): BadValue {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
  return new BadValue(`column "${column.name}"`, `value ${JSON.stringify(shown)} ${reason}`);
}

/** Takes the quotes off the fields of a line that was split at every comma; those without any are returned as they are. */
function unquote(fields: string[], schema: Schema): string[] {
  if (!fields.some((field) => field.includes('"'))) return fields;
  try {
    return parseText(fields.join(","), { record_delimiter: "\n", relax_column_count: true })[0];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const column = schema.at(Number(error["index"]));
    throw new BadValue(column ? `column "${column.name}"` : "the whole line", quoteFault(error));
  }
}

function quoteFault({ code }: CsvError): string {
  return code === "CSV_QUOTE_NOT_CLOSED"
    ? "a quote is opened and not closed; correct the line"
    : "a quote is neither at the beginning nor at the end of the value; correct the line";
}

function fillRow(row: Row & { fields: string[] }, schema: Schema, fields: string[], isFirst: boolean): void {
  if (isFirst && looksLikeHeader(schema, fields)) {
    throw new BadValue("the whole line", "is a header line, the published files have none; remove it");
  }
  if (fields.length !== schema.length) {
    throw new BadValue("the whole line", `has ${fields.length} columns instead of ${schema.length}`);
  }
  row.fields = fields;
  for (let i = 0; i < schema.length; i++) {
    const column = schema[i];
    if (column.read === false) continue;
    const text = fields[i];
    if (text === "" && column.mandatory === true) throw badValue(column, text, "is empty, but mandatory");
    const reason = storeValue(row, i, column, text);
    if (reason !== undefined) throw badValue(column, text, reason);
  }
}

/** Stores the value; returns what is wrong with it, if anything. */
function storeValue(row: Row, i: number, column: Column, text: string): string | undefined {
  if (column.type === "string") {
    row.texts[i] = text;
    return undefined;
  }
  if (column.type === "bigint") {
    const id: Parsed<bigint> = text === "" ? -1n : parseId(text);
    if (typeof id === "string") return id;
    row.ids[i] = id;
    return undefined;
  }
  const value = text === "" ? NaN : parseNumber(column.type, text);
  if (typeof value === "string") return value;
  if (column.min !== undefined && value < column.min) return `is below ${column.min}`;
  if (column.max !== undefined && value > column.max) return `is above ${column.max}`;
  row.numbers[i] = value;
  return undefined;
}

function looksLikeHeader(schema: Schema, fields: readonly string[]): boolean {
  return (
    fields.length === schema.length &&
    schema.every((column, i) => column.mandatory !== true || /^[A-Za-z_][\w -]*$/.test(fields[i]))
  );
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function translate(error: unknown, name: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof CsvError) return translateCsvError(error, name);
  const code = "code" in error ? error.code : undefined;
  switch (code) {
    case "Z_BUF_ERROR":
      return new InputError(`truncated gzip file ${name}: its end is missing, download it again`);
    case "Z_DATA_ERROR":
      return new InputError(`damaged gzip file ${name}: ${error.message}; download it again`);
    case "ENOENT":
      return new InputError(`no such file ${name}`);
    case "EACCES":
      return new InputError(`unreadable file ${name}: permission denied`);
    default:
      return error;
  }
}

function translateCsvError(error: CsvError, name: string): InputError {
  const line = typeof error["lines"] === "number" ? `, line ${error["lines"]}` : "";
  const reason =
    error.code === "CSV_MAX_RECORD_SIZE"
      ? `is longer than ${LONGEST_ROW} bytes; download the file again, or remove the line`
      : error.message;
  return new InputError(`${name}${line}, the whole line: ${reason}`);
}
