import { describe, expect, it } from "vitest";
import { parseDecimal } from "../../src/base/decimal.js";

describe("parseDecimal", () => {
  it.each([
    ["0", 0],
    ["-1.5e3", -1500],
    ["+.25", 0.25],
    ["7.", 7],
  ])("reads %s", (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });

  it.each(["", ".", "1x", "1,5", "Infinity", "NaN", "1e999", "--1", "0x1"])(
    "gives undefined for %j",
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );
});
