import fc from "fast-check";
import { expect, test } from "vitest";
import { growingTable, mapColumns } from "../../src/trace/growing-table.js";

const emptyTable = () =>
  growingTable<{ id: BigInt64Array; value: Float64Array }>({ id: BigInt64Array, value: Float64Array });

test("rows outlast every growth, and columns end with the last", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6000 }), (rows) => {
      const table = emptyTable();
      for (let i = 0; i < rows; i++) {
        const row = table.add();
        expect(row).toBe(i);
        table.columns.id[row] = BigInt(i) << 40n;
        table.columns.value[row] = i / 7;
      }
      expect(table.count()).toBe(rows);
      const expected = Array.from({ length: rows }, (_, i) => i);
      expect(table.finish()).toEqual({
        id: BigInt64Array.from(expected, (i) => BigInt(i) << 40n),
        value: Float64Array.from(expected, (i) => i / 7),
      });
    }),
    { numRuns: 20, examples: [[0], [1024], [1025], [1536], [1537]] },
  );
});

test("what is finished does not change with the table", () => {
  const table = emptyTable();
  table.columns.value[table.add()] = 1;
  const { value } = table.finish();
  table.columns.value[0] = 2;
  table.add();
  expect(value).toEqual(Float64Array.of(1));
});

test("mapped columns keep their names", () => {
  const columns = { a: Int32Array.of(1, 2, 3), b: Uint8Array.of(4, 5, 6) };
  const mapped = mapColumns(columns, (values) => values.subarray(1, 3));
  expect(mapped).toEqual({ a: Int32Array.of(2, 3), b: Uint8Array.of(5, 6) });
});
