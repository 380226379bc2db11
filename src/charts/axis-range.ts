/** The range of an axis that plotly would choose. */
import type { Json, JsonObject } from "./figure.js";

export type Range = readonly [number, number];

/** The part of the range that stays free at each end. */
const ROOM = 0.06;

/**
 * Returns the range of an axis: its own, or one with room for all values and intervals of the traces on it,
 * nearly as plotly chooses it. Undefined without values.
 */
export function rangeOf(axis: JsonObject, id: string, data: readonly JsonObject[]): Range | undefined {
  const { range, rangemode } = axis;
  if (Array.isArray(range)) return range as unknown as Range;
  const isZero = rangemode === "tozero";
  let [low, high] = isZero ? [0, 0] : [Infinity, -Infinity];
  const letter = id.charAt(0);
  for (const trace of data) {
    if ((trace[`${letter}axis`] ?? letter) !== id) continue;
    const arms = (trace[`error_${letter}`] ?? {}) as JsonObject;
    const [up, down] = [numbersOf(arms.array), numbersOf(arms.arrayminus)];
    numbersOf(trace[letter]).forEach((value, i) => {
      if (value === null) return;
      low = Math.min(low, value - (down[i] ?? 0));
      high = Math.max(high, value + (up[i] ?? 0));
    });
  }
  if (low > high) return undefined;
  const room = ROOM * (high - low) || Math.abs(high) * 0.1 || 1;
  return [isZero && low === 0 ? 0 : low - room, high + room];
}

function numbersOf(values: Json | undefined): readonly (number | null)[] {
  return Array.isArray(values) ? (values as readonly (number | null)[]) : [];
}

/** Returns the smallest range that holds all; undefined for none. */
export function union(ranges: readonly (Range | undefined)[]): Range | undefined {
  const known = ranges.filter((range) => range !== undefined);
  if (known.length === 0) return undefined;
  const ends = known.flatMap((range) => [...range]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return known[0][0] > known[0][1] ? [high, low] : [low, high];
}
