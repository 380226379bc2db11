import fc from "fast-check";
import { expect, test } from "vitest";
import { joinColumns, mapColumns, pickColumns, rowsWhere } from "../../../src/base/columns/columns.js";

const columnsOf = (rows: number) => ({ id: new BigInt64Array(rows), value: new Float64Array(rows) });

test("mapped columns keep their names", () => {
  const columns = { a: Int32Array.of(1, 2, 3), b: Uint8Array.of(4, 5, 6) };
  const mapped = mapColumns(columns, (values) => values.subarray(1, 3));
  expect(mapped).toEqual({ a: Int32Array.of(2, 3), b: Uint8Array.of(5, 6) });
});

test("pieces are joined in order, also none and a single one", () => {
  const piece = (...rows: number[]) => ({
    id: BigInt64Array.from(rows, BigInt),
    value: Float64Array.from(rows, (row) => row / 3),
  });
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(99), { maxLength: 4 }), { maxLength: 4 }), (pieces) => {
      expect(
        joinColumns(
          columnsOf,
          pieces.map((rows) => piece(...rows)),
        ),
      ).toEqual(piece(...pieces.flat()));
    }),
  );
});

test("the same rows are picked from each column", () => {
  const columns = { id: BigInt64Array.of(5n, 6n, 7n), kind: Uint8Array.of(1, 2, 3) };
  expect(pickColumns(columns, Int32Array.of(2, 0))).toEqual({
    id: BigInt64Array.of(7n, 5n),
    kind: Uint8Array.of(3, 1),
  });
});

test("rows are kept in order, also none and all", () => {
  expect(rowsWhere(5, (row) => row % 2 === 1)).toEqual(Int32Array.of(1, 3));
  expect(rowsWhere(3, () => true)).toEqual(Int32Array.of(0, 1, 2));
  expect(rowsWhere(3, () => false)).toEqual(new Int32Array(0));
});
