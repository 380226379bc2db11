import { describe, expect, it } from "vitest";
import {
  ANYTHING,
  checkKeys,
  checkValue,
  FUNCTION,
  listOf,
  number,
  OBJECT,
  oneOf,
  optional,
  SEEDS,
  whole,
  type Check,
} from "../../src/base/checks.js";
import { describeValue, InputError } from "../../src/base/errors.js";

const VALUES = [
  undefined,
  null,
  "5",
  NaN,
  Infinity,
  -Infinity,
  [5],
  new Float64Array(1),
  {},
  () => 5,
  true,
  5n,
];

describe("number", () => {
  it.each<[string, Check, number[], [number, string][]]>([
    ["any", number(), [-1e308, 0, 0.5], [[Infinity, "give a number"]]],
    ["min", number({ min: 0 }), [0, 1e308], [[-1, "give a number of 0 or more"]]],
    ["above", number({ above: 0 }), [1e-300], [[0, "give a number above 0"]]],
    [
      "above and below",
      number({ above: 0, below: 1 }),
      [0.5],
      [
        [0, "give a number above 0 and below 1"],
        [1, "give a number above 0 and below 1"],
      ],
    ],
    [
      "min and max",
      number({ min: 1, max: 22, whole: true }),
      [1, 22],
      [
        [0, "give a whole number of 1 or more"],
        [23, "give a whole number from 1 to 22"],
        [1.5, "give a whole number of 1 or more"],
      ],
    ],
    ["above and max", number({ above: 0, max: 9 }), [9], [[10, "give a number above 0 of at most 9"]]],
    ["whole", whole(), [1, 2 ** 53 - 1], [[2 ** 53, "give a whole number of 1 or more"]]],
  ])("%s", (_, check, right, wrong) => {
    for (const value of right) expect(check(value), `${value}`).toBeUndefined();
    for (const [value, remedy] of wrong) expect(check(value), `${value}`).toBe(remedy);
    for (const value of VALUES) expect(check(value), describeValue(value)).toMatch(/^give a (whole )?number/);
  });

  it("is infinite only where the range says so", () => {
    expect(number({ min: 1, max: Infinity })(Infinity)).toBeUndefined();
    expect(number({ min: 1, max: Infinity })(NaN)).toBe("give a number of 1 or more");
  });
});

describe("lists, objects, functions and names", () => {
  it.each<[string, Check, unknown[]]>([
    ["a list of numbers", listOf(number()), [[5], new Float64Array(1)]],
    ["an object", OBJECT, [{}]],
    ["a function", FUNCTION, [VALUES[9]]],
    ["a name", oneOf(["fair", "srpt"]), ["fair"]],
    ["seeds", SEEDS, [[5], new Float64Array(1)]],
    ["what may be left out", optional(FUNCTION), [undefined, VALUES[9]]],
  ])("%s", (_, check, right) => {
    for (const value of right) expect(check(value)).toBeUndefined();
    const others = VALUES.filter(
      (value) => !right.some((one) => Object.is(one, value) || isAlike(one, value)),
    );
    for (const value of others) expect(check(value), describeValue(value)).toMatch(/^give |^entry 0 is/);
  });

  const isAlike = (one: unknown, other: unknown): boolean =>
    typeof one === "object" && one !== null && other !== null && other?.constructor === one.constructor;

  it("say which entry is wrong, how many there must be, and what is given twice", () => {
    expect(listOf(number())([1, "x"])).toBe("entry 1 is 'x': give a number");
    expect(listOf(number(), 2)([1])).toBe("give exactly 2");
    expect(listOf(number())([])).toBe("give at least one entry");
    expect(SEEDS([1, 2, 1])).toBe("give each seed once");
    expect(oneOf(["fair", "srpt"])("fiar")).toBe("give fair or srpt (did you mean fair?)");
  });
});

describe("checkKeys and checkValue", () => {
  const check = (given: unknown): void => {
    checkKeys("draw", given as { size: number }, { size: number({ above: 0 }) });
  };

  it("name the value, whose it is, and the remedy", () => {
    expect(() => {
      checkValue("load of oneLink", "1", number({ above: 0 }));
    }).toThrow(new InputError("load of oneLink is '1': give a number above 0"));
    expect(() => {
      check({ size: -1 });
    }).toThrow("size of draw is -1: give a number above 0");
    expect(() => {
      check({ size: 1, sise: 2 });
    }).toThrow("unknown option of draw: sise (did you mean size?)");
    expect(() => {
      check(5);
    }).toThrow("input of draw is 5: give an object with size");
    check({ size: 1 });
    checkValue("it", undefined, ANYTHING);
  });
});
