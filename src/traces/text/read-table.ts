/** Reads a file of a published trace row by row, in all the ways in which people keep such files. */
import { basename } from "node:path";
import { InputError } from "../../base/errors.js";
import { sha256OfFile } from "../../workload/inputs.js";
import type { OnError } from "../../workload/open-options.js";
import { createSkippedRows, type Skipped } from "../../workload/skipped.js";
import { contentOf, headOf } from "./content.js";
import { layoutOf, placesOf, placesOfKeys, type Layout, type Places } from "./layout.js";
import { splitIntoLines } from "./lines.js";
import { parseObject, textOf, valueIn } from "./nested.js";
import { readParquet } from "./parquet.js";
import { explainReading, readBytes } from "./read-bytes.js";
import {
  BadRow,
  createRow,
  explainBad,
  fillRow,
  headerTest,
  type FilledRow,
  type Row,
  type Schema,
} from "./row.js";
import { splitLine, type Delimiter } from "./split.js";

export interface TableOptions {
  /** The name of the file in errors. Default: its base name. */
  readonly name?: string;
  /** Default "fail". */
  readonly onError?: OnError;
  /** The separators that fields may have, the format's own first. Default: comma, semicolon, tab. */
  readonly delimiters?: readonly Delimiter[];
  /** True to remove the spaces at both ends of each field. Default false. */
  readonly trim?: boolean;
  /** True for a line that is not a row, such as a comment. Default: every line is a row. */
  readonly isComment?: (line: string) => boolean;
  /** True if the columns have no fixed order, so that a file must name them. Default false. */
  readonly needsHeader?: boolean;
  /** True if a quoted field may contain line breaks. Default false: a line break ends a row. */
  readonly multiline?: boolean;
  /**
   * Called with the texts of a row, by column, before they are checked. If it returns true, the row is left
   * out, and its other columns may hold anything; the function must count the row itself. Default: no row is
   * left out.
   */
  readonly leaveOut?: (textOf: (column: number) => string) => boolean;
}

/** The result of reading a file. */
export interface TableSummary extends Skipped {
  /** The SHA-256 of the file on disk. */
  readonly sha256: string;
  /** Number of rows that `visit` accepted or `leaveOut` left out. */
  readonly rows: number;
}

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t"];

/** The largest number of sets of keys to remember; the records of a table have only a few. */
const MOST_SIGNATURES = 1000;

/** The number of lines from which the layout of a file is determined. */
const HEAD_LINES = 20;

/**
 * Reads a file of rows: delimited text (with or without a header line, see `layoutOf`), JSON lines, or
 * Parquet. Text may have the compression and encoding that `readBytes` supports. Blank lines are ignored.
 * With `onError: "skip"` a bad row is counted and left out; a file that is damaged or has no valid row is
 * still an error.
 * @throws InputError with file, line (row in Parquet), column, value and reason.
 */
export async function readTable(
  path: string,
  schema: Schema,
  visit: (row: Row) => void,
  options: TableOptions = {},
): Promise<TableSummary> {
  const { name = basename(path), onError = "fail" } = options;
  const taker = createTaker(schema, visit, { ...options, name, onError });
  const head = await headOf(path).catch((error: unknown) => {
    throw explainReading(error, name);
  });
  let sha256: string;
  if (contentOf(head, name) === "parquet") {
    await takeParquet(path, name, schema, taker);
    sha256 = await sha256OfFile(path);
  } else {
    sha256 = await readBytes(path, name, (bytes) => takeText(bytes, name, schema, taker, options));
  }
  return { sha256, ...taker.finish() };
}

interface Taker {
  /** Takes the row at a place ("line 3"); `fields` returns its texts. */
  readonly take: (row: string, fields: () => readonly string[]) => void;
  readonly finish: () => Omit<TableSummary, "sha256">;
}

function createTaker(
  schema: Schema,
  visit: (row: Row) => void,
  { name, onError, leaveOut }: TableOptions & { readonly name: string; readonly onError: OnError },
): Taker {
  const row: FilledRow = createRow(schema);
  const skipped = createSkippedRows();
  let rows = 0;
  return {
    take: (place, fieldsOf) => {
      try {
        const fields = fieldsOf();
        if (leaveOut?.((column) => fields[column] ?? "") !== true) {
          fillRow(row, schema, fields);
          visit(row);
        }
        rows++;
      } catch (error) {
        if (!(error instanceof BadRow)) throw error;
        if (onError === "fail") throw badRowError(name, explainBad(place, error));
        skipped.add(() => explainBad(place, error));
      }
    },
    finish: () => {
      const left = skipped.finish();
      if (rows > 0) return { rows, ...left };
      if (left.skippedRows === 0) throw new InputError(`empty file ${name}: download it again, or remove it`);
      throw new InputError(
        `no valid row in ${name}, all ${left.skippedRows} are bad: ${left.firstSkipped[0]}`,
      );
    },
  };
}

function badRowError(name: string, what: string): InputError {
  return new InputError(`${name}, ${what}; correct the row, or leave it out with --on-error skip`);
}

async function takeText(
  bytes: AsyncIterable<Buffer>,
  name: string,
  schema: Schema,
  taker: Taker,
  options: TableOptions,
): Promise<void> {
  const head: { readonly text: string; readonly number: number }[] = [];
  let takeLine: ((text: string, number: number) => void) | undefined;
  const settle = (): void => {
    takeLine = lineTaker(
      head.map(({ text }) => text),
      name,
      schema,
      taker,
      options,
    );
    for (const { text, number } of head) takeLine(text, number);
  };
  await splitIntoLines(bytes, name, options.multiline ?? false, (text, number) => {
    if (text.trim() === "" || options.isComment?.(text) === true) return;
    if (takeLine !== undefined) {
      takeLine(text, number);
    } else if (head.push({ text, number }) === HEAD_LINES) settle();
  });
  if (takeLine === undefined && head.length > 0) settle();
}

