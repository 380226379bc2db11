/** Writes the numbers in the sentences that figures say: as few digits as a reader can remember. */
import { writeFixed, writeNumber } from "../base/write-numbers.js";

/** Returns a share in percent without the sign: whole from 10 on, else with two digits. */
export function inPercent(share: number): string {
  return short(100 * share);
}

/** Returns a number: whole from 10 on, else with two digits. */
export function short(value: number): string {
  return Math.abs(value) >= 10 ? String(Math.round(value)) : writeNumber(value, 2);
}

/** Returns a Gini coefficient. */
export function coefficient(value: number): string {
  return writeFixed(value, 2);
}

/** Returns a time in hours without the unit. */
export function inHours(seconds: number): string {
  return writeNumber(seconds / 3600, 3);
}
