/** How slow latency-critical (LC) work is on each machine, by the queueing model. */
import { lcCapacity } from "../cluster/lc-capacity.js";
import type { Sharing } from "../cluster/share.js";
import { lcTail, quietLoad, type LcTailInput } from "../metrics/queueing.js";
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
    isMeasured: true,
    cpu: state.cpu.slice(),
    classRequest: state.classRequest.slice(),
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

/** Notes the step whose CPU was just shared. */
export function noteTails(tails: LcTails, { cpu, classRequest }: ClusterState): void {
  tails.cpu.set(cpu);
  tails.classRequest.set(classRequest);
  tails.isMeasured = false;
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

function tailAt({ cpu, machine, model, queue, quietLoads }: LcTails, m: number, effective: number): number {
  queue.cores = coresOf(cpu[m], model);
  queue.load = machine.lcWanted[m];
  queue.quiet = quietLoads[queue.cores] ??= quietLoad(queue.cores, TAIL);
  queue.capacity = cpu[m];
  queue.effectiveCapacity = effective;
  return lcTail(queue);
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
