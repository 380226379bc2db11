import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadSort } from "../../src/base/sort.js";

/** Few distinct values make ties; values far away put all others into one bucket. */
const key = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.double({ noNaN: true, min: -1, max: 1 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE),
);

describe("spread sort", () => {
  it("sorts keys, and rows with them", () => {
    const keys = Float64Array.of(0.5, 0.1, 0.9, 0.1, 0.3);
    const rows = Int32Array.of(10, 11, 12, 13, 14);
    spreadSort(keys, rows);
    expect([...keys]).toEqual([0.1, 0.1, 0.3, 0.5, 0.9]);
    expect([...rows]).toEqual([11, 13, 14, 10, 12]);
  });

  it("gives the same as a stable comparison sort, also in repeated calls", () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), (values) => {
        const order = [...values.keys()].sort((a, b) =>
          values[a] < values[b] ? -1 : +(values[a] > values[b]),
        );
        const alone = Float64Array.from(values);
        spreadSort(alone);
        expect([...alone].map((v) => v + 0)).toEqual(order.map((i) => values[i] + 0));
        const keys = Float64Array.from(values);
        const rows = Int32Array.from(values.keys());
        spreadSort(keys, rows);
        expect([...rows]).toEqual(order);
        expect([...keys]).toEqual(order.map((i) => values[i]));
      }),
    );
  });

  it("leaves keys that are in one bucket to the library, with and without rows", () => {
    const values = Float64Array.from({ length: 200 }, (_, i) => (i === 0 ? 1e9 : 200 - i + (i % 3) / 10));
    const expected = values.slice().sort();
    const keys = values.slice();
    spreadSort(keys);
    expect(keys).toEqual(expected);
    const rows = Int32Array.from(values.keys());
    spreadSort(values, rows);
    expect(values).toEqual(expected);
    expect([...rows.slice(-2), rows[0]]).toEqual([1, 0, 199]);
  });

  it("sorts more keys than its buffers hold, with ties in order", () => {
    const values = Float64Array.from({ length: 2 ** 17 + 5 }, (_, i) => (i * 7919) % 1000);
    const [keys, rows] = [values.slice(), Int32Array.from(values.keys())];
    spreadSort(keys, rows);
    expect(keys).toEqual(values.slice().sort());
    let [wrong, early] = [0, 0];
    for (let i = 0; i < rows.length; i++) {
      if (values[rows[i]] !== keys[i]) wrong++;
      if (i > 0 && keys[i] === keys[i - 1] && rows[i] < rows[i - 1]) early++;
    }
    expect([wrong, early]).toEqual([0, 0]);
    const alone = values.slice();
    spreadSort(alone);
    expect(alone).toEqual(keys);
  });
});
