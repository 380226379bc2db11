/** The next few usage samples of every slot, side by side in memory. */
import type { UsageColumns } from "../trace/workload.js";

/** Samples that a slot's window holds. */
export const WINDOW = 32;

/**
 * The tasks of one step have their samples megabytes apart in the usage columns, so that each read would miss the
 * cache and the page tables. A window of samples a slot is fetched in one go and lies beside the other slots' own.
 */
export interface UsageWindow {
  /** CPU and memory of sample `base[slot] + k` at (slot * WINDOW + k) * 2 and the place after it. */
  pairs: Float32Array;
  /** Row of the usage columns at which each slot's window begins. */
  base: Int32Array;
  /** Row after the last that each slot's window holds. */
  limit: Int32Array;
  /** Makes a slot's window begin at row `from`; rows from `end` on are not the task's. */
  fetch(slot: number, from: number, end: number): void;
  /** Makes room for this many slots. */
  resize(slots: number): void;
}

export function createUsageWindow({ cpu, memory }: UsageColumns): UsageWindow {
  const window: UsageWindow = {
    pairs: new Float32Array(0),
    base: new Int32Array(0),
    limit: new Int32Array(0),
    fetch(slot, from, end) {
      const { pairs, base, limit } = window;
      const to = Math.min(from + WINDOW, end);
      let at = 2 * WINDOW * slot;
      for (let row = from; row < to; row++) {
        pairs[at++] = cpu[row];
        pairs[at++] = memory[row];
      }
      base[slot] = from;
      limit[slot] = to;
    },
    resize(slots) {
      if (slots <= window.base.length) return;
      window.pairs = new Float32Array(2 * WINDOW * slots);
      window.base = new Int32Array(slots);
      window.limit = new Int32Array(slots);
    },
  };
  return window;
}
