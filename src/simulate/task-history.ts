/** What each task on a machine used, for policies that ask for it. */
import type { Slots } from "./state.js";

export interface TaskHistory {
  /** Takes in the observed CPU of every task on a machine. */
  note(step: number): void;
  /** Observations of the slot's task up to a step, oldest first. */
  upTo(step: number, slot: number): number[];
}

/**
 * Returns a memory of the last `length` observations of each task, of which a reader is at most `staleness` steps late.
 * It costs O(tasks) a step.
 */
export function createTaskHistory(
  slots: Slots,
  { length, staleness }: { length: number; staleness: number },
): TaskHistory {
  const size = length + staleness;
  let past = new Float64Array(0);

  return {
    note(step) {
      if (past.length < size * slots.run.length) {
        const grown = new Float64Array(size * slots.run.length);
        grown.set(past);
        past = grown;
      }
      const at = step % size;
      const { high, machine, observed } = slots;
      for (let slot = 0; slot < high; slot++) if (machine[slot] >= 0) past[slot * size + at] = observed[slot];
    },
    upTo(step, slot) {
      const count = Math.max(0, Math.min(length, step - slots.placedAt[slot] + 1));
      return Array.from({ length: count }, (_, i) => past[slot * size + ((step - count + 1 + i) % size)]);
    },
  };
}
