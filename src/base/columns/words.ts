/**
 * Returns values of 32 or 64 bits as 32-bit words, the lower word of each value first. The result is a view,
 * not a copy. Words are used because V8 makes an object of each 64-bit integer.
 */
export function wordsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}
