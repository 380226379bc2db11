/**
 * Parses fields directly from bytes, four bytes at a time. Every text must end in a line break and have at
 * least `SPARE` bytes after it.
 *
 * Each function stores the value of the field that begins at `from` in `into[place]`, bit-identical to the
 * value that csv-values.ts gives, and returns the place of the comma or line break after it. It returns -1 if
 * the field is not a plain number; the caller then uses csv-values.ts.
 */

/** The number of bytes after a text that are read, but have no effect. */
export const SPARE = 4;

const COMMA = 0x2c;
const LINE_BREAK = 0x0a;
const ZERO = 0x30;
const DOT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const LOWER_CASE = 0x20;
const LETTER_E = 0x65;
/** A double holds every whole number of this many digits exactly. */
const EXACT_DIGITS = 15;
/**
 * Powers of ten that a double holds exactly. A product or quotient with one of them is rounded only once, so
 * it is correctly rounded (Clinger 1990).
 */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Returns the place of the first comma or line break from `from` on. */
export function scanEnd(text: DataView, from: number): number {
  for (let at = from; ; at += 4) {
    const word = text.getInt32(at, true);
    // The bit operations set the high bit of each byte that is 0. Only the lowest marked byte is certain
    // (Mycroft 1987).
    const comma = word ^ 0x2c2c2c2c;
    const lineBreak = word ^ 0x0a0a0a0a;
    const ends = ((comma - 0x01010101) & ~comma) | ((lineBreak - 0x01010101) & ~lineBreak);
    const high = ends & 0x80808080;
    if (high !== 0) return at + lowestByte(high);
  }
}

/** Parses digits without a sign: an integer, a time or an id. */
export function scanWhole(text: DataView, from: number, into: Float64Array, place: number): number {
  const end = scanDigits(text, from, 0, into, place);
  return end > from && end - from <= EXACT_DIGITS && isEnd(text.getUint8(end)) ? end : -1;
}

/** Parses a number; a minus sign, a fraction and an exponent are optional. */
export function scanFloat(text: DataView, from: number, into: Float64Array, place: number): number {
  const isNegative = text.getUint8(from) === MINUS;
  const first = from + Number(isNegative);
  let at = scanDigits(text, first, 0, into, place);
  let digits = at - first;
  if (digits === 0) return -1;
  let exponent = 0;
  if (text.getUint8(at) === DOT) {
    const fraction = at + 1;
    at = scanDigits(text, fraction, into[place], into, place);
    exponent = fraction - at;
    digits -= exponent;
  }
  if ((text.getUint8(at) | LOWER_CASE) === LETTER_E) {
    const sign = text.getUint8(++at);
    if (sign === MINUS || sign === PLUS) at++;
    const power = at;
    let size = 0;
    let digit = text.getUint8(at) - ZERO;
    while (digit >= 0 && digit <= 9 && size < POWERS.length) {
      size = size * 10 + digit;
      digit = text.getUint8(++at) - ZERO;
    }
    if (at === power) return -1;
    exponent += sign === MINUS ? -size : size;
  }
  if (digits > EXACT_DIGITS || !isEnd(text.getUint8(at))) return -1;
  if (exponent >= POWERS.length || -exponent >= POWERS.length) return -1;
  const mantissa = into[place];
  const size = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
  into[place] = isNegative ? -size : size;
  return at;
}

/**
 * Continues a number whose first digits are `begun`. Stores it in `into[place]` and returns the place after
 * its digits.
 */
function scanDigits(text: DataView, from: number, begun: number, into: Float64Array, place: number): number {
  let at = from;
  let value = begun;
  let word = text.getInt32(at, true) ^ 0x30303030;
  let others = otherBytes(word);
  while (others === 0) {
    value = value * 10_000 + fourDigits(word);
    at += 4;
    word = text.getInt32(at, true) ^ 0x30303030;
    others = otherBytes(word);
  }
  const left = lowestByte(others);
  into[place] = value * POWERS[left] + firstDigits(word, left);
  return at + left;
}

/** Returns a word with the high bit set for each byte above 9. Only the lowest marked byte is certain. */
function otherBytes(word: number): number {
  return ((word + 0x76767676) | word) & 0x80808080;
}

/** Returns the number of the lowest byte whose high bit is set. */
function lowestByte(highBits: number): number {
  return (31 - Math.clz32(highBits & -highBits)) >> 3;
}

/** Returns the number whose four digits are the bytes of the word, the lowest byte first. */
function fourDigits(word: number): number {
  const pairs = Math.imul(word, 10) + (word >>> 8);
  return (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
}

/**
 * Returns the number whose digits are the lowest bytes of the word, three at most. It has no loop, because
 * the processor could not predict where the loop ends.
 */
function firstDigits(word: number, digits: number): number {
  return fourDigits((word << 8) << (24 - 8 * digits));
}

function isEnd(byte: number): boolean {
  return byte === COMMA || byte === LINE_BREAK;
}
