/**
 * What every task on a machine will want in the next few steps, in the order in which the clock loop reads
 * it.
 */
import type { UsageColumns } from "../workload/workload.js";
import type { Slots } from "./state.js";

/** Steps that the window holds. */
export const WINDOW = 64;

/**
 * Rows of one step lie side by side for all slots but do not share the places of the cache with the same
 * slot's of the other steps, as they would at a distance of whole pages.
 */
const PADDING = 16;

/**
 * What the task in each slot wants in a step if it never fell behind. Free slots and tasks behind hold
 * anything.
 */
export interface StepDemand {
  /** CPU. */
  readonly cpu: Float64Array;
  readonly memory: Float32Array;
}

/**
 * In the usage columns the samples of one step lie megabytes apart, so that nearly every read would miss the
 * caches and the page tables. The window holds them side by side, step after step: it is filled for all slots
 * at once, where the misses overlap, every WINDOW steps.
 */
export interface DemandWindow {
  readonly usage: UsageColumns;
  readonly slots: Slots;
  /** Slots that have a new task since the last step was asked for. */
  readonly renewed: number[];
  /** Rows from one step to the next. */
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

/** Notes that a slot has a new task: to be called before the next step is asked for. */
export function renewDemand(window: DemandWindow, slot: number): void {
  window.renewed.push(slot);
}

/** Returns the demand of a step; to be asked step by step. */
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
