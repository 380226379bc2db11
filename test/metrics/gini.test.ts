import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import {
  BALANCED_BELOW,
  gini,
  giniAuthor,
  giniBand,
  giniOfSorted,
  giniUnbiased,
  giniWeighted,
  lorenz,
  pairDifferenceOfSorted,
} from "../../src/metrics/gini.js";

const load = fc.double({ min: 0, max: 1e3, noNaN: true }).map((value) => (value < 1e-9 ? 0 : value));
const loads = fc.array(load, { minLength: 1, maxLength: 60 }).filter((values) => values.some((v) => v > 0));

function byPairs(values: readonly number[]): number {
  let sum = 0;
  for (const a of values) for (const b of values) sum += Math.abs(a - b);
  return sum / (2 * values.length * values.reduce((x, y) => x + y, 0));
}

function byRanks(values: readonly number[]): number {
  const n = values.length;
  const sorted = [...values].sort((a, b) => a - b);
  return (
    sorted.reduce((sum, x, i) => sum + (2 * (i + 1) - n - 1) * x, 0) / (n * sorted.reduce((a, b) => a + b, 0))
  );
}

function byLorenz(values: readonly number[]): number {
  const { population, share } = lorenz(values);
  let area = 0;
  for (let i = 1; i < share.length; i++) {
    area += ((population[i] - population[i - 1]) * (share[i] + share[i - 1])) / 2;
  }
  return 1 - 2 * area;
}

const oneHot = (n: number): number[] => Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0));

describe("gini", () => {
  it("agrees with values computed by hand", () => {
    // |differences| of 1, 2, 3, 4 add up to 10 over pairs; 10 / (4 * 10).
    expect(gini([4, 2, 1, 3])).toBeCloseTo(0.25, 15);
    expect(gini([0, 1])).toBe(0.5);
    expect(gini(Float32Array.of(5))).toBe(0);
  });

  it("agrees with the pairwise, rank and Lorenz forms", () => {
    fc.assert(
      fc.property(loads, (values) => {
        const g = gini(values);
        expect(Math.abs(g - byPairs(values))).toBeLessThan(1e-12);
        expect(Math.abs(g - byRanks(values))).toBeLessThan(1e-12);
        expect(Math.abs(g - byLorenz(values))).toBeLessThan(1e-12);
      }),
    );
  });

  it("lies between 0 and 1 - 1/n, does not depend on order or scale", () => {
    fc.assert(
      fc.property(loads, fc.double({ min: 0.01, max: 100, noNaN: true }), (values, scale) => {
        const g = gini(values);
        expect(g).toBeGreaterThanOrEqual(0);
        expect(g).toBeLessThanOrEqual(1 - 1 / values.length + 1e-12);
        expect(gini([...values].reverse())).toBe(g);
        expect(Math.abs(gini(values.map((v) => v * scale)) - g)).toBeLessThan(1e-12);
      }),
    );
  });

  it("reaches its bounds: exactly 0 for equal values, 1 - 1/n if one machine carries everything", () => {
    expect(gini(new Float64Array(799).fill(0.1))).toBe(0);
    expect(gini(oneHot(800))).toBeCloseTo(0.99875, 15);
    expect(giniUnbiased(oneHot(800))).toBeCloseTo(1, 14);
  });

  it("gives the thesis's examples: 1/3 for a uniform spread, nearly 1 for a thousand zeros and a one", () => {
    // Midpoints of n cells have G = 1/3 - 1/(3 n^2).
    expect(gini(Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000))).toBeCloseTo(1 / 3 - 1 / 3e6, 12);
    expect(gini([...new Array<number>(1000).fill(0), 1])).toBeCloseTo(1000 / 1001, 14);
  });

  it("never rises when load moves from a more to a less loaded machine (Pigou-Dalton)", () => {
    fc.assert(
      fc.property(
        fc.array(load, { minLength: 2, maxLength: 40 }),
        fc.nat(),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, i, j, part) => {
          const [a, b] = [i % values.length, j % values.length];
          const gap = values[a] - values[b];
          fc.pre(gap > 1e-3);
          const after = [...values];
          after[a] -= part * gap;
          after[b] += part * gap;
          expect(gini(after)).toBeLessThanOrEqual(gini(values) + 1e-12);
          after[a] = after[b] = (values[a] + values[b]) / 2;
          expect(gini(after)).toBeLessThan(gini(values));
        },
      ),
    );
  });

  it("is undefined without load, and refuses invalid loads", () => {
    expect(gini([])).toBeNaN();
    expect(gini([0, 0])).toBeNaN();
    expect(giniUnbiased([1])).toBeNaN();
    for (const bad of [-1, NaN, Infinity]) {
      expect(() => gini([1, bad])).toThrow(InputError);
      expect(() => gini([1, bad])).toThrow(`value 1 is ${bad}: give a finite number that is not negative`);
    }
  });

  it("of sorted values needs no copy", () => {
    const sorted = Float64Array.of(1, 2, 3, 4);
    expect(giniOfSorted(sorted)).toBe(gini(sorted));
    expect(pairDifferenceOfSorted(sorted)).toBe(10);
    expect(giniOfSorted(new Float64Array(3))).toBeNaN();
  });
});

