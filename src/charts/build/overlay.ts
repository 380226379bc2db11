import type { Figure, JsonObject } from "../figure.js";

/**
 * Returns the first figure with the marks of the others drawn over it, on its axes: theirs, their words and
 * their tables are left out. All must have the same panels and units.
 */
export function overlay(first: Figure, ...others: readonly Figure[]): Figure {
  const above = others.flatMap(({ data }, i) => data.map((trace) => inGroupOf(trace, i + 1)));
  return { ...first, data: [...first.data, ...above] };
}

/** A legend would put together what has one group. */
function inGroupOf(trace: JsonObject, n: number): JsonObject {
  const { legendgroup } = trace;
  return typeof legendgroup === "string" ? { ...trace, legendgroup: `${legendgroup}-${n}` } : trace;
}
