import fc from "fast-check";
import { expect, it } from "vitest";
import { packLanes } from "../../src/charts/pack-lanes.js";

it("puts spans that meet in one lane, and spans that overlap in two", () => {
  const spans = [
    { from: 0, to: 10 },
    { from: 10, to: 20 },
    { from: 5, to: 12 },
    { from: 11, to: 13 },
  ];
  expect(packLanes(spans)).toEqual([0, 0, 1, 2]);
  expect(packLanes([])).toEqual([]);
});

it("leaves the room that a span needs beside it", () => {
  expect(
    packLanes([
      { from: 0, to: 10, after: 3 },
      { from: 12, to: 20 },
      { from: 13, to: 20 },
    ]),
  ).toEqual([0, 1, 0]);
  expect(
    packLanes([
      { from: 0, to: 10 },
      { from: 12, to: 20, before: 3 },
    ]),
  ).toEqual([0, 1]);
});

it("has no overlap in a lane, and as many lanes as spans at the busiest moment", () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 15 }));
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 40 }), (drawn) => {
      const spans = drawn.map(([from, length]) => ({ from, to: from + length }));
      const lanes = packLanes(spans);
      spans.forEach((a, i) => {
        spans.forEach((b, j) => {
          if (i < j && lanes[i] === lanes[j]) expect(a.to <= b.from || b.to <= a.from).toBe(true);
        });
      });
      const together = (time: number): number =>
        spans.filter(({ from, to }) => from <= time && time < to).length;
      expect(Math.max(...lanes) + 1).toBe(Math.max(...spans.map(({ from }) => together(from))));
    }),
  );
});
