/**
 * Formats numbers for readers: in tables (notebooks, terminal, LaTeX), charts and sentences. Only a zero is
 * written as zero.
 */

/** If a column needs more common decimals than this, each of its numbers gets its own number of decimals. */
const MOST_DECIMALS = 6;

/**
 * Returns a whole number in full, any other number rounded to this many significant digits, without trailing
 * zeros. Numbers below 1e-6 get an exponent.
 */
export function writeNumber(value: number, digits = 4): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(digits)));
}

/**
 * Returns the number with this many decimals. If these would all be zeros and the number is not 0, returns it
 * with two significant digits.
 */
export function writeFixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return value !== 0 && Number(text) === 0 ? writeNumber(value, 2) : text;
}

/**
 * Returns the function that writes the numbers of a column. If all are whole, they are written in full. If
 * they span one or two decades, all get the same number of decimals: `digits` significant digits for the
 * largest, at most one fewer for the others, and no decimal that would be zero in every row. If they span
 * more, each number gets `digits` significant digits. Values that are not finite are ignored.
 */
export function columnWriter(values: readonly number[], digits = 4): (value: number) => string {
  const finite = values.filter((value) => value !== 0 && Number.isFinite(value));
  if (finite.every(Number.isInteger)) return String;
  const decades = finite.map(decadeOf);
  const most = largest(decades);
  const least = -largest(decades.map((decade) => -decade));
  const wanted = Math.max(0, digits - 1 - most);
  if (most - least > 1 || wanted > MOST_DECIMALS) return (value) => writeNumber(value, digits);
  const decimals = Math.min(wanted, largest(finite.map((value) => decimalsOf(writeNumber(value, digits)))));
  return (value) => value.toFixed(decimals);
}

/** Like Math.max, which fails for more numbers than a function takes arguments. */
function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}

function decimalsOf(text: string): number {
  return text.split(".").at(1)?.length ?? 0;
}

/** 0 for 1 to 10, -1 for 0.1 to 1: the whole part of the decimal logarithm, but exact. */
function decadeOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}
