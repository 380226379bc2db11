/** Kinds of parameters that orders have. */
import type { Parameter } from "../../../base/parameters.js";

/** Returns a parameter that is a number from `min` to `max`; a larger weight decides alone. */
export function quantity(value: number, unit: string, description: string, min = 0, max = 1000): Parameter {
  return { default: value, unit, description, min, max };
}
