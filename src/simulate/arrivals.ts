/** Arriving executions: which are due, which wait, and which machine they get. */
import type { Policy } from "../policies/policy.js";
import { traceMachine } from "../policies/trace-machine.js";
import type { Random } from "../base/random.js";
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import { askPlacement } from "./ask-policy.js";
import type { ModelValues } from "./model.js";
import { notePlacement, type Observer } from "./observe.js";
import { isHeld, noteOver, release, type OrderState } from "./order.js";
import { arrivalTime, notePlaced, type Outcomes } from "./outcomes.js";
import { hasRoom, placeExecution, type ClusterState } from "./state.js";
import { arrivingTask, refreshMachine, refreshView, type PolicyView } from "./view.js";

export interface Arrivals {
  /** Executions that wait for a machine; in the order of placing only while they are placed. */
  waiting: number[];
  /** Counts since the start of the run. */
  readonly counts: { arrived: number; placed: number; expired: number; evicted: number };
  /** Row of the next execution to arrive. */
  next: number;
  /** Step in which each execution arrives: as in the trace, or later where it was held. */
  readonly firstStep: Int32Array;
  /** Present where the order of tasks is enforced. */
  readonly order: OrderState | undefined;
  readonly placing: Placing;
}

/** What placing an execution needs and changes. */
export interface Placing {
  readonly state: ClusterState;
  readonly workload: Workload;
  readonly observer: Observer;
  readonly outcomes: Outcomes;
  readonly policy: Policy;
  readonly view: PolicyView;
  readonly model: ModelValues;
  readonly random: Random;
}

/** Returns the state before step 0. `order` is present where the order of tasks is enforced. */
export function createArrivals(placing: Placing, order?: OrderState): Arrivals {
  const { usage } = placing.workload;
  return {
    waiting: [],
    counts: { arrived: 0, placed: 0, expired: 0, evicted: 0 },
    next: 0,
    firstStep: order === undefined ? usage.firstStep : usage.firstStep.slice(),
    order,
    placing,
  };
}

/** Queues the executions that arrive in this step, and places all waiting executions, by priority. */
export function placeArrivals(arrivals: Arrivals, step: number): void {
  const { waiting, counts, firstStep, order } = arrivals;
  for (const execution of order === undefined ? [] : release(order, step)) {
    firstStep[execution] = step;
    waiting.push(execution);
  }
  for (; arrivals.next < firstStep.length && firstStep[arrivals.next] <= step; arrivals.next++) {
    counts.arrived++;
    if (order !== undefined && isHeld(order, arrivals.next)) order.held.push(arrivals.next);
    else waiting.push(arrivals.next);
  }
  if (waiting.length > 0) drain(arrivals, step);
}

/** Returns how many executions wait for a machine or for others to end. */
export function waitingCount({ waiting, order }: Arrivals): number {
  return waiting.length + (order?.held.length ?? 0);
}

/** Whether an execution arrived later than in the trace, because it had to wait for others. */
export function isDelayed({ firstStep, placing }: Arrivals, execution: number): boolean {
  return firstStep[execution] > placing.workload.usage.firstStep[execution];
}

/** Returns when each execution arrives, in s (`arrivalTime`); NaN where it is held still. */
export function arrivalTimes({ firstStep, order, placing }: Arrivals): Float64Array {
  const times = Float64Array.from(firstStep, (step, execution) =>
    arrivalTime(placing.workload, execution, step),
  );
  for (const execution of order?.held ?? []) times[execution] = NaN;
  return times;
}

/** Puts an execution that lost its machine back into the queue. */
export function requeue({ waiting, counts }: Arrivals, execution: number): void {
  counts.evicted++;
  waiting.push(execution);
}

/** Returns the number of waiting LC executions and the CPU that they want in this step, which is lost. */
export function waitingDemand(
  { waiting, firstStep, placing }: Arrivals,
  step: number,
): { readonly cpu: number; readonly tasks: number } {
  const { executions, usage } = placing.workload;
  let cpu = 0;
  let tasks = 0;
  for (const execution of waiting) {
    if (executions.taskClass[execution] !== LATENCY_CRITICAL) continue;
    cpu += usage.cpu[usage.offsets[execution] + step - firstStep[execution]];
    tasks++;
  }
  return { cpu, tasks };
}

