import { describe, expect, it } from "vitest";
import { column, groupMeans, numbers, stepsPerPoint, timeAxis, withUnit } from "../../src/charts/columns.js";

it("numbers and column write values that are not finite as null", () => {
  expect(numbers([1, NaN, -Infinity, 0])).toEqual([1, null, null, 0]);
  expect(column("a", { en: "A", zh: "甲" }, "s", Float64Array.of(NaN, 2)).values).toEqual([null, 2]);
  expect(column("a", { en: "A", zh: "甲" }, "", ["x"]).values).toEqual(["x"]);
});

describe("groupMeans", () => {
  it("averages neighbors without undefined values; the last group may be shorter", () => {
    expect(Array.from(groupMeans([1, 3, NaN, 5, NaN, NaN, 8], 2))).toEqual([2, 5, NaN, 8]);
  });

  it("changes nothing in groups of one", () => {
    expect(Array.from(groupMeans([1, NaN], 1))).toEqual([1, NaN]);
  });
});

it("a line has at most 300 points", () => {
  expect([1, 300, 301, 8640].map((steps) => stepsPerPoint(steps))).toEqual([1, 1, 2, 29]);
});

it("time is in hours for three days, then in days, with at most seven ticks of hours", () => {
  expect(timeAxis(3600 * 12)).toMatchObject({
    seconds: 3600,
    unit: "h",
    layout: { range: [0, 12], dtick: 2 },
  });
  expect(timeAxis(3600 * 72).layout.dtick).toBe(12);
  expect(timeAxis(3600 * 73)).toMatchObject({ seconds: 86_400, unit: "d", layout: { dtick: 1 } });
});

it("withUnit uses each language's brackets", () => {
  expect(withUnit({ en: "Wait", zh: "等待" }, "s")).toEqual({ en: "Wait (s)", zh: "等待（s）" });
  expect(withUnit({ en: "Moves", zh: "次数" }, "")).toEqual({ en: "Moves", zh: "次数" });
});
