/**
 * What the tasks on each machine want in the next steps: sums by machine and class, for a block of steps.
 * A sum changes only where a task comes or goes, so that a step does not visit every task.
 */
import type { UsageColumns } from "../workload/workload.js";
import type { Slots } from "./slots.js";

/** Steps of a block. */
export const BLOCK = 128;

/**
 * Entries from one row of sums to the next. At a distance of a power of two, the entries of one step would
 * compete for the same lines of the processor's cache.
 */
const ROW = BLOCK + 8;

/**
 * Adding and subtracting this number rounds to a multiple of 2^-40 of the reference machine. Sums of such
 * multiples are exact below 8,192, hence the same in every order, and a task that leaves takes away exactly
 * what it brought. Usage has 24 significant bits, so that samples from 2^-17 on are such multiples already.
 */
const GRID = 1.5 * 2 ** 12;

/**
 * Sums over the tasks on machines. The CPU of a migrating task is in no sum, because it may use a part of it
 * at its target; nor is a task that fell behind, because its demand no longer follows the trace.
 */
export interface Demand {
  readonly usage: UsageColumns;
  readonly slots: Slots;
  /** First slot of each machine's list. */
  readonly first: Int32Array;
  /** Weight of the newest observation in what policies see of a task. */
  readonly smoothing: number;
  /** The step that is read next. */
  next: number;
  /** CPU wanted: row 2 * machine + class, one column per step of the block. */
  readonly cpu: Float64Array;
  /** Memory used: one row per machine. */
  readonly memory: Float64Array;
  /** Slots of tasks that fell behind; some may have another task now. */
  readonly behind: number[];
  /** First slot of the list of those whose task has its last sample in a step, -1 for none. */
  readonly ending: Int32Array;
}

/** The sums of one step, one row per machine. */
export interface MachineDemand {
  readonly lcWanted: Float64Array;
  readonly beWanted: Float64Array;
  readonly memoryUsed: Float64Array;
}

export function createDemand(
  { usage, steps }: { usage: UsageColumns; steps: number },
  slots: Slots,
  first: Int32Array,
  smoothing: number,
): Demand {
  return {
    usage,
    slots,
    first,
    smoothing,
    next: 0,
    cpu: new Float64Array(2 * first.length * ROW),
    memory: new Float64Array(first.length * ROW),
    behind: [],
    ending: new Int32Array(steps).fill(-1),
  };
}

/** Returns the nearest multiple of 2^-40. */
export function onGrid(value: number): number {
  return value + GRID - GRID;
}

/** Returns the CPU that the task of a slot wants in a step up to its last. */
export function wantedCpu({ usage, slots }: Demand, slot: number, step: number): number {
  const row = slots.origin[slot] + step;
  const sample = onGrid(usage.cpu[row]);
  if (slots.behind[slot] === 0) return sample;
  // The rest of one sample and the beginning of the next.
  const done = slots.done[slot];
  return onGrid((1 - done) * sample + (step < slots.lastStep[slot] ? done * usage.cpu[row + 1] : 0));
}

/**
 * Adds what the task of a slot wants from the next step on to the sums of its machine (sign 1), or takes it
 * away (sign -1).
 */
export function countTask(demand: Demand, slot: number, sign: 1 | -1): void {
  const { usage, slots, cpu, memory, next } = demand;
  if (slots.behind[slot] === 1) return;
  const end = endInBlock(demand, slot);
  const origin = slots.origin[slot];
  const at = rowOf(demand, slots.machine[slot]);
  const cpuAt = rowOf(demand, 2 * slots.machine[slot] + slots.latencyCritical[slot]);
  const cpuEnd = slots.migrating[slot] === 1 ? next : end;
  // Both in one loop, so that the processor waits for samples of both columns at a time.
  for (let step = next; step < cpuEnd; step++) {
    cpu[cpuAt + step] += sign * onGrid(usage.cpu[origin + step]);
    memory[at + step] += sign * onGrid(usage.memory[origin + step]);
  }
  for (let step = cpuEnd; step < end; step++) memory[at + step] += sign * onGrid(usage.memory[origin + step]);
}

/** Does the same for the CPU alone. */
export function countCpu(demand: Demand, slot: number, sign: 1 | -1): void {
  const { usage, slots, cpu, next } = demand;
  if (slots.behind[slot] === 1) return;
  const end = endInBlock(demand, slot);
  const origin = slots.origin[slot];
  const at = rowOf(demand, 2 * slots.machine[slot] + slots.latencyCritical[slot]);
  for (let step = next; step < end; step++) cpu[at + step] += sign * onGrid(usage.cpu[origin + step]);
}

/** Where step 0 would be in a row of sums. */
function rowOf({ next }: Demand, row: number): number {
  return row * ROW - (next - (next % BLOCK));
}

