/** What every task on a machine will want in the next few steps, in the order in which the clock loop reads it. */
import type { UsageColumns } from "../trace/workload.js";
import type { Slots } from "./state.js";

/** Steps that the window holds. */
export const WINDOW = 16;

/**
 * Rows of one step lie side by side for all slots but do not share the places of the cache with the same slot's of the
 * other steps, as they would at a distance of whole pages.
 */
const PADDING = 16;

/** Of each slot, what its task wants in a step if it gets all it wants until then. Free slots hold anything. */
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
  /** Notes that a slot has a new task, or one that fell behind: what it wants changes from the next step asked for on. */
  renew(slot: number): void;
}

export function createDemandWindow(usage: UsageColumns, slots: Slots): DemandWindow {
  const renewed: number[] = [];
  let stride = 0;
  let cpu = new Float64Array(0);
  let memory = new Float32Array(0);

  /** Fills in a slot from a step to the end of the window. */
  function fetch(slot: number, step: number): void {
    const origin = slots.origin[slot];
    const last = slots.lastStep[slot];
    const end = Math.min(step - (step % WINDOW) + WINDOW, last + 1);
    const behind = slots.done[slot];
    for (let s = step, at = (step % WINDOW) * stride + slot; s < end; s++, at += stride) {
      const wanted = usage.cpu[origin + s];
      // Who fell behind wants the rest of one sample and the beginning of the next.
      cpu[at] =
        behind > 0 ? (1 - behind) * wanted + (s < last ? behind * usage.cpu[origin + s + 1] : 0) : wanted;
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
