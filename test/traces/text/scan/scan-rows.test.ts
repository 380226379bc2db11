import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  parseBoolean,
  parseFloating,
  parseId,
  parseInteger,
  parseTime,
} from "../../../../src/traces/text/csv-values.js";
import { createScanner, feed, finishScan } from "../../../../src/traces/text/scan/scan-rows.js";
import { createRow, type ColumnType } from "../../../../src/traces/text/row.js";

type ScannedType = Exclude<ColumnType, "string">;

const PARSE: Readonly<Record<ScannedType, (text: string) => number | bigint | string>> = {
  bigint: parseId,
  integer: parseInteger,
  float: parseFloating,
  boolean: parseBoolean,
  time: parseTime,
};
const TYPES = Object.keys(PARSE) as ScannedType[];

/** The value of the second field of a row of three, "bad" where the row is refused. */
function scan(text: string, type: ScannedType): number | bigint | "bad" {
  const schema = [
    { name: "before", type: "integer" },
    // Without limits, because the doubles themselves are compared.
    { name: "it", type, min: -Infinity, max: Infinity },
    { name: "after", type: "integer" },
  ] as const;
  const row = createRow(schema);
  let value: number | bigint | "bad" | undefined;
  const scanner = createScanner(schema, {
    row,
    visit: ({ numbers, ids }) => {
      expect([numbers[0], numbers[2]]).toEqual([7, 8]);
      value = type === "bigint" ? ids[1] : numbers[1];
    },
    onBadRow: (bad, line) => {
      expect([bad, line]).toEqual([`7,${text},8`, 1]);
      value = "bad";
      return true;
    },
  });
  feed(scanner, new TextEncoder().encode(`7,${text},8\n`));
  expect(finishScan(scanner)).toBe(1);
  return value!;
}

function expectTheSame(text: string, type: ScannedType): void {
  const parsed = PARSE[type](text);
  expect(scan(text, type), `${type} ${text}`).toBe(typeof parsed === "string" ? "bad" : parsed);
}

describe("a field is read from bytes as the strict reader reads its text", () => {
  test("an empty one is empty", () => {
    for (const type of TYPES) expect(scan("", type)).toBe(type === "bigint" ? -1n : NaN);
  });

  test.each([
    "0",
    "-0",
    "+5",
    "007",
    "1.5",
    "5.",
    ".5",
    "1e3",
    "1E-3",
    "9.537e-07",
    "1e",
    "1e+",
    "1e400",
    "1e-400",
    "--1",
    "1-",
    "inf",
    "nan",
    "0x1",
    "1_0",
    " 1",
    "1 ",
    "é",
    "9007199254740991",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "123456789012345",
    "1234567890123456",
    "0.1234567890123456789",
    "123456.7890123456",
    "2",
    "1.0",
    "8.5e22",
    "8.5e23",
    "4.35",
    "0.000001",
    "179769313486231570000e289",
  ])("%s", (text) => {
    for (const type of TYPES) expectTheSame(text, type);
  });

  test("whatever it is made of", () => {
    const text = fc.string({
      unit: fc.constantFrom(..."0123456789.eE+-".split(""), "12", "00", "e-0"),
      minLength: 1,
    });
    fc.assert(
      fc.property(text, fc.constantFrom(...TYPES), (value, type) => {
        expectTheSame(value, type);
      }),
      { numRuns: 3000 },
    );
  });

  test("any double, as JavaScript writes it and cut to some digits", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 17 }),
        (value, digits) => {
          expectTheSame(String(value), "float");
          expectTheSame(value.toPrecision(digits), "float");
          expectTheSame(value.toExponential(digits), "float");
        },
      ),
      { numRuns: 2000 },
    );
  });
});
