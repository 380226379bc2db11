/** From the columns of a run to those of a chart. */
import type { JsonObject, TableColumn, Text } from "./figure.js";
import { words } from "./words/say.js";

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

/** What the first column of a table by policy is called. */
export const POLICY: Text = words.common.policy;

/** How many neighboring steps a point of a line stands for, so that a line has at most `most` points. */
export function stepsPerPoint(steps: number, most = 300): number {
  return Math.max(1, Math.ceil(steps / most));
}

/**
 * Returns the means of `group` neighboring values each; undefined values do not count, the last group may be
 * shorter.
 */
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
  /** For plotly: title, range, distance of ticks. */
  readonly layout: JsonObject;
}

const HOURS_BETWEEN_TICKS = [0.5, 1, 2, 3, 6, 12];
const DAYS_BETWEEN_TICKS = [1, 2, 7, 14];

/** Returns the time axis from `start` to `end`, in seconds, with at most about `ticks` ticks. */
export function timeAxis(end: number, { start = 0, ticks = 6 }: TimeAxisOptions = {}): TimeAxis {
  if (end > 3 * 86_400) {
    const title = words.common.days;
    const [from, to] = [start / 86_400, end / 86_400];
    const dtick = DAYS_BETWEEN_TICKS.find((between) => (to - from) / between <= ticks + 2) ?? 28;
    return { seconds: 86_400, unit: "d", layout: { title, range: [from, to], dtick } };
  }
  const [from, to] = [start / 3600, end / 3600];
  const dtick = HOURS_BETWEEN_TICKS.find((between) => (to - from) / between <= ticks) ?? 12;
  const title = words.common.hours;
  return { seconds: 3600, unit: "h", layout: { title, range: [from, to], dtick } };
}

export interface TimeAxisOptions {
  readonly start?: number;
  readonly ticks?: number;
}

/** Returns `label (unit)` in both languages; the Chinese uses full-width brackets. */
export function withUnit(label: Text, unit: string): Text {
  return unit === "" ? label : { en: `${label.en} (${unit})`, zh: `${label.zh}（${unit}）` };
}
