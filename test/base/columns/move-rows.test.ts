import fc from "fast-check";
import { expect, test } from "vitest";
import { pickRows, putRows } from "../../../src/base/columns/move-rows.js";
import type { Column } from "../../../src/base/columns/column.js";

const KINDS = [
  (values: number[]): Column => Uint8Array.from(values),
  (values: number[]): Column => Uint16Array.from(values, (value) => 257 * value),
  (values: number[]): Column => Int32Array.from(values, (value) => value - 2 ** 31),
  (values: number[]): Column => Float64Array.from(values, (value) => value / 7),
  (values: number[]): Column => BigInt64Array.from(values, (value) => BigInt(value) - 2n ** 40n),
];
const bytes = fc.array(fc.nat(255), { maxLength: 40 });

/** The places 0 to `length` - 1 in another order. */
function shuffled(length: number, keys: readonly number[]): Int32Array {
  return Int32Array.from({ length }, (_, row) => row).sort((a, b) => keys[a] - keys[b] || b - a);
}

test("the value of each row goes to its place, of every type", () => {
  fc.assert(
    fc.property(bytes, fc.infiniteStream(fc.nat(9)), (values, keys) => {
      const places = shuffled(
        values.length,
        values.map(() => keys.next().value as number),
      );
      for (const columnOf of KINDS) {
        const put = putRows(columnOf(values), places);
        const expected: number[] = [];
        values.forEach((value, row) => (expected[places[row]] = value));
        expect(put).toEqual(columnOf(expected));
        // `pickRows` reverses `putRows`.
        expect(pickRows(put, places)).toEqual(columnOf(values));
      }
    }),
  );
});

test("rows are picked in the given order, some never, some twice", () => {
  for (const columnOf of KINDS) {
    const column = columnOf([5, 6, 7, 8]).subarray(1);
    expect(pickRows(column, Int32Array.of(2, 0, 2))).toEqual(columnOf([8, 6, 8]));
    expect(pickRows(column, new Int32Array(0))).toEqual(columnOf([]));
  }
});
