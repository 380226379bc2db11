/** Prevents tasks from moving back and forth. */
import type { TaskView } from "./policy.js";

/** A task bounces if it returns to the machine that it left within fewer than this many steps. */
const BOUNCE = 10;

export interface BounceMemory {
  /** Whether the task has stayed on its machine long enough. */
  mayMove(task: TaskView, step: number): boolean;
  /** Notes that the task moves. */
  note(task: TaskView, to: number, step: number): void;
}

/**
 * Remembers which tasks moved. A task that moved stays for `dwell` steps, a time that doubles at each bounce.
 */
export function createBounceMemory(dwell: number): BounceMemory {
  const last = new Map<number, { from: number; step: number; dwell: number }>();
  return {
    mayMove({ id }, step) {
      const move = last.get(id);
      return move === undefined || step - move.step > move.dwell;
    },
    note({ id, machine }, to, step) {
      const move = last.get(id);
      const bounced = move !== undefined && to === move.from && step - move.step < BOUNCE;
      last.set(id, { from: machine, step, dwell: bounced ? 2 * move.dwell : (move?.dwell ?? dwell) });
    },
  };
}
