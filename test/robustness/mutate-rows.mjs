/** Breaks rows of a trace at random, and says what it did. */
import { Buffer } from "node:buffer";
import { COLUMNS } from "./judge-row.mjs";

/** What goes wrong in files: bytes of a number, of a row, of an encoding. */
const BYTES = Buffer.from('0123456789.,,,e-+\n\n"\r \t\0abcNaN\xff\xef\xbb\xbf', "latin1");

/**
 * Returns a copy with one to four places changed: a byte replaced, taken out or put in, a stretch taken out
 * or doubled.
 */
export function mutateBytes(bytes, random) {
  const below = (n) => Math.floor(random() * n);
  let mutated = Buffer.from(bytes);
  for (let i = below(4); i >= 0; i--) {
    const at = below(mutated.length);
    const byte = BYTES.subarray(below(BYTES.length)).subarray(0, 1);
    const to = Math.min(mutated.length, at + below(200));
    const [before, after] = [mutated.subarray(0, at), mutated.subarray(at)];
    const changed = [
      [before, byte, after.subarray(1)],
      [before, byte, after],
      [before, after.subarray(1)],
      [before, mutated.subarray(to)],
      [mutated.subarray(0, to), after],
    ];
    mutated = Buffer.concat(changed[below(changed.length)]);
  }
  return mutated;
}

const NO_NUMBERS = ["NaN", "inf", "0x10", " 5", "5 ", "1e", "--1", ".", "1_000", "1e999", "null", "\0"];

/** Texts that no value of the kind has. */
const BAD = {
  time: [...NO_NUMBERS, "-1", "1.5", "12:30:00", "9007199254740993", "9223372036854775808"],
  id: [...NO_NUMBERS, "-1", "6e9", "12.5", "9007199254740993.0", "9223372036854775808"],
  whole: [...NO_NUMBERS, "-1", "0.5", "4294967296", "1e30"],
  size: [...NO_NUMBERS, "-0.1", "-1e-9", "-5"],
  number: NO_NUMBERS,
  flag: [...NO_NUMBERS, "2", "-1", "0.5", "yes"],
};

/** Odd texts that have a value nevertheless. */
const GOOD = {
  time: {
    "9223372036854775807": Infinity,
    "9.223372036854775807E18": Infinity,
    "6e8": 6e8,
    "007": 7,
    "+5.0": 5,
    9007199254740991: 2 ** 53 - 1,
  },
  id: {
    0: 0n,
    "9223372036854775807": 2n ** 63n - 1n,
    "000018446744073": 18446744073n,
    4294967296: 2n ** 32n,
    "4155527081.0": 4155527081n,
  },
  whole: { "1.": 1, "0e5": 0, "+2": 2, "00001": 1, ".1e1": 1 },
  size: {
    "1e-400": 0,
    "9.537E-07": 9.537e-7,
    ".5": 0.5,
    "0.1234567890123456789": 0.12345678901234568,
    "+3": 3,
  },
  number: { "-1.5e3": -1500, "4.9e-324": 5e-324, "1e14": 1e14, "9.5e14": 9.5e14, "-.25": -0.25 },
  flag: { 0: 0, 1: 1, "1.0": 1, True: 1, false: 0 },
};

/**
 * Returns a broken copy of a row (latin1 text without line break; it may have become several lines) and,
 * where the change was made on purpose, what is to come of it (for four in five, a row that is odd and yet to
 * be read): `fault`, a place; or `value`, of column `column`.
 */
export function mutateRow(row, table, random) {
  const below = (n) => Math.floor(random() * n);
  const pick = (values) => values[below(values.length)];
  const fields = row.split(",");
  const column = below(fields.length);
  const [name, kind, { mandatory = false } = {}] = COLUMNS[table][column];
  const replaced = (text) => fields.map((field, i) => (i === column ? text : field)).join(",");
  const fault = `column "${name}"`;
  const way = random();
  if (way < 0.15) return { text: mutateBytes(Buffer.from(row, "latin1"), random).toString("latin1") };
  if (way < 0.17)
    return { text: pick([fields.slice(column + 1), [...fields, ""]]).join(","), fault: "the whole line" };
  if (way < 0.18) return { text: row + row, fault: "the whole line" };
  if (way < 0.22) return { text: replaced(`"${fields[column]}"`), same: true };
  if (way < 0.23) return { text: replaced(pick([`"${fields[column]}`, `x"y`, `"x"y`])), fault };
  if (kind === "-") return { text: replaced(pick(["", "x", "-1", "NaN", "\0", "\t", "\xff"])), same: true };
  if (way < 0.27) return { text: replaced(pick(BAD[kind])), fault };
  if (way < 0.3) return mandatory ? { text: replaced(""), fault } : { text: replaced(""), column };
  const text = pick(Object.keys(GOOD[kind]));
  // Another start or end may be no fault of its own and yet leave no window between them.
  if (table === "task_usage" && kind === "time") return { text: replaced(text) };
  return { text: replaced(text), column, value: GOOD[kind][text] };
}
