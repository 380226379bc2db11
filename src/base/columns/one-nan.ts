/**
 * NaN in one form. Processors give NaNs with either sign, so that equal results would have different bytes:
 * whatever stores numbers as bytes takes them from here.
 */

/** The quiet NaN of IEEE 754 with no other bit set, which JavaScript's constant is, too. */
const BITS_64 = 0x7ff8_0000_0000_0000n;
const BITS_32 = 0x7fc0_0000;

/** A number of these bits; as a constant, a compiler could take any NaN for it. */
const [NAN] = new Float64Array(BigUint64Array.of(BITS_64).buffer);

/** Returns the value, with the one form of NaN. */
export function oneNaN(value: number): number {
  return Number.isNaN(value) ? NAN : value;
}

/** Gives all NaNs in the columns of floats the one form, in place. Returns the columns. */
export function withOneNaN<T extends object>(columns: T): T {
  for (const column of Object.values(columns) as unknown[]) {
    if (column instanceof Float64Array) settle(column, bitsOf(column, BigUint64Array), BITS_64);
    if (column instanceof Float32Array) settle(column, bitsOf(column, Uint32Array), BITS_32);
  }
  return columns;
}

function bitsOf<B>(
  { buffer, byteOffset, length }: Float64Array | Float32Array,
  Bits: new (buffer: ArrayBufferLike, byteOffset: number, length: number) => B,
): B {
  return new Bits(buffer, byteOffset, length);
}

function settle<V>(column: ArrayLike<number>, bits: { [row: number]: V }, nan: V): void {
  for (let row = 0; row < column.length; row++) if (Number.isNaN(column[row])) bits[row] = nan;
}
