import type { Figure } from "../figure.js";

/**
 * Returns the first figure with the marks of the others drawn over it, on its axes: theirs, their words and their tables
 * are left out. All must have the same panels and units.
 */
export function overlay(first: Figure, ...others: readonly Figure[]): Figure {
  return { ...first, data: [first, ...others].flatMap(({ data }) => data) };
}