function drain(arrivals: Arrivals, step: number): void {
  const { waiting, counts, order, placing } = arrivals;
  const { executions } = placing.workload;
  if (placing.policy.place !== undefined) refreshView(placing.view);
  const left: number[] = [];
  // One entry per class, because a policy may reserve machines for one class.
  const refusedBy = [0, 1].map(() => ({ memory: Infinity, cpuRequest: Infinity }));
  const ordered = inOrder(waiting, executions.priority);
  for (let i = 0; i < ordered.length; i++) {
    const execution = ordered[i];
    if (isLost(arrivals, execution, step)) {
      counts.expired++;
      if (order !== undefined) noteOver(order, execution, step + 1);
      continue;
    }
    const memory = placing.state.peakMemory[execution];
    const cpuRequest = executions.cpuRequest[execution];
    const refused = refusedBy[executions.taskClass[execution]];
    // An execution at least as large as one refused in this step would be refused as well.
    const isHopeless = memory >= refused.memory && cpuRequest >= refused.cpuRequest;
    const machine = isHopeless ? -1 : machineFor(placing, execution, step);
    if (machine >= 0) {
      settle(arrivals, execution, machine, step);
      counts.placed++;
      continue;
    }
    left.push(execution);
    if (memory <= refused.memory && cpuRequest <= refused.cpuRequest)
      Object.assign(refused, { memory, cpuRequest });
  }
  arrivals.waiting = left;
}

/** Returns the highest priority first, then the lowest row: rows are in order of start. */
function inOrder(waiting: readonly number[], priority: ArrayLike<number>): Int32Array {
  // Sorting numbers is several times as fast as asking a function for each pair.
  const keys = new Float64Array(waiting.length);
  for (let i = 0; i < keys.length; i++) keys[i] = waiting[i] - priority[waiting[i]] * ROWS;
  keys.sort();
  const rows = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) rows[i] = keys[i] - Math.floor(keys[i] / ROWS) * ROWS;
  return rows;
}

/** More than the number of executions; keys of priorities up to 255 are exact. */
const ROWS = 2 ** 32;

function machineFor(
  { state, workload, observer, policy, view, model, random }: Placing,
  execution: number,
  step: number,
): number {
  const { executions } = workload;
  const own = executions.machine[execution];
  // Executions from before the trace stay where they were, even if they over-commit the machine.
  if (step === 0 && executions.initial[execution] === 1 && own >= 0 && state.cpu[own] > 0) return own;
  const task = arrivingTask(observer, execution);
  const { machines } = state;
  const machine =
    policy.place === undefined
      ? traceMachine(task, view.cluster)
      : askPlacement({ policy, step, machines, tasks: executions.start.length }, task, view.cluster, random);
  if (machine === -1) return -1;
  const fits = hasRoom(
    state,
    machine,
    state.peakMemory[execution],
    executions.cpuRequest[execution],
    model.cpuOvercommit,
  );
  return fits ? machine : -1;
}

function settle({ firstStep, placing }: Arrivals, execution: number, machine: number, step: number): void {
  const { state, workload, observer, policy, view, outcomes } = placing;
  const arrival = firstStep[execution];
  placeExecution(state, workload, execution, { machine, step, arrival });
  notePlacement(observer, execution, machine);
  if (policy.place !== undefined) refreshMachine(view, machine);
  notePlaced(outcomes, workload, execution, { step, arrival });
}

/** An LC execution is lost if its time ends before it gets a machine. */
function isLost({ firstStep, placing }: Arrivals, execution: number, step: number): boolean {
  const { executions, usage } = placing.workload;
  const samples = usage.offsets[execution + 1] - usage.offsets[execution];
  return executions.taskClass[execution] === LATENCY_CRITICAL && step >= firstStep[execution] + samples;
}
