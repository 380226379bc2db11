/**
 * How numbers are written for readers: in the tables of notebooks, of a terminal and of LaTeX, in charts and sentences.
 * What is written as zero is zero.
 */

/** Columns that would need more decimals to stand under one another have numbers of their own length instead. */
const MOST_DECIMALS = 6;

/**
 * Returns a whole number in full, another one rounded to so many significant digits, without trailing zeros; with an
 * exponent below 1e-6.
 */
export function writeNumber(value: number, digits = 4): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(digits)));
}

/** Returns the number with so many decimals; where these would all be zeros and it is not, with two significant digits. */
export function writeFixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return value !== 0 && Number(text) === 0 ? writeNumber(value, 2) : text;
}

/**
 * Returns the function that writes the numbers of a column. Whole numbers are written in full. Numbers of one or two
 * decades have common decimals: so many significant digits for the largest, at most one fewer for the others. Where
 * they span more, each has its own significant digits. What is not finite has no say.
 */
export function columnWriter(values: readonly number[], digits = 4): (value: number) => string {
  const finite = values.filter((value) => value !== 0 && Number.isFinite(value));
  if (finite.every(Number.isInteger)) return String;
  const decades = finite.map(decadeOf);
  // Not Math.max(...decades): a column can be longer than an argument list.
  const most = decades.reduce((a, b) => Math.max(a, b));
  const least = decades.reduce((a, b) => Math.min(a, b));
  const decimals = Math.max(0, digits - 1 - most);
  if (most - least > 1 || decimals > MOST_DECIMALS) return (value) => writeNumber(value, digits);
  return (value) => value.toFixed(decimals);
}

/** 0 for 1 to 10, -1 for .1 to 1: the logarithm's whole part, but exact. */
function decadeOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}
