import type { ColumnType } from "../csv.js";
import { parseId, parseNumber } from "../csv-values.js";

/** Types of column that are scanned; texts are not. */
export type ScannedType = Exclude<ColumnType, "string">;

/** Where `scanNumber` leaves what it found. One object for all fields: nothing is allocated for a field. */
export interface ScannedNumber {
  /** Place of the comma or line break after the field. */
  end: number;
  /** NaN where the field is empty; an id's low 32 bits, unsigned. */
  value: number;
  /** An id's high 32 bits. */
  high: number;
  isEmpty: boolean;
  /** The text is no value of the type. */
  isBad: boolean;
}

const COMMA = 0x2c;
const LINE_BREAK = 0x0a;
const ZERO = 0x30;
const DOT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
/** So many digits make a whole number that a double holds exactly. */
const EXACT_DIGITS = 15;
/** Powers of ten that a double holds exactly: a product or quotient with one is rounded once, as it must be (Clinger 1990). */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const TWO_32 = 2 ** 32;

/**
 * Reads the field that begins at `from` and ends before a comma or line break, which must be there. The value is that
 * of csv-values.ts to the bit: plain numbers are read from the bytes, anything else is given to its functions.
 */
export function scanNumber(bytes: Uint8Array, from: number, type: ScannedType, into: ScannedNumber): void {
  let at = from;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at++;
  const first = at;
  let mantissa = 0;
  let digit = bytes[at] - ZERO;
  while (digit >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit;
    digit = bytes[++at] - ZERO;
  }
  let digits = at - first;
  const isWhole = bytes[at] === COMMA || bytes[at] === LINE_BREAK;
  into.isEmpty = at === from && isWhole;
  into.isBad = false;
  into.end = at;
  if (into.isEmpty) {
    into.value = NaN;
    return;
  }
  if (isWhole && digits > 0 && digits <= EXACT_DIGITS) {
    if (type === "float") {
      into.value = isNegative ? -mantissa : mantissa;
      return;
    }
    if (!isNegative && (type !== "boolean" || (digits === 1 && mantissa <= 1))) {
      into.value = type === "bigint" ? mantissa % TWO_32 : mantissa;
      into.high = type === "bigint" ? Math.floor(mantissa / TWO_32) : 0;
      return;
    }
  }
  if (type !== "float" || digits === 0) {
    scanText(bytes, from, type, into);
    return;
  }
  let exponent = 0;
  if (bytes[at] === DOT) {
    const fraction = ++at;
    digit = bytes[at] - ZERO;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = bytes[++at] - ZERO;
    }
    exponent = fraction - at;
    digits -= exponent;
  }
  if ((bytes[at] | 0x20) === 0x65) {
    const sign = bytes[++at];
    if (sign === MINUS || sign === PLUS) at++;
    const power = at;
    let size = 0;
    digit = bytes[at] - ZERO;
    while (digit >= 0 && digit <= 9) {
      size = size * 10 + digit;
      digit = bytes[++at] - ZERO;
    }
    // No digits: not a number, as `scanText` finds.
    exponent += at === power ? NaN : sign === MINUS ? -size : size;
  }
  const isEnd = bytes[at] === COMMA || bytes[at] === LINE_BREAK;
  if (!isEnd || digits > EXACT_DIGITS || !(Math.abs(exponent) < POWERS.length)) {
    scanText(bytes, from, type, into);
    return;
  }
  const size = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
  into.value = isNegative ? -size : size;
  into.end = at;
}

function scanText(bytes: Uint8Array, from: number, type: ScannedType, into: ScannedNumber): void {
  let end = from;
  while (bytes[end] !== COMMA && bytes[end] !== LINE_BREAK) end++;
  into.end = end;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString("utf8");
  const value = type === "bigint" ? parseId(text) : parseNumber(type, text);
  into.isBad = typeof value === "string";
  if (typeof value === "bigint") {
    into.value = Number(BigInt.asUintN(32, value));
    into.high = Number(value >> 32n);
  } else if (typeof value === "number") into.value = value;
}
