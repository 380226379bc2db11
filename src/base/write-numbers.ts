/**
 * How numbers are written for readers: in the tables of notebooks, of a terminal and of LaTeX, in charts and
 * sentences. What is written as zero is zero.
 */

/**
 * Columns that would need more decimals to stand under one another have numbers of their own length instead.
 */
const MOST_DECIMALS = 6;

/**
 * Returns a whole number in full, another one rounded to this many significant digits, without trailing
 * zeros; with an exponent below 1e-6.
 */
export function writeNumber(value: number, digits = 4): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(digits)));
}

/**
 * Returns the number with this many decimals; where these would all be zeros and it is not, with two
 * significant digits.
 */
export function writeFixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return value !== 0 && Number(text) === 0 ? writeNumber(value, 2) : text;
}

/**
 * Returns the function that writes the numbers of a column. Whole numbers are written in full. Numbers of one
 * or two decades have common decimals: this many significant digits for the largest, at most one fewer for
 * the others, and none that would be zeros in every row. Where they span more, each has its own significant
 * digits. What is not finite is ignored.
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

/** As Math.max, which takes no more numbers than a function takes arguments. */
function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}

function decimalsOf(text: string): number {
  return text.split(".").at(1)?.length ?? 0;
}

/** 0 for 1 to 10, -1 for .1 to 1: the logarithm's whole part, but exact. */
function decadeOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}
