/** How charts show seconds that go from microseconds to hours: in units that people use. */
import { writeNumber } from "../base/write-numbers.js";
import type { JsonObject } from "./figure.js";

const TICKS: readonly (readonly [exponent: number, text: string])[] = [
  [-7, "0.1 μs"],
  [-6, "1 μs"],
  [-5, "10 μs"],
  [-4, "0.1 ms"],
  [-3, "1 ms"],
  [-2, "10 ms"],
  [-1, "0.1 s"],
  [0, "1 s"],
  [1, "10 s"],
  [2, "100 s"],
  [3, "1,000 s"],
  [4, "10,000 s"],
];
/** The largest number of ticks: more would touch in a small panel. */
const MOST = 6;

/**
 * Returns plotly's settings of a logarithmic axis for these seconds; 0 and less are ignored. Every tick says
 * its unit, so the axis's title needs none.
 */
export function secondsAxis(values: readonly number[]): JsonObject {
  const shown = values.filter((value) => value > 0 && Number.isFinite(value));
  if (shown.length === 0) return { type: "log" };
  const low = Math.log10(shown.reduce((a, b) => Math.min(a, b)));
  const high = Math.log10(shown.reduce((a, b) => Math.max(a, b)));
  const room = 0.05 * Math.max(1, high - low);
  const range = [low - room, high + room];
  const inside = TICKS.filter(([exponent]) => exponent >= range[0] && exponent <= range[1]);
  const every = Math.ceil(inside.length / MOST);
  const ticks = inside.filter((_, i) => (inside.length - 1 - i) % every === 0);
  return {
    type: "log",
    range,
    ...(ticks.length === 0
      ? {}
      : { tickvals: ticks.map(([exponent]) => 10 ** exponent), ticktext: ticks.map(([, text]) => text) }),
  };
}

/** Returns seconds with three digits and their unit: "12.9 s", "168 ms", "7.79 μs", "0 s". */
export function writeSeconds(seconds: number): string {
  const [factor, unit] =
    seconds === 0 || seconds >= 1 ? [1, "s"] : seconds >= 1e-3 ? [1e3, "ms"] : [1e6, "μs"];
  return `${writeNumber(Number((seconds * factor).toPrecision(3)))} ${unit}`;
}

/** Returns bytes with three digits, in MB below 1 GB, else in GB (10⁹ bytes). */
export function writeBytes(bytes: number): string {
  const [factor, unit] = bytes >= 1e9 ? [1e-9, "GB"] : [1e-6, "MB"];
  return `${writeNumber(Number((bytes * factor).toPrecision(3)))} ${unit}`;
}