/** The step after the task's last in the block. */
function endInBlock({ slots, next }: Demand, slot: number): number {
  return Math.min(next - (next % BLOCK) + BLOCK, slots.lastStep[slot] + 1);
}

/** Enters a task, which did not fall behind, in the list of its last step. */
export function noteEnd({ slots, ending }: Demand, slot: number): void {
  const { lastStep, nextEnding, previousEnding } = slots;
  const last = lastStep[slot];
  if (last >= ending.length) return;
  nextEnding[slot] = ending[last];
  previousEnding[slot] = -1;
  if (ending[last] >= 0) previousEnding[ending[last]] = slot;
  ending[last] = slot;
}

/** Removes a task from the list of its last step, if it is there. */
export function forgetEnd({ slots, ending }: Demand, slot: number): void {
  const { lastStep, nextEnding, previousEnding, behind } = slots;
  if (behind[slot] === 1 || lastStep[slot] >= ending.length) return;
  const [next, previous] = [nextEnding[slot], previousEnding[slot]];
  if (previous >= 0) nextEnding[previous] = next;
  else ending[lastStep[slot]] = next;
  if (next >= 0) previousEnding[next] = previous;
}

/** Takes a task out of the sums until it ends, because it gets less CPU than it wants. */
export function noteBehind(demand: Demand, slot: number): void {
  const { slots, behind } = demand;
  if (slots.behind[slot] === 1) return;
  observedCpu(demand, slot);
  countTask(demand, slot, -1);
  forgetEnd(demand, slot);
  slots.behind[slot] = 1;
  behind.push(slot);
}

/**
 * Writes what tasks want in a step to `machine`, without the CPU of migrating tasks, and returns the slots
 * whose task has its last sample, ascending. To be called for every step in order.
 */
export function readStep(demand: Demand, step: number, machine: MachineDemand): Int32Array {
  const { cpu, memory, first } = demand;
  const { lcWanted, beWanted, memoryUsed } = machine;
  if (step % BLOCK === 0) fillBlock(demand);
  for (let m = 0, at = step % BLOCK; m < first.length; m++, at += ROW) {
    const row = at + m * ROW;
    beWanted[m] = cpu[row];
    lcWanted[m] = cpu[row + ROW];
    memoryUsed[m] = memory[at];
  }
  readBehind(demand, step, machine);
  demand.next = step + 1;
  return dueAt(demand, step);
}

/** Machine by machine, so that the sums of one machine stay in the processor's cache. */
function fillBlock(demand: Demand): void {
  const { slots, first, cpu, memory } = demand;
  cpu.fill(0);
  memory.fill(0);
  for (let m = 0; m < first.length; m++)
    for (let slot = first[m]; slot >= 0; slot = slots.next[slot]) countTask(demand, slot, 1);
}

/** Adds the tasks that fell behind, one by one. */
function readBehind(demand: Demand, step: number, { beWanted, memoryUsed }: MachineDemand): void {
  const { usage, slots, behind } = demand;
  let kept = 0;
  for (const slot of behind) {
    if (slots.behind[slot] === 0) continue;
    behind[kept++] = slot;
    const m = slots.machine[slot];
    const wanted = wantedCpu(demand, slot, step);
    observe(demand, slot, step, wanted);
    if (slots.migrating[slot] === 0) beWanted[m] += wanted;
    memoryUsed[m] += onGrid(usage.memory[slots.origin[slot] + step]);
  }
  behind.length = kept;
}

/** Returns the slots whose task has its last sample in the step, ascending. */
function dueAt({ slots, ending, behind }: Demand, step: number): Int32Array {
  const due = behind.filter((slot) => slots.lastStep[slot] === step);
  for (let slot = ending[step]; slot >= 0; slot = slots.nextEnding[slot]) due.push(slot);
  return Int32Array.from(due).sort();
}

/**
 * Returns the CPU that the task of a slot wanted up to the step read last, smoothed, as policies see it. A
 * task that fell behind is observed in every step, others only when somebody looks.
 */
export function observedCpu(demand: Demand, slot: number): number {
  const { slots, smoothing, next } = demand;
  const from = smoothing === 1 ? next - 1 : slots.observedTo[slot] + 1;
  for (let step = Math.max(from, slots.observedTo[slot] + 1); step < next; step++)
    observe(demand, slot, step, wantedCpu(demand, slot, step));
  return slots.observed[slot];
}

function observe({ slots, smoothing }: Demand, slot: number, step: number, wanted: number): void {
  const { observed, observedTo } = slots;
  observed[slot] = smoothing === 1 ? wanted : observed[slot] + smoothing * (wanted - observed[slot]);
  observedTo[slot] = step;
}
