/** The range of a metric, and how a value is kept in it. */
import { InputError } from "../../base/errors.js";

/** Least and greatest value of a metric, before `scale`. Values are finite also where a bound is not. */
export type Range = readonly [least: number, most: number];

/** A share of something that holds it. */
export const SHARE: Range = [0, 1];
/** Counts, amounts, and shares of a capacity that can be exceeded. */
export const AT_LEAST_0: Range = [0, Infinity];
/** Of a metric that states none. */
export const UNLIMITED: Range = [-Infinity, Infinity];
/** Times that are at least what they are compared with. */
export const AT_LEAST_1: Range = [1, Infinity];

/** Sums of floats may leave the range by this much. */
const ROUNDING = 1e-9;

export function isRange(value: unknown): value is Range {
  return Array.isArray(value) && value.length === 2 && value[0] <= value[1];
}

/** Returns the nearest bound for a value that is outside of the range by rounding alone, else the value. */
export function withoutRounding([least, most]: Range, value: number): number {
  if (value < least && value >= least - ROUNDING) return least;
  return value > most && value <= most + ROUNDING ? most : value;
}

/**
 * Returns the value that a user's own metric gave. Throws InputError, which names the place, for a value that
 * is neither NaN nor a finite number in the range.
 */
export function ownValue(
  { name, range = UNLIMITED }: { readonly name: string; readonly range?: Range },
  value: unknown,
  place: string,
): number {
  const [least, most] = range;
  const isFinite = typeof value === "number" && Math.abs(value) !== Infinity;
  if (isFinite && !(value < least - ROUNDING || value > most + ROUNDING)) return value;
  const from = least > -Infinity || most < Infinity ? ` from ${least} to ${most}` : "";
  throw new InputError(
    `metric ${name} gave ${String(value)} ${place}; give a number${from}, NaN where it is not defined`,
  );
}

/** Returns part over whole; NaN where there is no whole. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : NaN;
}
