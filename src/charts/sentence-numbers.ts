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

/** Returns a time as hours and minutes, such as 14:05, with seconds where there are some. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (part: number): string => String(part).padStart(2, "0");
  const minutes = `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}`;
  return whole % 60 === 0 ? minutes : `${minutes}:${two(whole % 60)}`;
}
