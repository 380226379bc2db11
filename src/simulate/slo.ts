/** The service level objective (SLO) for LC tails. */
import { quantileOfSorted } from "../metrics/statistics.js";
import { defaultSlo, SLO_FACTOR } from "../metrics/qos.js";
import type { Workload } from "../workload/workload.js";
import type { ModelValues } from "./model.js";

/** The quantile of LC latency in the tail model. */
export const TAIL = 0.99;

/** Number of cores of a machine with this capacity, which are the servers of the queue. */
export function coresOf(capacity: number, { referenceCores }: ModelValues): number {
  return Math.max(1, Math.round(capacity * referenceCores));
}

/**
 * Returns the SLO of a workload: 1.2 times the tail of LC work alone on a machine of median capacity, of all
 * that have CPU, at the median over the steps of the share of the cluster's CPU that LC tasks want
 * (`lcWanted`, one value per step). It depends only on the trace, hence is the same for every policy.
 */
export function lcSlo(workload: Workload, lcWanted: Float64Array, model: ModelValues): number {
  const capacities = workload.machines.cpu.filter((cpu) => cpu > 0).sort();
  // Machines with CPU may join later; there is no load that they could be measured at.
  if (capacities.length === 0) return SLO_FACTOR;
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
