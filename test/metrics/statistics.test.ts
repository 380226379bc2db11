import { describe, expect, it } from "vitest";
import { interquartileRange, median, medianAbsoluteDeviation } from "../../src/metrics/statistics.js";

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);

describe("median", () => {
  it("is the middle value, or the mean of the middle two", () => {
    expect(median(numbers(7))).toBe(7);
    expect(median(numbers(3, 1, 2))).toBe(2);
    expect(median(numbers(10, 1, 3, 2))).toBe(2.5);
  });
  it("sorts by value, not by digits, and does not change its input", () => {
    const values = numbers(10, 9, 100);
    expect(median(values)).toBe(10);
    expect([...values]).toEqual([10, 9, 100]);
  });
});

describe("medianAbsoluteDeviation", () => {
  it("is the median distance from the median", () => {
    // Median 2; distances 1, 1, 0, 0, 2, 4, 7.
    expect(medianAbsoluteDeviation(numbers(1, 1, 2, 2, 4, 6, 9))).toBe(1);
  });
});

describe("interquartileRange", () => {
  it("takes the values at places round(p (n + 1)), halves rounded up", () => {
    const squares = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => (i + 1) ** 2);
    // n = 12: places 3.25 -> 3 and 9.75 -> 10. n = 13: 3.5 -> 4 and 10.5 -> 11.
    expect(interquartileRange(squares(12).reverse())).toBe(100 - 9);
    expect(interquartileRange(squares(13))).toBe(121 - 16);
    // n = 30: places 7.75 -> 8 and 23.25 -> 23.
    expect(interquartileRange(squares(30))).toBe(529 - 64);
  });
});
