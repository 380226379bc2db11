import { createPolicy } from "../../src/policies/index.js";
import { simulate } from "../../src/simulate/simulate.js";
import type { Workload } from "../../src/workload/workload.js";

/**
 * What a replay without interference makes of a small trace: CPU delivered in each step, and each execution's
 * machine and end.
 */
export function replay(
  workload: Workload,
  policy: string,
): { utilization: number[]; machine: number[]; ended: number[] } {
  const { steps, tasks } = simulate(workload, createPolicy(policy, {}), {
    model: { interference: 0, migrationOverhead: 0 },
  });
  return {
    utilization: Array.from(steps.utilization, (value) => Math.round(value * 1e6) / 1e6),
    machine: Array.from(tasks.machine),
    ended: Array.from(tasks.ended),
  };
}
