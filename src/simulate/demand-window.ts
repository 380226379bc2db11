/** What every task on a machine will want in the next few steps, in the order in which the clock loop reads it. */
import type { UsageColumns } from "../trace/workload.js";
import type { Slots } from "./state.js";

/** Steps that the window holds. */
export const WINDOW = 64;

/**
 * Rows of one step lie side by side for all slots but do not share the places of the cache with the same slot's of the
 * other steps, as they would at a distance of whole pages.
 */
const PADDING = 16;

/** What the task in each slot wants in a step if it never fell behind. Free slots and tasks behind hold anything. */
export interface StepDemand {
  /** CPU. */
  readonly cpu: Float64Array;
  readonly memory: Float32Array;
}

/**
 * In the usage columns the samples of one step lie megabytes apart, so that nearly every read would miss the caches
 * and the page tables. The window holds them side by side, step after step: it is filled for all slots in one go,
 * where the misses overlap, every WINDOW steps.
 */
export interface DemandWindow {
  /** Returns the demand of a step; to be asked step by step. */
  at(step: number): StepDemand;
  /** Notes that a slot has a new task: to be called before the next step is asked for. */
  readonly renew: (slot: number) => void;
}

export function createDemandWindow(usage: UsageColumns, slots: Slots): DemandWindow {
  const renewed: number[] = [];
  let stride = 0;
  let cpu = new Float64Array(0);
  let memory = new Float32Array(0);

  /** Fills in a slot from a step to the end of the window. */
  function fetch(slot: number, step: number): void {
    const origin = slots.origin[slot];
    const end = Math.min(step - (step % WINDOW) + WINDOW, slots.lastStep[slot] + 1);
    for (let s = step, at = (step % WINDOW) * stride + slot; s < end; s++, at += stride) {
      cpu[at] = usage.cpu[origin + s];
      memory[at] = usage.memory[origin + s];
    }
  }

  function fetchAll(step: number): void {
    for (let slot = 0; slot < slots.high; slot++) if (slots.machine[slot] >= 0) fetch(slot, step);
  }

  return {
    at(step) {
      const size = slots.run.length + PADDING;
      const grown = stride < size;
      if (grown) {
        stride = size;
        cpu = new Float64Array(WINDOW * stride);
        memory = new Float32Array(WINDOW * stride);
      }
      if (grown || step % WINDOW === 0) fetchAll(step);
      else for (const slot of renewed) fetch(slot, step);
      renewed.length = 0;
      const begin = (step % WINDOW) * stride;
      return { cpu: cpu.subarray(begin, begin + stride), memory: memory.subarray(begin, begin + stride) };
    },
    renew: (slot) => void renewed.push(slot),
  };
}
