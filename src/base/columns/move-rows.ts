/**
 * Puts the rows of a column in another order. Values of 64 bits are moved as two words, because V8 would make
 * an object of each 64-bit integer.
 */
import type { Column } from "./column.js";
import { wordsOf } from "./words.js";

/**
 * Returns the values, with the value of row r at `places[r]`. It reads in order and writes at scattered
 * places: a processor's caches can hold the ends of some hundred groups, but not a whole column.
 */
export function putRows<T extends Column>(values: T, places: Int32Array): T {
  return moveRows(values, places, { bytes: putBytes, shorts: putShorts, words: putWords, pairs: putPairs });
}

/** Returns the values of these rows, in this order. */
export function pickRows<T extends Column>(values: T, rows: Int32Array): T {
  return moveRows(values, rows, { bytes: pickBytes, shorts: pickShorts, words: pickWords, pairs: pickPairs });
}

type Move<Values> = (values: Values, rows: Int32Array, into: Values) => void;

interface Moves {
  readonly bytes: Move<Uint8Array>;
  readonly shorts: Move<Uint16Array>;
  readonly words: Move<Int32Array>;
  /** For values of 64 bits, as two words each. */
  readonly pairs: Move<Int32Array>;
}

function moveRows<T extends Column>(values: T, rows: Int32Array, { bytes, shorts, words, pairs }: Moves): T {
  const into = new (values.constructor as new (length: number) => T)(rows.length);
  if (values instanceof Uint8Array) bytes(values, rows, into as Uint8Array);
  else if (values instanceof Uint16Array) shorts(values, rows, into as Uint16Array);
  else if (values instanceof Int32Array) words(values, rows, into as Int32Array);
  else pairs(wordsOf(values), rows, wordsOf(into));
  return into;
}

// One function per type: V8 compiles a loop to fast code only if the loop has seen a single array type.

function putPairs(values: Int32Array, places: Int32Array, put: Int32Array): void {
  for (let row = 0; row < places.length; row++) {
    put[2 * places[row]] = values[2 * row];
    put[2 * places[row] + 1] = values[2 * row + 1];
  }
}

function putWords(values: Int32Array, places: Int32Array, put: Int32Array): void {
  for (let row = 0; row < places.length; row++) put[places[row]] = values[row];
}

function putShorts(values: Uint16Array, places: Int32Array, put: Uint16Array): void {
  for (let row = 0; row < places.length; row++) put[places[row]] = values[row];
}

function putBytes(values: Uint8Array, places: Int32Array, put: Uint8Array): void {
  for (let row = 0; row < places.length; row++) put[places[row]] = values[row];
}

function pickPairs(values: Int32Array, rows: Int32Array, picked: Int32Array): void {
  for (let place = 0; place < rows.length; place++) {
    picked[2 * place] = values[2 * rows[place]];
    picked[2 * place + 1] = values[2 * rows[place] + 1];
  }
}

function pickWords(values: Int32Array, rows: Int32Array, picked: Int32Array): void {
  for (let place = 0; place < rows.length; place++) picked[place] = values[rows[place]];
}

function pickShorts(values: Uint16Array, rows: Int32Array, picked: Uint16Array): void {
  for (let place = 0; place < rows.length; place++) picked[place] = values[rows[place]];
}

function pickBytes(values: Uint8Array, rows: Int32Array, picked: Uint8Array): void {
  for (let place = 0; place < rows.length; place++) picked[place] = values[rows[place]];
}
