/** How full a machine is, as shares of its own capacity, for the placement scores. */
import type { Parameter } from "../../base/parameters.js";
import type { ClusterView } from "../policy.js";

/**
 * An amount as a share of a capacity; 0 where the capacity is 0 (the machine is down or lacks the resource).
 */
export function share(amount: number, capacity: number): number {
  return capacity > 0 ? amount / capacity : 0;
}

/**
 * Share of the machine's CPU that is requested, including `extra`; above 1 where the machine is
 * over-committed.
 */
export function requestedCpu(view: ClusterView, machine: number, extra = 0): number {
  return share(view.cpuRequested[machine] + extra, view.cpuCapacity[machine]);
}

/** Share of the machine's memory that is reserved, including `extra`. */
export function reservedMemory(view: ClusterView, machine: number, extra = 0): number {
  const capacity = view.memoryCapacity[machine];
  return share(capacity - view.freeMemory[machine] + extra, capacity);
}

/** The weights of CPU and memory in a score. */
export interface Weights {
  readonly cpu: number;
  readonly memory: number;
}

/**
 * Returns how full each resource is on average over the machines that are up, so that the scarce resource
 * weighs more.
 */
export function meanShares(view: ClusterView): Weights {
  let cpu = 0;
  let memory = 0;
  let up = 0;
  for (let m = 0; m < view.machines; m++) {
    if (view.cpuCapacity[m] === 0) continue;
    cpu += requestedCpu(view, m);
    memory += reservedMemory(view, m);
    up++;
  }
  return { cpu: cpu / Math.max(1, up), memory: memory / Math.max(1, up) };
}

/** Weights of 1, for scores in which all resources count the same. */
export const EQUAL_WEIGHTS: Weights = { cpu: 1, memory: 1 };

/** The parameter that chooses between `meanShares` and EQUAL_WEIGHTS, with this default. */
export function weightParameter(value: 0 | 1): Parameter {
  return {
    default: value,
    unit: "0 or 1",
    description:
      "weight of a resource: its mean requested share over the machines that are up (1) or the same as " +
      "for the other resource (0)",
    min: 0,
    max: 1,
    integer: true,
  };
}
