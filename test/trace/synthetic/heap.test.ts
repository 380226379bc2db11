import fc from "fast-check";
import { expect, it } from "vitest";
import { createHeap } from "../../../src/trace/synthetic/heap.js";

it("gives items back in order of key, equal keys in the order they came", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5)), (keys) => {
      const heap = createHeap<readonly [number, number]>();
      keys.forEach((key, turn) => {
        heap.push(key, [key, turn]);
      });
      const out = keys.map(() => {
        const least = heap.least();
        const item = heap.pop()!;
        expect(item[0]).toBe(least);
        return item;
      });
      const expected = keys.map((key, turn) => [key, turn]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(out).toEqual(expected);
      expect([heap.least(), heap.pop()]).toEqual([Infinity, undefined]);
    }),
  );
});
