import type { Column } from "./row-file.js";

/** Returns the values of these rows, in their order. Moves bytes: a loop over 64-bit integers would make an object of each. */
export function takeRows<T extends Column>(values: T, rows: Int32Array): T {
  const taken = new (values.constructor as new (length: number) => T)(rows.length);
  if (values instanceof Uint8Array) takeBytes(values, rows, taken as Uint8Array);
  else if (values instanceof Uint16Array) takeShorts(values, rows, taken as Uint16Array);
  else if (values instanceof Int32Array) takeWords(values, rows, taken as Int32Array);
  else takePairs(wordsOf(values), rows, wordsOf(taken));
  return taken;
}

function wordsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

// A function for each type: the engine makes fast code of a loop that has met one type alone.

function takePairs(values: Int32Array, rows: Int32Array, taken: Int32Array): void {
  for (let i = 0; i < rows.length; i++) {
    taken[2 * i] = values[2 * rows[i]];
    taken[2 * i + 1] = values[2 * rows[i] + 1];
  }
}

function takeWords(values: Int32Array, rows: Int32Array, taken: Int32Array): void {
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]];
}

function takeShorts(values: Uint16Array, rows: Int32Array, taken: Uint16Array): void {
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]];
}

function takeBytes(values: Uint8Array, rows: Int32Array, taken: Uint8Array): void {
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]];
}
