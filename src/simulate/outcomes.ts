/** What becomes of each run: when it was placed, when it ended, where it was last. */
import { LATENCY_CRITICAL, type Workload } from "../trace/workload.js";
import type { MoveLog } from "./migrations.js";
import type { TaskColumns } from "./run.js";
import type { ClusterState } from "./state.js";

export interface Outcomes {
  placed(run: number, step: number): void;
  left(run: number, machine: number): void;
  evicted(run: number): void;
  ended(run: number, time: number): void;
  /** The task of a slot did its last work in the step that began at `now`. */
  finished(slot: number, now: number): void;
  /** Number of runs that ended. */
  count(): number;
  columns(log: MoveLog): TaskColumns;
}

export function createOutcomes(state: ClusterState, workload: Workload): Outcomes {
  const { runs, usage, stepSeconds } = workload;
  const n = runs.start.length;
  const placedAt = new Float64Array(n).fill(NaN);
  const endedAt = new Float64Array(n).fill(NaN);
  const machine = new Int32Array(n).fill(-1);
  const evictions = new Int32Array(n);
  let count = 0;

  function ended(run: number, time: number): void {
    endedAt[run] = time;
    count++;
  }

  /** Seconds into its last step at which the task ends: the trace's, later for best-effort work that fell behind. */
  function lastPart(slot: number): number {
    const run = state.slots.run[slot];
    const samples = usage.offsets[run + 1] - usage.offsets[run];
    const inTrace = runs.end[run] - (usage.firstStep[run] + samples - 1) * stepSeconds;
    if (runs.taskClass[run] === LATENCY_CRITICAL) return inTrace;
    return (1 - state.slots.done[slot]) * inTrace;
  }

  return {
    placed(run, step) {
      if (Number.isNaN(placedAt[run])) placedAt[run] = Math.max(runs.start[run], step * stepSeconds);
    },
    left(run, from) {
      machine[run] = from;
    },
    evicted(run) {
      evictions[run]++;
    },
    ended,
    finished(slot, now) {
      const run = state.slots.run[slot];
      machine[run] = state.slots.machine[slot];
      ended(run, now + lastPart(slot));
    },
    count: () => count,
    columns(log) {
      const { high, run, machine: on } = state.slots;
      for (let slot = 0; slot < high; slot++) if (on[slot] >= 0) machine[run[slot]] = on[slot];
      const moves = new Int32Array(n);
      for (const moved of log.run) moves[moved]++;
      return { placed: placedAt, ended: endedAt, machine, moves, evictions };
    },
  };
}
