import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { byteCount, decimalNumber, wholeNumber } from "../../../src/tools/cli/numbers.js";

describe("wholeNumber", () => {
  it("takes digits in the range", () => {
    expect(["0", "7", "9007199254740991"].map(wholeNumber())).toEqual([0, 7, 9007199254740991]);
  });

  it.each(["", " 1", "1.0", "1e3", "-1", "+1", "0x10", "9007199254740992", "Infinity", "12a"])(
    "refuses %j",
    (text) => {
      expect(() => wholeNumber()(text)).toThrow(InvalidArgumentError);
    },
  );

  it("states the range", () => {
    expect(() => wholeNumber({ min: 1 })("0")).toThrow("Give a whole number of at least 1.");
    expect(() => wholeNumber({ min: 1, max: 9 })("10")).toThrow("Give a whole number from 1 to 9.");
  });
});

describe("decimalNumber", () => {
  it("takes decimals and exponents", () => {
    expect(["0.5", ".5", "-2", "1e-3", "5."].map((text) => decimalNumber()(text))).toEqual([
      0.5, 0.5, -2, 1e-3, 5,
    ]);
  });

  it("states the range", () => {
    expect(() => decimalNumber()("x")).toThrow("Give a number.");
    expect(() => decimalNumber({ max: 1 })("1.1")).toThrow("Give a number of at most 1.");
    expect(() => decimalNumber({ min: 0, max: 1 })("-0.1")).toThrow("Give a number from 0 to 1.");
  });
});

describe("byteCount", () => {
  it("takes a number and its unit", () => {
    expect(["0B", "1KB", "4GB", "1.5 GiB", "512mib"].map(byteCount)).toEqual([
      0,
      1e3,
      4e9,
      1.5 * 2 ** 30,
      2 ** 29,
    ]);
  });

  it.each(["", "4", "GB", "-1GB", "4TB", "1e3B"])("refuses %j", (text) => {
    expect(() => byteCount(text)).toThrow(InvalidArgumentError);
  });
});
