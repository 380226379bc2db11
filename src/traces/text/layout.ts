/** Maps the fields of a file's rows to the columns of a schema. */
import { InputError } from "../../base/errors.js";
import type { Column, Schema } from "./row.js";
import { splitLine, type Delimiter } from "./split.js";

/** The places of a schema's columns among the fields of a row. */
export interface Places {
  /** By column; -1 if the file does not have it. */
  readonly field: readonly number[];
  /** By column: the key within a nested field, if the column is part of one. */
  readonly key: readonly (string | undefined)[];
}

export interface Layout {
  readonly delimiter: Delimiter;
  readonly hasHeader: boolean;
  /** Number of fields of a row, without the row number. */
  readonly width: number;
  /** True if a row number, which no header names, comes before the fields, as R and pandas write it. */
  readonly hasIndex: boolean;
  readonly places: Places;
}

/**
 * Returns the layout of a delimited file, given its first lines without blank ones. The file has either a
 * header line, with the columns in any order, or the columns of the schema in order. A row number may come
 * before them. The first of the delimiters is the format's own.
 * @throws InputError for a header line that lacks a column or names one twice.
 */
export function layoutOf(
  lines: readonly string[],
  schema: Schema,
  delimiters: readonly Delimiter[],
  name: string,
): Layout {
  const rows = (delimiter: Delimiter): string[][] => lines.map((line) => splitOrNone(line, delimiter));
  for (const delimiter of delimiters) {
    const [header, next] = rows(delimiter);
    const places = placesOf(
      header.map((text) => text.trim()),
      schema,
      name,
    );
    if (places === undefined) continue;
    const hasIndex = lines.length > 1 && next.length === header.length + 1;
    return { delimiter, hasHeader: true, width: header.length, hasIndex, places };
  }
  const width = schema.length;
  const inOrder = { hasHeader: false, width, places: placesInOrder(schema) };
  const indexed = delimiters.find((delimiter) => isIndexed(rows(delimiter), width));
  if (indexed !== undefined) return { ...inOrder, delimiter: indexed, hasIndex: true };
  const fitting = (delimiter: Delimiter): number =>
    rows(delimiter).filter((fields) => fields.length === width).length;
  const best = delimiters.reduce((a, b) => (fitting(b) > fitting(a) ? b : a));
  return { ...inOrder, delimiter: best, hasIndex: false };
}

function splitOrNone(line: string, delimiter: Delimiter): string[] {
  try {
    return splitLine(line, delimiter);
  } catch {
    // The line has a stray quote; the reader reports its place.
    return [];
  }
}

/** True if each row has one field too many and the first fields increase. */
function isIndexed(rows: readonly (readonly string[])[], width: number): boolean {
  if (!rows.every((fields) => fields.length === width + 1 && /^\d{1,15}$/.test(fields[0]))) return false;
  const numbers = rows.map(([first]) => Number(first));
  return numbers.length === 1
    ? numbers[0] <= 1
    : numbers.every((value, row) => row === 0 || value > numbers[row - 1]);
}

function placesInOrder(schema: Schema): Places {
  return { field: schema.map((_, column) => column), key: schema.map(() => undefined) };
}

/**
 * Returns the places of the columns among fields with these names; undefined if the names are not those of
 * the columns. Names may be official names or aliases, in any case and punctuation, or numbers in order ("0",
 * "1", ...; "column00", ...), which some tools generate.
 * @throws InputError if a required column is missing, or if two fields are the same column.
 */
export function placesOf(names: readonly string[], schema: Schema, name: string): Places | undefined {
  const found = findColumns(names, schema);
  const known = found.filter(({ fields }) => fields.length > 0).length;
  if (known < Math.min(2, schema.length)) return placesByNumber(names, schema);
  for (const [column, { fields }] of found.entries()) {
    if (fields.length === 0 && isNeeded(schema[column]))
      throw new InputError(
        `no column "${schema[column].name}" in ${name}; its header has ${names.join(", ")}: ` +
          "rename the column that holds it",
      );
    if (fields.length > 1 && schema[column].read !== false)
      throw new InputError(
        `two columns "${schema[column].name}" in ${name}: ` +
          `${fields.map((field) => names[field]).join(" and ")}; remove one`,
      );
  }
  return placesOfFound(found);
}

function isNeeded({ read, mayLack }: Column): boolean {
  return read !== false && mayLack !== true;
}

/** Returns the places of the columns among the keys of one record; missing columns are empty. */
export function placesOfKeys(keys: readonly string[], schema: Schema): Places {
  return placesOfFound(findColumns(keys, schema));
}

interface Found {
  readonly fields: readonly number[];
  readonly key?: string;
}

function placesOfFound(found: readonly Found[]): Places {
  return { field: found.map(({ fields }) => fields[0] ?? -1), key: found.map(({ key }) => key) };
}

function findColumns(names: readonly string[], schema: Schema): Found[] {
  const plain = names.map(plainName);
  return schema.map((column) => findColumn(column, plain));
}

/** Makes "Timestamp [ms]", "timestamp_ms" and "timestamp.ms" the same name. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Column `a.b` is a field with this name, in any punctuation, or the key b of a nested field a. */
function findColumn({ name, aliases = [] }: Column, plain: readonly string[]): Found {
  const own = new Set([name, ...aliases].map(plainName));
  const fields = plain.flatMap((other, field) => (own.has(other) ? [field] : []));
  if (fields.length > 0 || !name.includes(".")) return { fields };
  const [outer, key] = name.split(".");
  const nested = plain.indexOf(plainName(outer));
  return nested < 0 ? { fields } : { fields: [nested], key };
}

const ROW_NUMBER = /^(?:|index|unnamed:? ?0|__index_level_0__)$/i;
const NUMBERED = /^(?:column|col|field|v|x|f|_c)?_?(\d+)$/i;

function placesByNumber(names: readonly string[], schema: Schema): Places | undefined {
  const first = ROW_NUMBER.test(names[0]) ? 1 : 0;
  const after = names.at(-1) === "__index_level_0__" ? 1 : 0;
  const numbers = names.slice(first, names.length - after).map((text) => NUMBERED.exec(text)?.[1] ?? NaN);
  const begins = Number(numbers[0]);
  const inOrder =
    numbers.length === schema.length &&
    begins <= 1 &&
    (numbers.length > 1 || first === 1) &&
    numbers.every((number, i) => Number(number) === begins + i);
  return inOrder
    ? { field: schema.map((_, column) => column + first), key: schema.map(() => undefined) }
    : undefined;
}
