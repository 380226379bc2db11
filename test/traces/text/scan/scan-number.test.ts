import { describe, expect, test } from "vitest";
import { scanEnd, scanFloat, scanWhole, SPARE } from "../../../../src/traces/text/scan/scan-number.js";

const textOf = (text: string): DataView =>
  new DataView(new TextEncoder().encode(text + "\n".repeat(1 + SPARE)).buffer);

/** The value of the field in a text and the place of the comma after it, or -1. */
function scan(read: typeof scanFloat, text: string): [value: number, end: number] {
  const into = new Float64Array([NaN, NaN]);
  const end = read(textOf(`8,${text},9`), 2, into, 1);
  return [into[1], end];
}

describe("a plain number is read and its end returned", () => {
  test.each([
    ["0", 0],
    ["600000000", 6e8],
    ["4155527081", 4155527081],
    ["999999999999999", 999999999999999],
    ["000000000000007", 7],
  ])("%s, whole", (text, value) => {
    expect(scan(scanWhole, text)).toEqual([value, 2 + text.length]);
  });

  test.each([
    ["0.06787", 0.06787],
    ["12345.123456789", 12345.123456789],
    ["0.1", 0.1],
    ["0.12", 0.12],
    ["0.123", 0.123],
    ["0.1234", 0.1234],
    ["9.537e-07", 9.537e-7],
    ["-0", -0],
    ["-12.5E+3", -12500],
    ["5.", 5],
    ["0.000000001", 1e-9],
  ])("%s, with a fraction or an exponent", (text, value) => {
    expect(scan(scanFloat, text)).toEqual([value, 2 + text.length]);
  });
});

describe("anything else is left alone", () => {
  test.each(["", "-1", "+1", "1.0", "1e3", "x", " 1", "1 ", "1;", "1é", "9007199254740991"])(
    "%s, whole",
    (text) => {
      expect(scan(scanWhole, text)[1]).toBe(-1);
    },
  );

  test.each([
    "",
    "-",
    ".5",
    "+1",
    "1e",
    "1e+",
    "1.2.3",
    "0.1234567890123456",
    "0.12345-",
    "1e23",
    "1e-30",
    "nan",
  ])("%s, with a fraction or an exponent", (text) => {
    expect(scan(scanFloat, text)[1]).toBe(-1);
  });
});

test("the end of a field is the first comma or line break, whatever its length", () => {
  for (let length = 0; length < 12; length++) {
    const field = "x\u00ac;+-.\x01\x7f0aZ~".slice(0, length);
    const bytes = new TextEncoder().encode(field).length;
    expect(scanEnd(textOf(`${field},y`), 0)).toBe(bytes);
    expect(scanEnd(textOf(`,${field}`), 1)).toBe(1 + bytes);
  }
});
