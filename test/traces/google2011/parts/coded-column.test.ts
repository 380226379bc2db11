import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  codeColumn,
  decodeInto,
  isCoded,
  type CodedColumn,
} from "../../../../src/traces/google2011/parts/coded-column.js";
import type { Column } from "../../../../src/base/columns/column.js";

/** A column of this many rows that go through these values again and again. */
function repeated<T extends Column>(values: T, rows: number): T {
  const column = new (values.constructor as new (length: number) => T)(rows);
  for (let row = 0; row < rows; row++) column[row] = values[row % values.length];
  return column;
}

function coded(column: Column): CodedColumn {
  const made = codeColumn(column);
  if (!isCoded(made)) throw new Error("not coded");
  return made;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const distinct = fc.oneof(
  fc.uniqueArray(int64, { minLength: 1, maxLength: 40 }).map((values): Column => BigInt64Array.from(values)),
  fc
    .uniqueArray(fc.integer(), { minLength: 1, maxLength: 40 })
    .map((values): Column => Int32Array.from(values)),
  fc
    .uniqueArray(fc.double(), { minLength: 1, maxLength: 40, comparator: "SameValue" })
    .map((values): Column => Float64Array.from(values)),
);

describe("a coded column", () => {
  test("has each value once, in order of first sight, and gives every bit back", () => {
    fc.assert(
      fc.property(distinct, fc.nat(5), (values, at) => {
        const column = repeated(values, 32 * values.length);
        const made = coded(column);
        expect(made.values).toEqual(values);
        const into = new (column.constructor as new (length: number) => Column)(at + column.length);
        decodeInto(into, at, made.codes, made.values);
        expect(bytesOf(into.subarray(at))).toEqual(bytesOf(column));
        expect(into.subarray(0, at).every((value) => Number(value) === 0)).toBe(true);
      }),
    );
  });

  test("tells values apart by their bits", () => {
    const values = Float64Array.of(0, -0, NaN, 1, Infinity);
    expect(coded(repeated(values, 160)).values).toEqual(values);
    // Alike in the lower word, alike in the upper.
    const ids = BigInt64Array.of(1n, 2n ** 32n + 1n, 2n ** 32n, -1n);
    expect(coded(repeated(ids, 128)).values).toEqual(ids);
  });

  test("is left as it is with a value for fewer than 32 rows, or with more than two bytes can number", () => {
    const seven = Int32Array.from({ length: 7 }, (_, i) => i);
    expect(isCoded(codeColumn(repeated(seven, 7 * 32)))).toBe(true);
    const few = repeated(seven, 7 * 32 - 1);
    expect(codeColumn(few)).toBe(few);
    const numbers = Int32Array.from({ length: 2 ** 16 + 1 }, (_, i) => i);
    const rows = 32 * numbers.length;
    expect(coded(repeated(numbers.subarray(1), rows)).values.length).toBe(2 ** 16);
    expect(isCoded(codeColumn(repeated(numbers, rows)))).toBe(false);
  });

  test("is not made of rows that there are not, nor of bytes", () => {
    for (const column of [new BigInt64Array(0), new Uint8Array(99), new Uint16Array(99)]) {
      expect(codeColumn(column)).toBe(column);
    }
  });
});
