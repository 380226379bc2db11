import type { ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { capacityPoints } from "../study/capacity/points.js";
import { intervals } from "./build/intervals.js";
import { joinTexts } from "./captions.js";
import { levelName } from "./capacity.js";
import type { Figure } from "./figure.js";
import { words } from "./words/words.js";

export interface CarriedWorkOptions {
  /** The level of violations that best-effort work may add. Default 0.01. */
  readonly level?: number;
}

/**
 * Returns the chart of how much best-effort work each policy and reference carries at one level of
 * violations, with 95 % intervals; the least on top. `found` is the table from `carryingCapacity`, with one
 * setting of each policy. Throws InputError for a level that was not searched and for rows that differ in a
 * setting.
 */
export function carriedWork(found: ColumnTable, { level = 0.01 }: CarriedWorkOptions = {}): Figure {
  const points = capacityPoints(found);
  const levels = [...new Set(points.map((point) => point.level))];
  if (!levels.includes(level)) {
    throw new InputError(`level ${level} was not searched: choose one of ${levels.join(", ")}`);
  }
  const rows = points
    .filter((point) => point.level === level)
    .map(({ policy, factor: { mean, low, high }, isLowerBound }) => ({
      policy,
      factor: mean,
      low,
      high,
      isLowerBound,
    }))
    .sort((a, b) => a.factor - b.factor);
  const { caption, method, atLeast, aboutAtLeast, axis, references, titleAt } = words.capacity;
  const isOpen = rows.some(({ isLowerBound }) => isLowerBound);
  return intervals(rows, {
    x: "factor",
    y: "policy",
    low: "low",
    high: "high",
    color: "policy",
    hollow: "isLowerBound",
    name: "carried-work",
    title: titleAt(levelName(level)),
    caption: joinTexts(caption, isOpen && atLeast),
    method: joinTexts(method, isOpen && aboutAtLeast),
    source: found,
    names: references,
    ranges: { factor: "zero" },
    axes: { factor: { title: axis, showgrid: true }, policy: { title: "" } },
  });
}
