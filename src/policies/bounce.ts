/** Tasks that go to and fro. */
import type { TaskView } from "./policy.js";

/** Steps within which a task that returns to the machine it left has bounced. */
const BOUNCE = 10;

export interface BounceMemory {
  /** Whether the task has stayed for long enough. */
  mayMove(task: TaskView, step: number): boolean;
  /** Notes that the task moves. */
  note(task: TaskView, to: number, step: number): void;
}

/** Remembers who moved, and lets those who bounced wait longer: `dwell` steps, doubled at each bounce. */
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
