import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawUniform, randomState } from "../../../src/base/random.js";
import {
  equilibriumRemainders,
  near,
  pickPart,
  pickShare,
  probabilityOf,
  quantileAt,
  remainderAt,
  tableMean,
  thin,
  type QuantileTable,
} from "../../../src/traces/synthetic/quantiles.js";

const TABLE: QuantileTable = [
  [0, 1],
  [0.5, 100],
  [1, 10_000],
];
const random = randomState(1, "workload", "test");

describe("quantileAt", () => {
  it.each([
    [0, 1],
    [0.25, 10],
    [0.5, 100],
    [0.75, 1000],
    [1, 10_000],
  ])("at %d is %d, linear in the logarithm", (u, value) => {
    expect(quantileAt(TABLE, u)).toBeCloseTo(value, 8);
  });

  it("is undone by probabilityOf", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (u) => {
        expect(probabilityOf(TABLE, quantileAt(TABLE, u))).toBeCloseTo(u, 9);
      }),
    );
  });
});

describe("tableMean", () => {
  it("is the mean of a log-uniform law, (b - a) / log(b / a)", () => {
    expect(tableMean(TABLE)).toBeCloseTo(9999 / Math.log(10_000), 1);
  });
});

describe("remainderAt", () => {
  it("has the mean E[D^2] / 2 E[D] of renewal theory", () => {
    const remainders = equilibriumRemainders(TABLE);
    let sum = 0;
    const draws = 100_000;
    for (let i = 0; i < draws; i++) sum += remainderAt(remainders, drawUniform(random), drawUniform(random));
    const expected = tableMean(TABLE, (value) => value * value) / (2 * tableMean(TABLE));
    expect(Math.abs(sum / draws / expected - 1)).toBeLessThan(0.02);
  });
});

describe("near", () => {
  it("stays in [0, 1], within half the width", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (u) => {
        const moved = near(u, 0.4, random);
        expect(moved >= 0 && moved <= 1 && Math.abs(moved - u) <= 0.2).toBe(true);
      }),
    );
  });

  it("keeps uniform numbers uniform", () => {
    const tenths = new Float64Array(10);
    for (let i = 0; i < 100_000; i++)
      tenths[Math.min(9, Math.floor(10 * near(drawUniform(random), 0.8, random)))]++;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe("pickShare and pickPart", () => {
  it("pick what holds u", () => {
    const shares = [
      [7, 0.25],
      [8, 0.75],
    ] as const;
    expect([0, 0.24, 0.25, 0.999].map((u) => pickShare(shares, u))).toEqual([7, 7, 8, 8]);
    expect([0, 0.49, 0.5, 1].map((u) => pickPart([3, 4], u))).toEqual([3, 3, 4, 4]);
  });
});

describe("thin", () => {
  it("is binomial: mean np, variance np(1 - p)", () => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < 20_000; i++) {
      const count = thin(50, 0.3, random);
      sum += count;
      squares += (count - 15) ** 2;
    }
    expect(sum / 20_000).toBeCloseTo(15, 0);
    expect(Math.abs(squares / 20_000 - 10.5)).toBeLessThan(0.5);
    expect(thin(50, 1, random)).toBe(50);
  });
});
