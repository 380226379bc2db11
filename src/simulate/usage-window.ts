/** The next few usage samples of every task on a machine, in the order in which the clock loop reads them. */
import type { UsageColumns } from "../trace/workload.js";
import type { Slots } from "./state.js";

/** Samples that the window holds of each slot. */
export const WINDOW = 16;

/**
 * In the usage columns the samples of one step lie megabytes apart, so that nearly every read would miss the caches
 * and the page tables. The window holds them side by side, step after step: it is filled for all slots in one go,
 * where the misses overlap, every WINDOW steps; no task can run out sooner, since none takes more than a sample a step.
 */
export interface UsageWindow {
  /** CPU of the sample `base[slot] + k` at k * stride + 2 * slot, its memory in the place after it. */
  samples: Float32Array;
  stride: number;
  /** Row of the usage columns at which each slot's samples begin. */
  base: Int32Array;
  /** Fills the window for all slots where it is time to, else for those that were placed since. */
  fill(step: number): void;
  /** Notes that a slot has a new task. */
  readonly renew: (slot: number) => void;
}

export function createUsageWindow({ cpu, memory }: UsageColumns, slots: Slots): UsageWindow {
  const renewed: number[] = [];
  const window: UsageWindow = {
    samples: new Float32Array(0),
    stride: 0,
    base: new Int32Array(0),
    fill(step) {
      const grown = window.base.length < slots.run.length;
      if (grown) {
        window.stride = 2 * slots.run.length;
        window.samples = new Float32Array(WINDOW * window.stride);
        window.base = new Int32Array(slots.run.length);
      }
      if (grown || step % WINDOW === 0) for (let slot = 0; slot < slots.high; slot++) fetch(slot);
      else for (const slot of renewed) fetch(slot);
      renewed.length = 0;
    },
    renew(slot) {
      renewed.push(slot);
    },
  };

  function fetch(slot: number): void {
    const { samples, stride } = window;
    const from = slots.cursor[slot];
    const to = Math.min(from + WINDOW, slots.end[slot]);
    window.base[slot] = from;
    for (let row = from, at = 2 * slot; row < to; row++, at += stride) {
      samples[at] = cpu[row];
      samples[at + 1] = memory[row];
    }
  }

  return window;
}
