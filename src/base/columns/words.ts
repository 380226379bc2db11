/**
 * Returns what values of 32 or 64 bits consist of, the lower word of each first: a view, not a copy. A 64-bit
 * integer is an object to the engine.
 */
export function wordsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}
