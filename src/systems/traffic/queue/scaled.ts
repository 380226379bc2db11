/** Sizes in units of their mean, and sums over sizes by class. */
import type { SizeDistribution } from "../sizes/distribution.js";

/** A load and sizes in units of their mean, so that the arrival rate of flows is the load. */
export interface Scaled {
  readonly sizes: SizeDistribution;
  readonly load: number;
  /** Ends of intervals inside which the density of sizes is constant: knots and ends of classes. */
  readonly edges: readonly number[];
  readonly limits: readonly number[];
}

/** Part of an integral over sizes: the weight is the share of the flows. */
export interface Sums {
  readonly share: Float64Array;
  readonly time: Float64Array;
  readonly slowdown: Float64Array;
}

/** Returns the place of the class of a size. */
export function classOf(limits: readonly number[], x: number): number {
  let place = 0;
  while (place < limits.length && x > limits[place]) place++;
  return place;
}
