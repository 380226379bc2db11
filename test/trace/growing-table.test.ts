import fc from "fast-check";
import { expect, test } from "vitest";
import { addRow, finishTable, growingTable, joinColumns, mapColumns } from "../../src/trace/growing-table.js";

const columnsOf = (rows: number) => ({ id: new BigInt64Array(rows), value: new Float64Array(rows) });
const emptyTable = () => growingTable(columnsOf);

test("rows outlast every growth, and columns end with the last", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6000 }), (rows) => {
      const table = emptyTable();
      for (let i = 0; i < rows; i++) {
        const row = addRow(table);
        expect(row).toBe(i);
        table.columns.id[row] = BigInt(i) << 40n;
        table.columns.value[row] = i / 7;
      }
      expect(table.rows).toBe(rows);
      const expected = Array.from({ length: rows }, (_, i) => i);
      expect(finishTable(table)).toEqual({
        id: BigInt64Array.from(expected, (i) => BigInt(i) << 40n),
        value: Float64Array.from(expected, (i) => i / 7),
      });
    }),
    { numRuns: 20, examples: [[0], [1024], [1025], [2048], [2049]] },
  );
});

test("mapped columns keep their names", () => {
  const columns = { a: Int32Array.of(1, 2, 3), b: Uint8Array.of(4, 5, 6) };
  const mapped = mapColumns(columns, (values) => values.subarray(1, 3));
  expect(mapped).toEqual({ a: Int32Array.of(2, 3), b: Uint8Array.of(5, 6) });
});

test("pieces are joined in order, none and one among them", () => {
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
