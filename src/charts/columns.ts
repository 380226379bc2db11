/** Converts the columns of a run to those of a chart. */
import type { JsonObject, TableColumn, Text } from "./figure.js";
import { words } from "./words/words.js";

/** Returns the numbers as JSON has them: null where a value is not finite. */
export function numbers(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

export function column(
  name: string,
  label: Text,
  unit: string,
  values: ArrayLike<number> | readonly string[],
): TableColumn {
  const plain = Array.from(values as ArrayLike<number | string>, (value) =>
    typeof value === "number" && !Number.isFinite(value) ? null : value,
  );
  return { name, label, unit, values: plain };
}

/** The label of the first column of a table by policy. */
export const POLICY: Text = words.common.policy;

/** Returns how many neighboring steps a point must stand for, so that a line has at most `most` points. */
export function stepsPerPoint(steps: number, most = 300): number {
  return Math.max(1, Math.ceil(steps / most));
}

/** Returns the means of groups of `group` neighbors without NaN; the last group may be shorter. */
export function groupMeans(values: ArrayLike<number>, group: number): Float64Array {
  if (group === 1) return Float64Array.from(values);
  const means = new Float64Array(Math.ceil(values.length / group));
  for (let point = 0; point < means.length; point++) {
    let sum = 0;
    let count = 0;
    for (let i = point * group; i < Math.min(values.length, (point + 1) * group); i++) {
      if (Number.isNaN(values[i])) continue;
      sum += values[i];
      count++;
    }
    means[point] = sum / count;
  }
  return means;
}

/** A time axis: seconds become hours, or days from the fourth day on. */
export interface TimeAxis {
  readonly seconds: number;
  readonly unit: string;
  /** Plotly's settings: title, range, distance of ticks. */
  readonly layout: JsonObject;
}

/** Possible distances of ticks. */
const HOURS = [0.5, 1, 2, 3, 6, 12];
const DAYS = [1, 2, 7, 14];

/** Returns the time axis from `start` to `end`, in seconds, with at most about `ticks` ticks. */
export function timeAxis(
  end: number,
  { start = 0, ticks = 6 }: { readonly start?: number; readonly ticks?: number } = {},
): TimeAxis {
  const isDays = end > 3 * 86_400;
  const seconds = isDays ? 86_400 : 3600;
  const [from, to] = [start / seconds, end / seconds];
  const fits = (apart: number): boolean => (to - from) / apart <= ticks + (isDays ? 2 : 0);
  const dtick = isDays ? (DAYS.find(fits) ?? 28) : (HOURS.find(fits) ?? 12);
  const title = isDays ? words.common.days : words.common.hours;
  return { seconds, unit: isDays ? "d" : "h", layout: { title, range: [from, to], dtick } };
}

/** Returns `label (unit)` in both languages; the Chinese uses full-width brackets. */
export function withUnit(label: Text, unit: string): Text {
  return unit === "" ? label : { en: `${label.en} (${unit})`, zh: `${label.zh}（${unit}）` };
}
