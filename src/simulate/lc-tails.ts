/** How slow latency-critical (LC) work is on each machine, by the queueing model. */
import { lcCapacity } from "../cluster/lc-capacity.js";
import type { Sharing } from "../cluster/share.js";
import { lcTail, quietLoad } from "../metrics/queueing.js";
import type { ModelValues } from "./model.js";
import { coresOf, TAIL } from "./slo.js";
import type { ClusterState } from "./state.js";
import type { MachineStep } from "./step.js";

/** The model of the step whose CPU was shared last. Nothing is computed until somebody asks. */
export interface LcTails {
  readonly slowdown: Float64Array;
  /** Whether `slowdown` is that of the step noted last; before the first step it is 0 everywhere. */
  isMeasured: boolean;
  /** Copies of the columns of the state, which change after the step is shared. */
  readonly cpu: Float64Array;
  readonly classRequest: Float64Array;
  /** What follows from `cpu`: cores of each machine, and their `quietLoad`. */
  readonly cores: Int32Array;
  readonly quiet: Float64Array;
  readonly machine: MachineStep;
  readonly sharing: Sharing;
  readonly model: ModelValues;
}

export function createLcTails(
  state: ClusterState,
  machine: MachineStep,
  { sharing, model }: { sharing: Sharing; model: ModelValues },
): LcTails {
  const n = state.machines;
  const tails: LcTails = {
    slowdown: new Float64Array(n),
    isMeasured: true,
    cpu: new Float64Array(n).fill(NaN),
    classRequest: new Float64Array(2 * n),
    cores: new Int32Array(n),
    quiet: new Float64Array(n),
    machine,
    sharing,
    model,
  };
  copyState(tails, state);
  return tails;
}

/** Notes the step whose CPU was just shared. */
export function noteTails(tails: LcTails, state: ClusterState): void {
  copyState(tails, state);
  tails.isMeasured = false;
}

function copyState({ cpu, classRequest, cores, quiet, model }: LcTails, state: ClusterState): void {
  for (let m = 0; m < cpu.length; m++) {
    if (state.cpu[m] === cpu[m]) continue;
    cpu[m] = state.cpu[m];
    cores[m] = coresOf(cpu[m], model);
    // Neighbours are often of one kind.
    const isLikeLast = m > 0 && cores[m] === cores[m - 1];
    quiet[m] = isLikeLast ? quiet[m - 1] : quietLoad(cores[m], TAIL);
  }
  classRequest.set(state.classRequest);
}

/**
 * Returns the slowdown of LC work at the quantile TAIL on each machine in the step noted last, 0 where no LC
 * work wants CPU and before the first step. To be called before the next step is read.
 */
export function lcSlowdowns(tails: LcTails): Float64Array {
  const { slowdown, isMeasured, cpu, machine } = tails;
  if (isMeasured) return slowdown;
  for (let m = 0; m < slowdown.length; m++) {
    const there = cpu[m] > 0 && machine.lcWanted[m] > 0;
    slowdown[m] = there ? tailAt(tails, m, effectiveCapacity(tails, m)) : 0;
  }
  tails.isMeasured = true;
  return slowdown;
}

/** Returns the slowdown that LC work would have alone on the machine. Before the next step is read, too. */
export function tailAlone(tails: LcTails, m: number): number {
  return tailAt(tails, m, tails.cpu[m]);
}

function tailAt({ cpu, machine, model, cores, quiet }: LcTails, m: number, effective: number): number {
  return lcTail({
    cores: cores[m],
    load: machine.lcWanted[m],
    capacity: cpu[m],
    effectiveCapacity: effective,
    quantile: TAIL,
    variability: model.burstiness,
    quiet: quiet[m],
  });
}

function effectiveCapacity(tails: LcTails, m: number): number {
  const { cpu, classRequest, machine, model, sharing } = tails;
  const latencyCritical = classRequest[2 * m + 1];
  const requests = classRequest[2 * m] + latencyCritical;
  return lcCapacity(cpu[m], {
    bestEffort: machine.beServed[m],
    overhead: machine.overhead[m],
    lcWeight: requests > 0 ? latencyCritical / requests : 1,
    interference: model.interference,
    sharing,
  });
}