/** Returns a function that takes the lines of a file with these first lines. */
function lineTaker(
  head: readonly string[],
  name: string,
  schema: Schema,
  taker: Taker,
  { delimiters = DELIMITERS, trim = false, needsHeader = false }: TableOptions,
): (text: string, number: number) => void {
  if (head[0].trimStart().startsWith("{")) return jsonTaker(schema, taker);
  if (head[0].trimStart().startsWith("["))
    throw new InputError(`a JSON array in ${name}; write one object in each line, such as with jq -c ".[]"`);
  const layout = layoutOf(head, schema, delimiters, name);
  if (needsHeader && !layout.hasHeader)
    throw new InputError(
      `no header line in ${name}; its first line must name the columns: ${namesOf(schema)}`,
    );
  const isHeader = headerTest(schema);
  // In a table with one column, a word is a bad value, not a header.
  const isLateHeader = layout.hasHeader ? () => false : headerTest(schema, 2);
  let lines = 0;
  return (text, number) => {
    if (lines++ === 0 && layout.hasHeader) return;
    const isFirst = lines === 1;
    taker.take(`line ${number}`, () => {
      const fields = splitLine(text, layout.delimiter, (field) => placeOfField(schema, layout, field));
      const own = trim ? fields.map((field) => field.trim()) : fields;
      if (isFirst && isHeader(own))
        throw new BadRow(
          "the whole line",
          `is a header line with other names; name its columns ${namesOf(schema)}`,
        );
      if (!isFirst && isLateHeader(own))
        throw new InputError(
          `${name}, line ${number}: is a header line after other lines; remove the lines before it`,
        );
      return arrange(own, schema, layout);
    });
  };
}

function placeOfField(schema: Schema, { places, hasIndex }: Layout, field: number): string {
  const column = places.field.indexOf(field - Number(hasIndex));
  return column < 0 ? "the whole line" : `column "${schema[column].name}"`;
}

/** Returns the fields of a line by column; `fillRow` rejects a wrong number of them. */
function arrange(fields: string[], schema: Schema, layout: Layout): readonly string[] {
  const width = layout.width + Number(layout.hasIndex);
  if (fields.length !== width) {
    const expected = layout.hasHeader ? `${width}, as the header has` : `${schema.length}`;
    throw new BadRow("the whole line", `has ${fields.length} columns instead of ${expected}`);
  }
  const own = layout.hasIndex ? fields.slice(1) : fields;
  if (!layout.hasHeader) return layout.hasIndex ? own.map(orEmpty) : own;
  return pick(own.map(orEmpty), schema, layout.places);
}

/** The texts that R, pandas and databases write for an empty cell. */
const EMPTY: ReadonlySet<string> = new Set(["NA", "NaN", "nan", "NULL", "null", "None", "<NA>", "\\N"]);

function orEmpty(text: string): string {
  return EMPTY.has(text) ? "" : text;
}

function pick(fields: readonly string[], schema: Schema, { field, key }: Places): string[] {
  return schema.map(({ name }, column) => {
    const text = field[column] < 0 ? "" : fields[field[column]];
    const inner = key[column];
    return inner === undefined ? text : valueIn(text, inner, `column "${name}"`);
  });
}

function namesOf(schema: Schema): string {
  return schema
    .filter(({ mandatory }) => mandatory === true)
    .map(({ name }) => name)
    .join(", ");
}

async function takeParquet(path: string, name: string, schema: Schema, taker: Taker): Promise<void> {
  let columns: readonly string[] = [];
  let places: Places | undefined;
  await readParquet(
    path,
    name,
    (names) => {
      columns = names;
      places = placesOf(names, schema, name);
      if (places === undefined)
        throw new InputError(
          `other columns in ${name}: ${names.join(", ")}; it must have ${namesOf(schema)}, in any order`,
        );
    },
    (record, row) => {
      taker.take(`row ${row}`, () => pick(textsOf(record, columns, schema, places!), schema, places!));
    },
  );
}

/** Returns the texts of a record's fields; fields that belong to no column stay empty. */
function textsOf(
  record: Readonly<Record<string, unknown>>,
  names: readonly string[],
  schema: Schema,
  { field }: Places,
): string[] {
  const texts = names.map(() => "");
  field.forEach((at, column) => {
    if (at < 0 || schema[column].read === false) return;
    texts[at] = textOf(record[names[at]], `column "${schema[column].name}"`, schema[column].takesDates);
  });
  return texts;
}

/** Takes lines of JSON. Their keys may differ from row to row, because exports leave out empty values. */
function jsonTaker(schema: Schema, taker: Taker): (text: string, number: number) => void {
  const placesOfRow = new Map<string, Places>();
  return (text, number) => {
    taker.take(`line ${number}`, () => {
      const record = parseObject(text, "the whole line", "is not a JSON object; each line must hold one");
      const keys = Object.keys(record);
      const signature = keys.join("\n");
      const places = placesOfRow.get(signature) ?? placesOfKeys(keys, schema);
      if (placesOfRow.size < MOST_SIGNATURES) placesOfRow.set(signature, places);
      return pick(textsOf(record, keys, schema, places), schema, places);
    });
  };
}
