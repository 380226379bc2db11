/**
 * The state of the cluster: which task is on which machine, and which room is reserved. It is updated at
 * every placement, migration and end of a task.
 */
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import { countCpu, countTask, createDemand, forgetEnd, noteEnd, onGrid, type Demand } from "./demand.js";
import { createSlots, growSlots, type Slots } from "./slots.js";
import { peakMemory } from "./trace-facts.js";

/** Tolerance for a full machine, because sums of floats are not exact. */
const EPSILON = 1e-9;

export interface ClusterState {
  readonly machines: number;
  /** Current capacity; 0 while the machine is down. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /**
   * Memory not reserved by tasks on the machine or migrating to it; below 0 where the trace began with too
   * much.
   */
  readonly freeMemory: Float64Array;
  /** CPU requests of the tasks on the machine or migrating to it. */
  readonly cpuRequested: Float64Array;
  /** Number of tasks on machines, by class. */
  readonly running: Int32Array;
  /** CPU requests of the tasks on the machine, by class: 2 * machine + class. */
  readonly classRequest: Float64Array;
  readonly taskCount: Int32Array;
  /** First slot of each machine's list, -1 for none. */
  readonly first: Int32Array;
  readonly slots: Slots;
  readonly demand: Demand;
  readonly freeSlots: number[];
  /** Slot of each execution, -1 while it is on no machine. */
  readonly slotOf: Int32Array;
  /** Memory reserved for each execution: the peak of its usage. */
  readonly peakMemory: Float64Array;
}

/**
 * Returns the state of an empty cluster with the workload's machines at the beginning of step 0.
 *
 * @param smoothing Weight of the newest observation in what policies see of a task.
 */
export function createState(workload: Workload, smoothing = 1): ClusterState {
  const { machines, executions } = workload;
  const n = machines.id.length;
  const slots = createSlots(Math.max(64, 16 * n));
  const first = new Int32Array(n).fill(-1);
  const whenUp = (capacity: Float64Array): Float64Array =>
    capacity.map((c, m) => (machines.up[m] === 1 ? c : 0));
  return {
    machines: n,
    cpu: whenUp(machines.cpu),
    memory: whenUp(machines.memory),
    freeMemory: whenUp(machines.memory),
    cpuRequested: new Float64Array(n),
    running: new Int32Array(2),
    classRequest: new Float64Array(2 * n),
    taskCount: new Int32Array(n),
    first,
    slots,
    demand: createDemand(workload, slots, first, smoothing),
    freeSlots: [],
    slotOf: new Int32Array(executions.start.length).fill(-1),
    peakMemory: peakMemory(workload),
  };
}

/** Whether a machine is up and has enough free memory and unrequested CPU for one more task. */
export function hasRoom(
  state: ClusterState,
  machine: number,
  memory: number,
  cpuRequest: number,
  cpuOvercommit: number,
): boolean {
  return (
    state.cpu[machine] > 0 &&
    memory <= state.freeMemory[machine] + EPSILON &&
    state.cpuRequested[machine] + cpuRequest <= cpuOvercommit * state.cpu[machine] + EPSILON
  );
}

/** Reserves memory and CPU request on a machine (sign 1) or gives them back (sign -1). */
export function reserve(state: ClusterState, slot: number, machine: number, sign: 1 | -1): void {
  state.freeMemory[machine] -= sign * state.slots.memory[slot];
  state.cpuRequested[machine] += sign * state.slots.cpuRequest[slot];
}

/** Where an execution is placed, in which step, and in which step it arrived. */
export interface Placement {
  readonly machine: number;
  readonly step: number;
  readonly arrival: number;
}

/** Puts an execution on a machine: reserves its room there and returns its slot. */
export function placeExecution(
  state: ClusterState,
  workload: Workload,
  execution: number,
  { machine, step, arrival }: Placement,
): number {
  const { executions, usage } = workload;
  const slots = state.slots;
  const slot = takeSlot(state);
  const latencyCritical = executions.taskClass[execution] === LATENCY_CRITICAL;
  // LC demand is open-loop: demand before a late start is lost. Best-effort work starts from its beginning.
  const missed = latencyCritical ? step - arrival : 0;
  slots.execution[slot] = execution;
  slots.latencyCritical[slot] = latencyCritical ? 1 : 0;
  const row = usage.offsets[execution] + missed;
  slots.origin[slot] = row - step;
  slots.lastStep[slot] = usage.offsets[execution + 1] - 1 - slots.origin[slot];
  slots.behind[slot] = 0;
  slots.done[slot] = 0;
  slots.served[slot] = 0;
  // The first observation counts in full.
  slots.observed[slot] = onGrid(usage.cpu[row]);
  slots.observedTo[slot] = step - 1;
  slots.memory[slot] = state.peakMemory[execution];
  slots.cpuRequest[slot] = executions.cpuRequest[execution];
  slots.placedAt[slot] = step;
  slots.movedAt[slot] = -Infinity;
  slots.migrating[slot] = 0;
  state.slotOf[execution] = slot;
  link(state, slot, machine);
  noteEnd(state.demand, slot);
  reserve(state, slot, machine, 1);
  return slot;
}

/** Removes a slot's task from its machine, releases its room and frees the slot. */
export function removeSlot(state: ClusterState, slot: number): void {
  reserve(state, slot, state.slots.machine[slot], -1);
  unlink(state, slot);
  forgetEnd(state.demand, slot);
  state.slotOf[state.slots.execution[slot]] = -1;
  state.slots.behind[slot] = 0;
  state.freeSlots.push(slot);
}

/**
 * Moves a slot's task to a machine on which its room is already reserved, and releases its room on the old
 * machine.
 */
export function switchMachine(state: ClusterState, slot: number, to: number): void {
  reserve(state, slot, state.slots.machine[slot], -1);
  unlink(state, slot);
  link(state, slot, to);
}

/** Notes that the task of a slot migrates (true) or no longer does (false). */
export function setMigrating({ slots, demand }: ClusterState, slot: number, migrates: boolean): void {
  if (migrates) countCpu(demand, slot, -1);
  slots.migrating[slot] = migrates ? 1 : 0;
  if (!migrates) countCpu(demand, slot, 1);
}

function link(state: ClusterState, slot: number, machine: number): void {
  const { slots, first } = state;
  slots.machine[slot] = machine;
  slots.previous[slot] = -1;
  slots.next[slot] = first[machine];
  if (first[machine] >= 0) slots.previous[first[machine]] = slot;
  first[machine] = slot;
  countTask(state.demand, slot, 1);
  state.taskCount[machine]++;
  state.running[slots.latencyCritical[slot]]++;
  state.classRequest[2 * machine + slots.latencyCritical[slot]] += slots.cpuRequest[slot];
}

function unlink(state: ClusterState, slot: number): void {
  const { slots, first } = state;
  const machine = slots.machine[slot];
  const { next, previous } = slots;
  countTask(state.demand, slot, -1);
  if (previous[slot] >= 0) next[previous[slot]] = next[slot];
  else first[machine] = next[slot];
  if (next[slot] >= 0) previous[next[slot]] = previous[slot];
  slots.machine[slot] = -1;
  state.taskCount[machine]--;
  state.running[slots.latencyCritical[slot]]--;
  state.classRequest[2 * machine + slots.latencyCritical[slot]] -= slots.cpuRequest[slot];
}

function takeSlot(state: ClusterState): number {
  const free = state.freeSlots.pop();
  if (free !== undefined) return free;
  const { slots } = state;
  if (slots.high === slots.execution.length) growSlots(slots);
  return slots.high++;
}
