/** Kinds of parameters that architectures have. */
import type { Parameter } from "../../base/parameters.js";

/** Returns a parameter that is a whole number from `min` to `max`. */
export function count(
  value: number,
  unit: string,
  description: string,
  { min = 0, max = 1e7 } = {},
): Parameter {
  return { default: value, unit, description, min, max, integer: true };
}

/** Returns a parameter that is 1 for yes and 0 for no. */
export function flag(value: 0 | 1, description: string): Parameter {
  return { default: value, unit: "0 or 1", description, min: 0, max: 1, integer: true };
}

/** 30 years in seconds; more CPU and memory than a cluster has, in any unit. */
const LARGEST = 1e9;

/** Returns a parameter that is a number from `min` to `max`. */
export function quantity(
  value: number,
  unit: string,
  description: string,
  { min = 0, max = LARGEST } = {},
): Parameter {
  return { default: value, unit, description, min, max };
}
