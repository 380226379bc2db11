/** A row of a table: the schema of its columns, and its values. */
import { parseId, parseNumber, type Parsed } from "./csv-values.js";

export type ColumnType = "integer" | "float" | "boolean" | "time" | "bigint" | "string";

export interface Column {
  /** The name in errors and in header lines. */
  readonly name: string;
  /** Other names of the column in header lines; case, spaces and punctuation do not matter. */
  readonly aliases?: readonly string[];
  readonly type: ColumnType;
  /** Default false: the value may be empty. */
  readonly mandatory?: boolean;
  /**
   * True if a file with a header line may lack the column; its values are then empty. Default false, so that
   * a renamed column is not mistaken for an empty one.
   */
  readonly mayLack?: boolean;
  /** True if times are milliseconds since 1970, so that Parquet dates can replace them. Default false. */
  readonly takesDates?: boolean;
  /** Limits of a number. */
  readonly min?: number;
  readonly max?: number;
  /** Default true. The text of a column that is not read is not checked. */
  readonly read?: boolean;
}

export type Schema = readonly Column[];

/**
 * The largest size of a number of type float for which a column sets no other limit. No published trace has
 * larger ones; sums of them stay finite, also in columns of 32 bits.
 */
const LARGEST_FLOAT = 1e15;

/** Returns the least and the largest number that a column may hold. */
export function limitsOf({ type, min, max }: Column): { readonly min: number; readonly max: number } {
  const largest = type === "float" ? LARGEST_FLOAT : Infinity;
  return { min: min ?? -largest, max: max ?? largest };
}

/** One row, by column number. The object is reused for every row: copy the values that you keep. */
export interface Row {
  /** Values of the columns of type integer, float, boolean and time; NaN where empty. */
  readonly numbers: Float64Array;
  /** Values of the columns of type bigint; -1 where empty. */
  readonly ids: BigInt64Array;
  /** The same as pairs of 32-bit words, the lower word first: for V8, every 64-bit integer is an object. */
  readonly idWords: Int32Array;
  /** Values of the columns of type string; "" where empty. */
  readonly texts: string[];
  /**
   * Declares the value of a column bad: the reading fails, or skips the row, as for a value of the wrong
   * type.
   */
  reject(column: number, reason: string): never;
}

/** A row with the texts of its columns, so that `reject` can show them. */
export type FilledRow = Row & { fields: readonly string[] };

/** The fault of a row, and its place in the row, such as `column "time"`. */
export class BadRow extends Error {
  constructor(
    readonly place: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** The largest number of characters of a bad value that an error shows. */
const LONGEST_SHOWN = 80;

export function createRow(schema: Schema): FilledRow {
  const ids = new BigInt64Array(schema.length).fill(-1n);
  return {
    numbers: new Float64Array(schema.length).fill(NaN),
    ids,
    idWords: new Int32Array(ids.buffer),
    texts: schema.map(() => ""),
    fields: [],
    reject(column: number, reason: string): never {
      // A scanned row has no texts; `explainLine` (scan/scan-file.ts) then reads the row again.
      throw badValue(schema[column], this.fields.at(column) ?? "", reason);
    },
  };
}

/**
 * Fills a row with the texts of its columns, in the schema's order. Throws BadRow for the first bad value.
 */
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
 * Returns a function that tells whether the fields of a line look like names: every numeric column holds a
 * word. The function returns false if there are fewer than `least` numeric columns. It is made once per file,
 * because it is called for every row.
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

/** Stores a value, or returns what is wrong with it. */
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
  const { min, max } = limitsOf(column);
  if (value < min) return `is below ${min}`;
  if (value > max) return `is above ${max}`;
  row.numbers[i] = value;
  return undefined;
}

/** Returns the place and the fault of a bad row, for an error or the list of skipped rows. */
export function explainBad(row: string, { place, reason }: BadRow): string {
  return `${row}, ${place}: ${reason}`;
}
