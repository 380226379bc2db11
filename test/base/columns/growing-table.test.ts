import fc from "fast-check";
import { expect, test } from "vitest";
import { addRow, finishTable, growingTable } from "../../../src/base/columns/growing-table.js";

const columnsOf = (rows: number) => ({ id: new BigInt64Array(rows), value: new Float64Array(rows) });
const emptyTable = () => growingTable(columnsOf);

test("rows survive every growth, and columns end with the last row", () => {
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
