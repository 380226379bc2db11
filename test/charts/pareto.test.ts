import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nonDominated, paretoFront } from "../../src/charts/pareto.js";

describe("paretoFront", () => {
  it("keeps equal points and leaves out undefined ones", () => {
    expect(paretoFront([1, 1, 0, NaN, 2], [1, 1, 2, 0, 1])).toEqual([2, 0, 1]);
  });

  it("equals the result of comparing every pair", () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(fc.array(point, { maxLength: 30 }), (points) => {
        const beaten = ([x, y]: [number, number]): boolean =>
          points.some(([a, b]) => a <= x && b <= y && (a < x || b < y));
        const expected = points.flatMap((each, row) => (beaten(each) ? [] : [row]));
        const front = paretoFront(
          points.map(([x]) => x),
          points.map(([, y]) => y),
        );
        expect([...front].sort((a, b) => a - b)).toEqual(expected);
        expect(front.map((row) => points[row][0])).toEqual(
          expected.map((row) => points[row][0]).sort((a, b) => a - b),
        );
      }),
    );
  });

  it("refuses columns of unequal length", () => {
    expect(() => paretoFront([1], [])).toThrow("1 x values but 0 y values: give the same number of both");
  });
});

describe("nonDominated", () => {
  it("keeps rows that no other row dominates, and equal rows", () => {
    const gini = [3, 2, 1, 3, 1, NaN];
    const bytes = [0, 5, 9, 1, 9, 0];
    const harm = [1, 1, 1, 1, 1, 1];
    expect(nonDominated([gini, bytes, harm])).toEqual([0, 1, 2, 4]);
    // Row 3 is kept if a third column is in its favor.
    expect(nonDominated([gini, bytes, [1, 1, 1, 0, 1, 1]])).toEqual([0, 1, 2, 3, 4]);
  });

  it("equals the Pareto front for two columns", () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 6 }), y: fc.integer({ min: 0, max: 6 }) });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 12 }), (points) => {
        const [x, y] = [points.map((p) => p.x), points.map((p) => p.y)];
        expect(nonDominated([x, y])).toEqual(paretoFront(x, y).sort((a, b) => a - b));
      }),
    );
  });
});
