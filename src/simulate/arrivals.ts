/** Runs coming in: which are due, which wait, which go to a machine. */
import type TinyQueue from "tinyqueue";
import type { Policy } from "../policies/policy.js";
import { traceMachine } from "../policies/trace-machine.js";
import type { Random } from "../base/random.js";
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import { askPlacement } from "./ask-policy.js";
import { renewDemand, type DemandWindow } from "./demand-window.js";
import type { ModelValues } from "./model.js";
import { notePlacement, type Observer } from "./observe.js";
import { notePlaced, type Outcomes } from "./outcomes.js";
import { hasRoom, placeRun, type ClusterState } from "./state.js";
import { arrivingTask, refreshMachine, refreshView, type PolicyView } from "./view.js";
import { createWaitingQueue } from "./waiting.js";

export interface Arrivals {
  readonly waiting: TinyQueue<number>;
  /** Counts since the run began. */
  readonly counts: { arrived: number; placed: number; expired: number; evicted: number };
  /** Row of the next run to come. */
  next: number;
  readonly placing: Placing;
}

/** Who decides where a run goes, and all that has to be told of it. */
export interface Placing {
  readonly state: ClusterState;
  readonly workload: Workload;
  readonly observer: Observer;
  readonly window: DemandWindow;
  readonly outcomes: Outcomes;
  readonly policy: Policy;
  readonly view: PolicyView;
  readonly model: ModelValues;
  readonly random: Random;
}

export function createArrivals(placing: Placing): Arrivals {
  return {
    waiting: createWaitingQueue(placing.workload.runs.priority),
    counts: { arrived: 0, placed: 0, expired: 0, evicted: 0 },
    next: 0,
    placing,
  };
}

/** Lets in the runs that start in this step and places them, and those that wait, by priority. */
export function placeArrivals(arrivals: Arrivals, step: number): void {
  const { waiting, counts } = arrivals;
  const { firstStep } = arrivals.placing.workload.usage;
  while (arrivals.next < firstStep.length && firstStep[arrivals.next] <= step) {
    counts.arrived++;
    waiting.push(arrivals.next++);
  }
  if (waiting.length > 0) drain(arrivals, step);
}

/** Puts a run that lost its machine back into the queue. */
export function requeue({ waiting, counts }: Arrivals, run: number): void {
  counts.evicted++;
  waiting.push(run);
}

/** Returns the CPU that waiting LC runs want in this step and their number: demand that is lost. */
export function waitingDemand(
  { waiting, placing }: Arrivals,
  step: number,
): { readonly cpu: number; readonly tasks: number } {
  const { runs, usage } = placing.workload;
  let cpu = 0;
  let tasks = 0;
  for (const run of waiting.data) {
    if (runs.taskClass[run] !== LATENCY_CRITICAL) continue;
    cpu += usage.cpu[usage.offsets[run] + step - usage.firstStep[run]];
    tasks++;
  }
  return { cpu, tasks };
}

function drain({ waiting, counts, placing }: Arrivals, step: number): void {
  const { runs } = placing.workload;
  if (placing.policy.place !== undefined) refreshView(placing.view);
  const left: number[] = [];
  // By class: a policy may keep machines for one of them.
  const refusedBy = [0, 1].map(() => ({ memory: Infinity, cpuRequest: Infinity }));
  for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
    if (isLost(placing.workload, run, step)) {
      counts.expired++;
      continue;
    }
    const memory = placing.state.peakMemory[run];
    const cpuRequest = runs.cpuRequest[run];
    const refused = refusedBy[runs.taskClass[run]];
    // What is no smaller than something refused in this very step would be refused as well.
    const isHopeless = memory >= refused.memory && cpuRequest >= refused.cpuRequest;
    const machine = isHopeless ? -1 : machineFor(placing, run, step);
    if (machine >= 0) {
      settle(placing, run, machine, step);
      counts.placed++;
      continue;
    }
    left.push(run);
    if (memory <= refused.memory && cpuRequest <= refused.cpuRequest)
      Object.assign(refused, { memory, cpuRequest });
  }
  for (const run of left) waiting.push(run);
}

function machineFor(
  { state, workload, observer, policy, view, model, random }: Placing,
  run: number,
  step: number,
): number {
  const { runs } = workload;
  const own = runs.machine[run];
  // The state before the trace is a fact, even where it over-commits a machine.
  if (step === 0 && runs.initial[run] === 1 && own >= 0 && state.cpu[own] > 0) return own;
  const task = arrivingTask(observer, run);
  const { machines } = state;
  const machine =
    policy.place === undefined
      ? traceMachine(task, view.cluster)
      : askPlacement({ policy, step, machines, tasks: runs.start.length }, task, view.cluster, random);
  if (machine === -1) return -1;
  const fits = hasRoom(state, machine, state.peakMemory[run], runs.cpuRequest[run], model.cpuOvercommit);
  return fits ? machine : -1;
}

function settle(
  { state, workload, observer, policy, view, window, outcomes }: Placing,
  run: number,
  machine: number,
  step: number,
): void {
  const slot = placeRun(state, workload, run, machine, step);
  notePlacement(observer, run, machine);
  if (policy.place !== undefined) refreshMachine(view, machine);
  notePlaced(outcomes, workload, run, step);
  renewDemand(window, slot);
}

/** An LC run whose time in the trace is over never ran. */
function isLost({ runs, usage }: Workload, run: number, step: number): boolean {
  const samples = usage.offsets[run + 1] - usage.offsets[run];
  return runs.taskClass[run] === LATENCY_CRITICAL && step >= usage.firstStep[run] + samples;
}
