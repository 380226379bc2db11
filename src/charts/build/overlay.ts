import { InputError } from "../../base/errors.js";
import type { Figure, JsonObject } from "../figure.js";

/**
 * Returns the first chart with the marks of the other charts drawn over it, on its axes. The axes, texts and
 * tables of the others are dropped. All charts must have the same units. Throws InputError for a chart with
 * other panels.
 */
export function overlay(first: Figure, ...others: readonly Figure[]): Figure {
  const panels = axesOf(first);
  for (const other of others) {
    if (axesOf(other) === panels) continue;
    throw new InputError(`overlay: ${other.name} has other panels than ${first.name}; give both the same`);
  }
  const above = others.flatMap(({ data }, i) => data.map((trace) => inGroupOf(trace, i + 1)));
  return { ...first, data: [...first.data, ...above] };
}

function axesOf({ layout }: Figure): string {
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
  return axes.sort().join();
}

/** Renames the trace's legend group, because a legend merges traces of the same group. */
function inGroupOf(trace: JsonObject, n: number): JsonObject {
  const { legendgroup } = trace;
  return typeof legendgroup === "string" ? { ...trace, legendgroup: `${legendgroup}-${n}` } : trace;
}
