/** How full a machine is, as shares of its own capacity: what the placement scores are made of. */
import type { Parameter } from "../../base/parameters.js";
import type { ClusterView } from "../policy.js";

/**
 * An amount as a share of a capacity; 0 where there is no capacity (the machine is down, or lacks the
 * resource).
 */
export function share(amount: number, capacity: number): number {
  return capacity > 0 ? amount / capacity : 0;
}

/** Share of the machine's CPU that is requested, `extra` included; above 1 where requests over-commit it. */
export function requestedCpu(view: ClusterView, machine: number, extra = 0): number {
  return share(view.cpuRequested[machine] + extra, view.cpuCapacity[machine]);
}

/** Share of the machine's memory that is reserved, `extra` included. */
export function reservedMemory(view: ClusterView, machine: number, extra = 0): number {
  const capacity = view.memoryCapacity[machine];
  return share(capacity - view.freeMemory[machine] + extra, capacity);
}

/** What CPU and memory count for in a score. */
export interface Weights {
  readonly cpu: number;
  readonly memory: number;
}

/** Returns how full each resource is on average over the machines that are up: the scarce one weighs more. */
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

/** The parameter that chooses between them, with this default. */
export function weightParameter(value: 0 | 1): Parameter {
  return {
    default: value,
    unit: "0 or 1",
    description:
      "whether a resource weighs its mean share in use over the machines that are up (1) or as much as " +
      "the other (0)",
    min: 0,
    max: 1,
    integer: true,
  };
}
