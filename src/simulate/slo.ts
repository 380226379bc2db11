/** The service level objective (SLO) that LC tails are held against. */
import { quantileOfSorted } from "../metrics/statistics.js";
import { defaultSlo } from "../metrics/qos.js";
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import type { ModelValues } from "./model.js";

/** The quantile of LC latency that the tail model speaks of. */
export const TAIL = 0.99;

/** Cores, servers of the queue, of a machine of this capacity. */
export function coresOf(capacity: number, { referenceCores }: ModelValues): number {
  return Math.max(1, Math.round(capacity * referenceCores));
}

/**
 * Returns the SLO of a workload: 1.2 times the tail of LC work alone on a machine of median capacity, at the
 * median over the steps of the share of the cluster's CPU that LC tasks want (`lcWanted`, one value per
 * step). It depends on the trace alone, hence is one and the same for every policy.
 */
export function lcSlo(workload: Workload, lcWanted: Float64Array, model: ModelValues): number {
  const capacities = workload.machines.cpu.slice().sort();
  const capacity = quantileOfSorted(capacities, 0.5);
  const total = capacities.reduce((sum, cpu) => sum + cpu, 0);
  const load = quantileOfSorted(lcWanted.slice().sort(), 0.5) / total;
  return defaultSlo(load * capacity, {
    cores: coresOf(capacity, model),
    capacity,
    quantile: TAIL,
    variability: model.burstiness,
  });
}

/** CPU that tasks take in the trace, one value per step, in CPU of the reference machine. */
export interface TraceDemand {
  readonly lc: Float64Array;
  readonly bestEffort: Float64Array;
}

/** Returns what the tasks of each class take in the trace in each of the first `steps` steps. */
export function traceDemand({ executions, usage }: Workload, steps: number): TraceDemand {
  const demand: TraceDemand = { lc: new Float64Array(steps), bestEffort: new Float64Array(steps) };
  const { offsets, firstStep, cpu } = usage;
  for (let execution = 0; execution < executions.start.length; execution++) {
    const wanted = executions.taskClass[execution] === LATENCY_CRITICAL ? demand.lc : demand.bestEffort;
    const shift = firstStep[execution] - offsets[execution];
    const end = Math.min(offsets[execution + 1], steps - shift);
    for (let i = offsets[execution]; i < end; i++) wanted[i + shift] += cpu[i];
  }
  return demand;
}
