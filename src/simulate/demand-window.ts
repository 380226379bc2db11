/**
 * A cache of the demand of all tasks on machines for the next steps, in the order in which the clock loop
 * reads it.
 */
import type { UsageColumns } from "../workload/workload.js";
import type { Slots } from "./state.js";

/** Steps that the window holds. */
export const WINDOW = 64;

/**
 * Added to the distance between two steps. At a distance of whole pages, the entries of one slot in all steps
 * would compete for the same lines of the processor's cache.
 */
const PADDING = 16;

/**
 * Demand of the task in each slot in one step, valid only for tasks that never fell behind. The values of
 * free slots and of tasks that fell behind have no meaning.
 */
export interface StepDemand {
  /** CPU. */
  readonly cpu: Float64Array;
  readonly memory: Float32Array;
}

/**
 * In the usage columns, the samples of one step are megabytes apart, so nearly every read would miss the
 * processor's caches and page tables. The window holds the samples of one step side by side. It is filled
 * every WINDOW steps for all slots at once, because the processor can then wait for several misses at a time.
 */
export interface DemandWindow {
  readonly usage: UsageColumns;
  readonly slots: Slots;
  /** Slots that got a new task after the last call of `demandAt`. */
  readonly renewed: number[];
  /** Number of rows from one step to the next. */
  stride: number;
  cpu: Float64Array;
  memory: Float32Array;
}

export function createDemandWindow(usage: UsageColumns, slots: Slots): DemandWindow {
  return {
    usage,
    slots,
    renewed: [],
    stride: 0,
    cpu: new Float64Array(0),
    memory: new Float32Array(0),
  };
}

/** Notes that a slot has a new task. To be called before the next call of `demandAt`. */
export function renewDemand(window: DemandWindow, slot: number): void {
  window.renewed.push(slot);
}

/** Returns the demand of a step. To be called for every step in order. */
export function demandAt(window: DemandWindow, step: number): StepDemand {
  const { slots, renewed } = window;
  const size = slots.execution.length + PADDING;
  const grown = window.stride < size;
  if (grown) {
    window.stride = size;
    window.cpu = new Float64Array(WINDOW * size);
    window.memory = new Float32Array(WINDOW * size);
  }
  if (grown || step % WINDOW === 0) fetchAll(window, step);
  else for (const slot of renewed) fetch(window, slot, step);
  renewed.length = 0;
  const begin = (step % WINDOW) * window.stride;
  const end = begin + window.stride;
  return { cpu: window.cpu.subarray(begin, end), memory: window.memory.subarray(begin, end) };
}

function fetchAll(window: DemandWindow, step: number): void {
  const { high, machine } = window.slots;
  for (let slot = 0; slot < high; slot++) if (machine[slot] >= 0) fetch(window, slot, step);
}

/** Fills in a slot from a step to the end of the window. */
function fetch({ usage, slots, stride, cpu, memory }: DemandWindow, slot: number, step: number): void {
  const origin = slots.origin[slot];
  const end = Math.min(step - (step % WINDOW) + WINDOW, slots.lastStep[slot] + 1);
  for (let s = step, at = (step % WINDOW) * stride + slot; s < end; s++, at += stride) {
    cpu[at] = usage.cpu[origin + s];
    memory[at] = usage.memory[origin + s];
  }
}
