import { InvalidArgumentError } from "commander";
import { parseDecimal } from "../../base/decimal.js";

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** Returns an option parser that takes digits only, within the range (default 0 to 2^53 - 1). */
export function wholeNumber({ min = 0, max = Number.MAX_SAFE_INTEGER }: Range = {}): (
  text: string,
) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number ${describeRange({ min, max })}.`);
  };
}

/** Returns an option parser that takes a decimal number, with or without exponent, within the range. */
export function decimalNumber({ min = -Infinity, max = Infinity }: Range = {}): (text: string) => number {
  return (text) => {
    const value = parseDecimal(text);
    if (value !== undefined && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a number ${describeRange({ min, max })}.`.replace(" .", "."));
  };
}

/**
 * Parses an option with a number of bytes: a decimal number and B, KB, MB, GB (powers of 1000), KiB, MiB or
 * GiB.
 */
export function byteCount(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMG]i?)?B$/i.exec(text);
  if (match === null) throw new InvalidArgumentError("Give a number of bytes such as 4GB or 512MiB.");
  const unit = (match.at(2) ?? "").toLowerCase();
  const power = unit === "" ? 0 : " kmg".indexOf(unit[0]);
  return Math.floor(Number(match[1]) * (unit.endsWith("i") ? 1024 : 1000) ** power);
}

function describeRange({ min = -Infinity, max = Infinity }: Range): string {
  const bounded = max < Number.MAX_SAFE_INTEGER;
  if (min === -Infinity) return bounded ? `of at most ${max}` : "";
  return bounded ? `from ${min} to ${max}` : `of at least ${min}`;
}
