import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnWriter, writeFixed, writeNumber } from "../../src/base/write-numbers.js";

/** Any number except zero, from the least to the greatest double. */
const nonZero = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value !== 0);
/** One magnitude: fractions between a tenth and ten times the scale. */
const alike = fc
  .tuple(
    fc.integer({ min: -2, max: 6 }),
    fc.array(fc.double({ min: 1.001, max: 9.99, noNaN: true }), { minLength: 1 }),
  )
  .map(([decade, values]) => values.map((value) => value * 10 ** decade))
  .filter((values) => values.some((value) => !Number.isInteger(value)));

const relativeError = (text: string, value: number): number =>
  Math.abs(Number(text) - value) / Math.abs(value);
const decimalsOf = (text: string): number => text.split(".").at(1)?.length ?? 0;

describe("writeNumber", () => {
  it.each([
    [0.000123456, "0.0001235"],
    [1234567, "1234567"],
    [1234.56, "1235"],
    [0.5, "0.5"],
    [-0.25, "-0.25"],
    [-0, "0"],
    [1.23456e-9, "1.235e-9"],
    [NaN, "NaN"],
  ])("writes %d as %s", (value, text) => {
    expect(writeNumber(value)).toBe(text);
  });

  it("is the number within the promised digits", () => {
    fc.assert(
      fc.property(nonZero, fc.integer({ min: 1, max: 15 }), (value, digits) => {
        // Half a unit of the last digit, plus the rounding of doubles.
        expect(relativeError(writeNumber(value, digits), value)).toBeLessThanOrEqual(
          0.5 * 10 ** (1 - digits) * 1.001,
        );
      }),
    );
  });
});

describe("writeFixed", () => {
  it.each([
    [1.5, 2, "1.50"],
    [0, 2, "0.00"],
    [-0.001, 2, "-0.001"],
    [0.004999, 2, "0.005"],
    [0.005001, 2, "0.01"],
  ])("writes %d with %d decimals as %s", (value, decimals, text) => {
    expect(writeFixed(value, decimals)).toBe(text);
  });
});

describe("columnWriter", () => {
  const written = (values: number[], digits?: number): string[] => values.map(columnWriter(values, digits));

  it.each([
    [
      [0.25, 0.3125, 0.0314],
      ["0.2500", "0.3125", "0.0314"],
    ],
    [
      [0, 0.5],
      ["0.0", "0.5"],
    ],
    [
      [12.345, 1, 3],
      ["12.35", "1.00", "3.00"],
    ],
    [
      [12345.6, 23456.7],
      ["12346", "23457"],
    ],
    // Three decades: Gini coefficients and counts of one table.
    [
      [0.378, 12583, 0.0469, 5.25],
      ["0.378", "12583", "0.0469", "5.25"],
    ],
    [
      [12500, -3, 0],
      ["12500", "-3", "0"],
    ],
    [
      [0.0000123, 0.0000456],
      ["0.0000123", "0.0000456"],
    ],
    [
      [NaN, Infinity, 2.5],
      ["NaN", "Infinity", "2.5"],
    ],
  ])("writes %j as %j", (values, texts) => {
    expect(written(values)).toEqual(texts);
  });

  it("never writes a number other than zero as zero", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nonZero, fc.constant(0)), { minLength: 1 }), (values) => {
        written(values).forEach((text, i) => {
          expect(Number(text) === 0).toBe(values[i] === 0);
        });
      }),
    );
  });

  it("aligns the decimals of one magnitude", () => {
    fc.assert(
      fc.property(alike, (values) => {
        expect(new Set(written(values).map(decimalsOf)).size).toBe(1);
      }),
    );
  });

  it("is each number to one digit fewer than promised for the largest", () => {
    fc.assert(
      fc.property(fc.array(nonZero, { minLength: 1 }), fc.integer({ min: 2, max: 8 }), (values, digits) => {
        written(values, digits).forEach((text, i) => {
          expect(relativeError(text, values[i])).toBeLessThanOrEqual(0.5 * 10 ** (2 - digits) * 1.001);
        });
      }),
    );
  });
});
