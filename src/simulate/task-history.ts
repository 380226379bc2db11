/** Past CPU use of each task on a machine, for policies that ask for it. */
import { observedCpu, type Demand } from "./demand.js";
import type { Slots } from "./slots.js";
import type { ClusterState } from "./state.js";

/**
 * The last `length` observations of each task, for a reader that is at most `staleness` steps late. It costs
 * O(tasks) per step.
 */
export interface TaskHistory {
  readonly slots: Slots;
  readonly demand: Demand;
  readonly length: number;
  /** Number of observations kept per slot, in a ring buffer. */
  readonly size: number;
  past: Float64Array;
}

export function createTaskHistory(
  { slots, demand }: Pick<ClusterState, "slots" | "demand">,
  { length, staleness }: { length: number; staleness: number },
): TaskHistory {
  return { slots, demand, length, size: length + staleness, past: new Float64Array(0) };
}

/** Adds the observed CPU of every task on a machine. */
export function noteTasks(history: TaskHistory, step: number): void {
  const { slots, demand, size } = history;
  const { high, machine } = slots;
  if (history.past.length < size * slots.execution.length) {
    const grown = new Float64Array(size * slots.execution.length);
    grown.set(history.past);
    history.past = grown;
  }
  const { past } = history;
  const at = step % size;
  for (let slot = 0; slot < high; slot++)
    if (machine[slot] >= 0) past[slot * size + at] = observedCpu(demand, slot);
}

/** Returns the observations of the slot's task up to a step, oldest first. */
export function observationsUpTo(
  { slots, length, size, past }: TaskHistory,
  step: number,
  slot: number,
): number[] {
  const count = Math.max(0, Math.min(length, step - slots.placedAt[slot] + 1));
  return Array.from({ length: count }, (_, i) => past[slot * size + ((step - count + 1 + i) % size)]);
}
