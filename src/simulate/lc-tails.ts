/** How slow latency-critical (LC) work is on each machine, by the queueing model. */
import { lcCapacity } from "../cluster/lc-capacity.js";
import type { Sharing } from "../cluster/share.js";
import { lcTail, quietLoad, type LcTailInput } from "../metrics/queueing.js";
import type { ModelValues } from "./model.js";
import { coresOf, TAIL } from "./slo.js";
import type { ClusterState } from "./state.js";
import type { MachineStep } from "./step.js";

export interface LcTails {
  /** Slowdown of LC work at the quantile TAIL in the last measured step; 0 where no LC work wants CPU. */
  readonly slowdown: Float64Array;
  readonly state: ClusterState;
  readonly machine: MachineStep;
  readonly sharing: Sharing;
  readonly model: ModelValues;
  /** One object, overwritten for each machine, because recording spends most of its time here. */
  readonly queue: { -readonly [K in keyof LcTailInput]: LcTailInput[K] };
  /** `quietLoad` by number of cores. */
  readonly quietLoads: number[];
}

export function createLcTails(
  state: ClusterState,
  machine: MachineStep,
  { sharing, model }: { sharing: Sharing; model: ModelValues },
): LcTails {
  return {
    slowdown: new Float64Array(state.machines),
    state,
    machine,
    sharing,
    model,
    queue: {
      cores: 1,
      load: 0,
      capacity: 1,
      effectiveCapacity: 1,
      quantile: TAIL,
      variability: model.burstiness,
      quiet: 0,
    },
    quietLoads: [],
  };
}

/** Computes the tails of the step whose CPU was just shared. */
export function measureTails(tails: LcTails): void {
  const { slowdown, state, machine } = tails;
  for (let m = 0; m < state.machines; m++) {
    const there = state.cpu[m] > 0 && machine.lcWanted[m] > 0;
    slowdown[m] = there ? tailAt(tails, m, effectiveCapacity(tails, m)) : 0;
  }
}

/** Returns the slowdown that LC work would have if it had the machine for itself. */
export function tailAlone(tails: LcTails, m: number): number {
  return tailAt(tails, m, tails.state.cpu[m]);
}

function tailAt({ state, machine, model, queue, quietLoads }: LcTails, m: number, effective: number): number {
  queue.cores = coresOf(state.cpu[m], model);
  queue.load = machine.lcWanted[m];
  queue.quiet = quietLoads[queue.cores] ??= quietLoad(queue.cores, TAIL);
  queue.capacity = state.cpu[m];
  queue.effectiveCapacity = effective;
  return lcTail(queue);
}

function effectiveCapacity({ state, machine, model, sharing }: LcTails, m: number): number {
  const latencyCritical = state.classRequest[2 * m + 1];
  const requests = state.classRequest[2 * m] + latencyCritical;
  return lcCapacity(state.cpu[m], {
    bestEffort: machine.beServed[m],
    overhead: machine.overhead[m],
    lcWeight: requests > 0 ? latencyCritical / requests : 1,
    interference: model.interference,
    sharing,
  });
}
