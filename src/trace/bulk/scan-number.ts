/**
 * Numbers straight from bytes. A function leaves the value of the field that begins at `from` in `into[place]`, to the bit what
 * csv-values.ts makes of its text, and returns the place of the comma or line break after it, which must be there; or -1
 * where the field is anything but a plain number: csv-values.ts then says what it is.
 */

const COMMA = 0x2c;
const LINE_BREAK = 0x0a;
const ZERO = 0x30;
const DOT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const LOWER_CASE = 0x20;
const LETTER_E = 0x65;
/** Below it, another digit leaves a 32-bit integer: those are summed up three times as fast as doubles. */
const ROOM_FOR_DIGIT = 1e8;
/** So many digits of a whole number are read in a second go: with the first nine, 15, which a double holds exactly. */
const MORE_DIGITS = 6;
/** Powers of ten that a double holds exactly: a product or quotient with one is rounded once, as it must be (Clinger 1990). */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Reads digits without a sign: of an integer, a time or an id. */
export function scanWhole(bytes: Uint8Array, from: number, into: Float64Array, place: number): number {
  let at = from;
  let digit = bytes[at] - ZERO;
  let value = 0;
  while (digit >= 0 && digit <= 9 && value < ROOM_FOR_DIGIT) {
    value = (value * 10 + digit) | 0;
    digit = bytes[++at] - ZERO;
  }
  let whole = value;
  if (digit >= 0 && digit <= 9) {
    const middle = at;
    let rest = 0;
    while (digit >= 0 && digit <= 9 && at - middle < MORE_DIGITS) {
      rest = (rest * 10 + digit) | 0;
      digit = bytes[++at] - ZERO;
    }
    whole = value * POWERS[at - middle] + rest;
  }
  if (at === from || !isEnd(bytes[at])) return -1;
  into[place] = whole;
  return at;
}

/** Reads a number with or without a sign, a fraction and an exponent. */
export function scanFloat(bytes: Uint8Array, from: number, into: Float64Array, place: number): number {
  let at = from;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at++;
  const first = at;
  let digit = bytes[at] - ZERO;
  let mantissa = 0;
  while (digit >= 0 && digit <= 9 && mantissa < ROOM_FOR_DIGIT) {
    mantissa = (mantissa * 10 + digit) | 0;
    digit = bytes[++at] - ZERO;
  }
  if (at === first) return -1;
  let exponent = 0;
  if (bytes[at] === DOT) {
    const fraction = ++at;
    digit = bytes[at] - ZERO;
    while (digit >= 0 && digit <= 9 && mantissa < ROOM_FOR_DIGIT) {
      mantissa = (mantissa * 10 + digit) | 0;
      digit = bytes[++at] - ZERO;
    }
    exponent = fraction - at;
  }
  if ((bytes[at] | LOWER_CASE) === LETTER_E) {
    const sign = bytes[++at];
    if (sign === MINUS || sign === PLUS) at++;
    const power = at;
    let size = 0;
    digit = bytes[at] - ZERO;
    while (digit >= 0 && digit <= 9 && size < POWERS.length) {
      size = size * 10 + digit;
      digit = bytes[++at] - ZERO;
    }
    if (at === power) return -1;
    exponent += sign === MINUS ? -size : size;
  }
  if (!isEnd(bytes[at]) || exponent >= POWERS.length || -exponent >= POWERS.length) return -1;
  const size = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
  into[place] = isNegative ? -size : size;
  return at;
}

function isEnd(byte: number): boolean {
  return byte === COMMA || byte === LINE_BREAK;
}
