/** A row of a table: what its columns must hold, and its values. */
import { parseId, parseNumber, type Parsed } from "./csv-values.js";

export type ColumnType = "integer" | "float" | "boolean" | "time" | "bigint" | "string";

export interface Column {
  /** As errors name it, and as a header line does. */
  readonly name: string;
  /** Other names that header lines give it; case, spaces and punctuation do not matter. */
  readonly aliases?: readonly string[];
  readonly type: ColumnType;
  /** Default false: the value may be empty. */
  readonly mandatory?: boolean;
  /**
   * True where a file whose header names the columns may lack it: then it is empty. Default false: a renamed
   * column is not to pass for an empty one.
   */
  readonly mayLack?: boolean;
  /**
   * True where times are milliseconds since 1970, so that dates of Parquet may stand for them. Default false.
   */
  readonly takesDates?: boolean;
  /** Of numbers. */
  readonly min?: number;
  readonly max?: number;
  /** Default true. The text of a column that is not read is not checked either. */
  readonly read?: boolean;
}

export type Schema = readonly Column[];

/** One row, by column number. The object is reused from row to row: copy what is to stay. */
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

/** A row whose columns' texts are known, so that `reject` can show them. */
export type FilledRow = Row & { fields: readonly string[] };

/** What is wrong with a row, and where in it: `column "time"`. */
export class BadRow extends Error {
  constructor(
    readonly place: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Of a bad value, at most this many characters are shown. */
const LONGEST_SHOWN = 80;

/** Returns an empty row. */
export function createRow(schema: Schema): FilledRow {
  const ids = new BigInt64Array(schema.length).fill(-1n);
  return {
    numbers: new Float64Array(schema.length).fill(NaN),
    ids,
    idWords: new Int32Array(ids.buffer),
    texts: schema.map(() => ""),
    fields: [],
    reject(column: number, reason: string): never {
      // Of a row that was scanned there is no text: then `explainRow` reads it again.
      throw badValue(schema[column], this.fields.at(column) ?? "", reason);
    },
  };
}

/** Takes the texts of a row's columns, in the schema's order. Throws BadRow for the first bad one. */
export function fillRow(row: FilledRow, schema: Schema, fields: readonly string[]): void {
  if (fields.length !== schema.length)
    throw new BadRow("the whole line", `has ${fields.length} columns instead of ${schema.length}`);
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

const WORD = /^(?!(?:nan|inf|infinity|null|none|na)$)[a-z_][\w .-]*$/i;

/**
 * Returns a function that says whether the fields of a line look like names: each column of numbers, of which
 * there are `least` or more, holds a word. Made once for a file, as it is asked for every row.
 */
export function headerTest(schema: Schema, least = 1): (fields: readonly string[]) => boolean {
  const numeric = schema.flatMap(({ type, read }, i) => (type === "string" || read === false ? [] : [i]));
  if (numeric.length < least) return () => false;
  return (fields) => fields.length >= schema.length && numeric.every((i) => WORD.test(fields[i]));
}

function badValue(column: Column, text: string, reason: string): BadRow {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
  return new BadRow(`column "${column.name}"`, `value ${JSON.stringify(shown)} ${reason}`);
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

/**
 * Returns where a bad row is and what is wrong with it, for an error or a list of rows that were left out.
 */
export function explainBad(row: string, { place, reason }: BadRow): string {
  return `${row}, ${place}: ${reason}`;
}
