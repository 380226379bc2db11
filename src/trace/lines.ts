/** Reads text files line by line, for the formats that the strict CSV reader does not fit. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { InputError } from "../errors.js";
import { explainFileError } from "../files.js";
import type { CsvSummary } from "./csv.js";
import type { Parsed } from "./csv-values.js";
import type { OnError } from "./options.js";
import { createSkippedRows } from "./skipped.js";

/** What is wrong with a row, and where in it: "column \"Status\"". */
export class BadRow extends Error {
  constructor(
    readonly place: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Returns a value parsed from a column's text. Throws BadRow, naming the column and the text, where it is none. */
export function take<T>(column: string, text: string, parsed: Parsed<T>): T {
  if (typeof parsed === "string") throw badValue(column, text, parsed);
  return parsed;
}

export function badValue(column: string, value: string | number, reason: string): BadRow {
  return new BadRow(`column "${column}"`, `value ${JSON.stringify(value)} ${reason}`);
}

export interface LineOptions {
  /** The name that errors give the file. */
  readonly name: string;
  readonly onError: OnError;
}

/** No line of these traces is longer than this many characters: what is, is no text file. */
const LONGEST_LINE = 1 << 24;

/**
 * Hands each line of a text file (`.gz` is unpacked) to `visit`, with its number from 1, in one pass that also takes the file's
 * SHA-256. Line ends may be LF or CRLF, a byte order mark is left out. `visit` returns false for a line that is no row (a comment,
 * a header), and throws BadRow for a bad one: with `onError: "skip"` it is counted and left out.
 * @throws InputError naming file, line, place and reason; also for a file without rows, and one that cannot be read.
 */
export async function readLines(
  path: string,
  visit: (line: string, number: number) => boolean,
  { name, onError }: LineOptions,
): Promise<CsvSummary> {
  const hash = createHash("sha256");
  const count = { rows: 0, lines: 0 };
  const skipped = createSkippedRows();
  let failure: unknown;
  const takeLine = (line: string): void => {
    count.lines++;
    try {
      if (visit(count.lines === 1 ? line.replace(/^\uFEFF/, "") : line, count.lines)) count.rows++;
    } catch (error) {
      if (!(error instanceof BadRow)) throw (failure = error);
      const row = `line ${count.lines}`;
      if (onError === "fail") throw (failure = atRow(name, row, error));
      skipped.add(() => explainRow(row, error));
    }
  };
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const splitLines = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    let rest = "";
    for await (const chunk of chunks) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > LONGEST_LINE) throw new InputError(`no text file: ${name}; its lines do not end`);
      for (const line of lines) takeLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    }
    if (rest !== "") takeLine(rest);
  };
  const bytes = createReadStream(path);
  try {
    if (path.endsWith(".gz")) {
      const gunzip = createGunzip().once("error", (error) => (failure ??= error));
      await pipeline(bytes, hashed, gunzip, splitLines);
    } else await pipeline(bytes, hashed, splitLines);
  } catch (error) {
    // Where a row fails before all of a file is unpacked, the pipeline may say that it was aborted rather than why.
    throw explainReading(failure ?? error, name);
  }
  const left = skipped.finish();
  if (count.rows + left.skippedRows === 0) {
    throw new InputError(`empty file ${name}: download it again, or remove it`);
  }
  return { sha256: hash.digest("hex"), rows: count.rows, ...left };
}

/** The error for a bad row at a place in a file. */
export function atRow(name: string, row: string, bad: BadRow): InputError {
  return new InputError(
    `${name}, ${explainRow(row, bad)}; correct the row, or leave it out with --on-error skip`,
  );
}

/** Where a bad row is and what is wrong with it. */
export function explainRow(row: string, { place, reason }: BadRow): string {
  return `${row}, ${place}: ${reason}`;
}

/** Returns an InputError where a file is missing, unreadable or damaged gzip, else the error itself. */
export function explainReading(error: unknown, name: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "Z_BUF_ERROR")
    return new InputError(`truncated gzip file ${name}: its end is missing, download it again`);
  if (code === "Z_DATA_ERROR")
    return new InputError(`damaged gzip file ${name}: it is no gzip, or changed; download it again`);
  return explainFileError(error, name, "read");
}
