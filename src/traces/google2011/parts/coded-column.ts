/** Columns with many repeated values. Each row holds the number of its value: two bytes instead of eight. */
import type { Column } from "../../../base/columns/column.js";
import { wordsOf } from "../../../base/columns/words.js";

export interface CodedColumn {
  /** By row: the place of its value in `values`. */
  readonly codes: Uint16Array;
  /** The different values, in order of first occurrence. */
  readonly values: Column;
}

const MOST_VALUES = 2 ** 16;
/**
 * The smallest number of rows per value. The values of all files stay in memory; this way, they take at most
 * a quarter of a byte per row and column.
 */
const ROWS_A_VALUE = 32;

/**
 * Returns the coded column, or the column itself if it has too many values, or values no longer than a code.
 * Values are equal if their bits are equal.
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

/** A hash table of values of one or two words each. */
interface KnownValues {
  readonly width: number;
  readonly words: Int32Array;
  /**
   * Codes by hash, -1 for a free slot. The length is 2 ** `bits`, and at most half of the slots are in use.
   */
  readonly slots: Int32Array;
  readonly bits: number;
  count: number;
}

/**
 * Returns a code for each row, and the words of the values; undefined if there are more than `most` values.
 */
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
    // Neighboring rows often have the same window or job, so the code of the previous row is tried first.
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

/** Returns the slot of the value, or the free slot where it would go. */
function slotOf(known: KnownValues, low: number, high: number): number {
  const { slots, bits } = known;
  // The upper bits of a product (Knuth 1973, 6.4) are cheap to compute, and this may run for every row.
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

/** Writes the values of the rows into a column, beginning at row `at`. */
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