describe("giniWeighted", () => {
  it("equals gini for equal weights, and for machines split into equal parts", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(load, fc.integer({ min: 0, max: 4 })), { maxLength: 30 }), (machines) => {
        const values = machines.map(([value]) => value);
        const weights = machines.map(([, weight]) => weight);
        const parts = machines.flatMap(([value, weight]) => new Array<number>(weight).fill(value));
        const g = gini(parts);
        fc.pre(!Number.isNaN(g));
        expect(Math.abs(giniWeighted(values, weights) - g)).toBeLessThan(1e-12);
        const equal = giniWeighted(
          values,
          values.map(() => 0.3),
        );
        expect(Math.abs(equal - gini(values))).toBeLessThan(1e-12);
      }),
    );
  });

  it("agrees with a value computed by hand", () => {
    // Half of the capacity at 0.2, half at 0.6 in two machines: Lorenz points (0,0) (0.5,0.25) (1,1), G =
    // 0.25.
    expect(giniWeighted([0.6, 0.2, 0.6], [0.25, 0.5, 0.25])).toBeCloseTo(0.25, 14);
    expect(giniWeighted([0.7, 0.7, 0.7], [0.1, 0.2, 0.3])).toBe(0);
  });

  it("is undefined without load or weight, and refuses columns that do not match", () => {
    expect(giniWeighted([1], [0])).toBeNaN();
    expect(giniWeighted([], [])).toBeNaN();
    expect(() => giniWeighted([1, 2], [1])).toThrow("values has 2 rows, weights 1");
    expect(() => giniWeighted([1, 2], [1, -1])).toThrow("weight 1 is -1");
  });
});

describe("giniAuthor", () => {
  it("is gini except for 1e-7 if all values are 0 or more", () => {
    expect(giniAuthor([1, 2, 3, 4])).toBeCloseTo(10 / (4 * (10 + 4e-7)), 15);
    expect(giniAuthor([0, 0])).toBe(0);
  });

  it("shifts by the minimum if it is negative", () => {
    // -1, 0, 1 become 0, 1, 2: G = 4 / (3 * 3).
    expect(giniAuthor([-1, 0, 1])).toBeCloseTo(4 / 9, 6);
    expect(giniAuthor([])).toBeNaN();
    expect(() => giniAuthor([1, NaN])).toThrow(InputError);
  });
});

describe("lorenz", () => {
  it("goes from (0, 0) to (1, 1), least loaded first", () => {
    const { population, share } = lorenz([3, 1]);
    expect([...population]).toEqual([0, 0.5, 1]);
    expect([...share]).toEqual([0, 0.25, 1]);
  });

  it("is a gap where there is no load", () => {
    expect([...lorenz([0, 0]).share]).toEqual([NaN, NaN, NaN]);
    expect([...lorenz([]).population]).toEqual([0]);
  });
});

describe("giniBand", () => {
  it("extends the draft's bands up to the next band", () => {
    const names = [0, 0.1999, 0.2, 0.295, 0.3, 0.395, 0.4, 0.599, 0.6, 1].map((g) => giniBand(g)?.name);
    expect(names).toEqual([
      "highly even",
      "highly even",
      "fairly even",
      "fairly even",
      "medium",
      "medium",
      "large gap",
      "large gap",
      "extremely uneven",
      "extremely uneven",
    ]);
    expect(giniBand(BALANCED_BELOW)?.name).toBe("fairly even");
  });

  it("has no band for NaN and refuses values outside 0 to 1", () => {
    expect(giniBand(NaN)).toBeUndefined();
    expect(() => giniBand(-0.1)).toThrow(InputError);
    expect(() => giniBand(1.1)).toThrow(InputError);
  });
});
