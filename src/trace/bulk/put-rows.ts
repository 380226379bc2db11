import type { Column } from "./row-file.js";
import { wordsOf } from "./words.js";

/**
 * Returns the values with that of row r at `places[r]`. Reads in order and writes out of it: a processor's caches hold the
 * ends of some hundred groups, not a whole column. Moves bytes: a loop over 64-bit integers would make an object of each.
 */
export function putRows<T extends Column>(values: T, places: Int32Array): T {
  const put = new (values.constructor as new (length: number) => T)(places.length);
  if (values instanceof Uint8Array) putBytes(values, places, put as Uint8Array);
  else if (values instanceof Uint16Array) putShorts(values, places, put as Uint16Array);
  else if (values instanceof Int32Array) putWords(values, places, put as Int32Array);
  else putPairs(wordsOf(values), places, wordsOf(put));
  return put;
}

/** Returns the values of these rows, in this order. */
export function pickRows<T extends Column>(values: T, rows: Int32Array): T {
  const picked = new (values.constructor as new (length: number) => T)(rows.length);
  if (values instanceof Uint8Array) pickBytes(values, rows, picked as Uint8Array);
  else if (values instanceof Uint16Array) pickShorts(values, rows, picked as Uint16Array);
  else if (values instanceof Int32Array) pickWords(values, rows, picked as Int32Array);
  else pickPairs(wordsOf(values), rows, wordsOf(picked));
  return picked;
}

// A function for each type: the engine makes fast code of a loop that has met one type alone.

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
