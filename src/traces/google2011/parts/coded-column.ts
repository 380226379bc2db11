/**
 * Columns whose values come again and again, each row as the number of its value: two bytes instead of eight.
 */
import type { Column } from "../../../base/columns/column.js";
import { wordsOf } from "../../../base/columns/words.js";

export interface CodedColumn {
  /** By row: a place in `values`. */
  readonly codes: Uint16Array;
  /** In order of first sight, each once. */
  readonly values: Column;
}

const MOST_VALUES = 2 ** 16;
/**
 * At least this many rows per value: what stays in memory for all files are their values, of a column a
 * quarter of a byte per row at most.
 */
const ROWS_A_VALUE = 32;

/**
 * Returns the column coded, as it is where its values are too many or as short as a code. Values are the same
 * where their bits are.
 */
export function codeColumn(column: Column): Column | CodedColumn {
  const width = column.BYTES_PER_ELEMENT / 4;
  const most = Math.min(MOST_VALUES, Math.floor(column.length / ROWS_A_VALUE));
  if (width < 1 || most < 1) return column;
  const coded = codeWords(wordsOf(column), width, most);
  if (coded === undefined) return column;
  const values = new (column.constructor as new (length: number) => Column)(coded.words.length / width);
  wordsOf(values).set(coded.words);
  return { codes: coded.codes, values };
}

export function isCoded(column: Column | CodedColumn): column is CodedColumn {
  return "codes" in column;
}

/** Values of one or two words each, hashed. */
interface KnownValues {
  readonly width: number;
  readonly words: Int32Array;
  /** Codes by hash, -1 where free; at most half full, the length a power of two, of this many bits. */
  readonly slots: Int32Array;
  readonly bits: number;
  count: number;
}

/** Returns a code for each value and the values' words; undefined where there are more than `most`. */
function codeWords(
  words: Int32Array,
  width: number,
  most: number,
): { codes: Uint16Array; words: Int32Array } | undefined {
  const bits = 32 - Math.clz32(2 * most);
  const slots = new Int32Array(2 ** bits).fill(-1);
  const known: KnownValues = { width, words: new Int32Array(width * most), slots, bits, count: 0 };
  const codes = new Uint16Array(words.length / width);
  let code = -1;
  for (let row = 0; row < codes.length; row++) {
    const low = words[width * row];
    const high = words[width * row + width - 1];
    // Rows of a window or of a job lie side by side.
    if (code < 0 || !isValue(known, code, low, high)) {
      const slot = slotOf(known, low, high);
      if (slots[slot] < 0) {
        if (known.count === most) return undefined;
        addValue(known, slot, low, high);
      }
      code = slots[slot];
    }
    codes[row] = code;
  }
  return { codes, words: known.words.slice(0, width * known.count) };
}

function isValue({ width, words }: KnownValues, code: number, low: number, high: number): boolean {
  return words[width * code] === low && words[width * code + width - 1] === high;
}

/** The slot of the value, or the free one where it would go. */
function slotOf(known: KnownValues, low: number, high: number): number {
  const { slots, bits } = known;
  // Multiplied, and the upper bits taken (Knuth 1973, 6.4): cheap, and every row may ask.
  let slot = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> (32 - bits);
  while (slots[slot] >= 0 && !isValue(known, slots[slot], low, high)) slot = (slot + 1) & (slots.length - 1);
  return slot;
}

function addValue(known: KnownValues, slot: number, low: number, high: number): void {
  const { width, words, slots } = known;
  const code = known.count++;
  slots[slot] = code;
  words[width * code] = low;
  words[width * code + width - 1] = high;
}

/** Writes the values of the rows into a column, from row `at` on. */
export function decodeInto(into: Column, at: number, codes: Uint16Array, values: Column): void {
  const width = into.BYTES_PER_ELEMENT / 4;
  if (width === 1) decodeWords(wordsOf(into), at, codes, wordsOf(values));
  else decodePairs(wordsOf(into), at, codes, wordsOf(values));
}

function decodeWords(into: Int32Array, at: number, codes: Uint16Array, values: Int32Array): void {
  for (let row = 0; row < codes.length; row++) into[at + row] = values[codes[row]];
}

function decodePairs(into: Int32Array, at: number, codes: Uint16Array, values: Int32Array): void {
  for (let row = 0; row < codes.length; row++) {
    into[2 * (at + row)] = values[2 * codes[row]];
    into[2 * (at + row) + 1] = values[2 * codes[row] + 1];
  }
}
