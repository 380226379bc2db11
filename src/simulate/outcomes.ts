/** What becomes of each run: when it was placed, when it ended, where it was last. */
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import type { MoveLog } from "./migrations.js";
import type { TaskColumns } from "./run.js";
import type { ClusterState } from "./state.js";

/** Columns with one row per run, as in `TaskColumns`. */
export interface Outcomes {
  readonly placed: Float64Array;
  readonly ended: Float64Array;
  readonly machine: Int32Array;
  readonly evictions: Int32Array;
  /** Number of runs that ended. */
  count: number;
}

export function createOutcomes({ runs }: Workload): Outcomes {
  const n = runs.start.length;
  return {
    placed: new Float64Array(n).fill(NaN),
    ended: new Float64Array(n).fill(NaN),
    machine: new Int32Array(n).fill(-1),
    evictions: new Int32Array(n),
    count: 0,
  };
}

/** Notes that a run was put on a machine in a step: its first placement counts. */
export function notePlaced(
  { placed }: Outcomes,
  { runs, stepSeconds }: Workload,
  run: number,
  step: number,
): void {
  if (Number.isNaN(placed[run])) placed[run] = Math.max(runs.start[run], step * stepSeconds);
}

export function noteEnded(outcomes: Outcomes, run: number, time: number): void {
  outcomes.ended[run] = time;
  outcomes.count++;
}

/** Notes that the task of a slot did its last work in the step that began at `now`. */
export function noteFinished(
  outcomes: Outcomes,
  workload: Workload,
  { state, slot, now }: { state: ClusterState; slot: number; now: number },
): void {
  const run = state.slots.run[slot];
  outcomes.machine[run] = state.slots.machine[slot];
  noteEnded(outcomes, run, now + lastPart(workload, state, slot));
}

/** Seconds into its last step at which the task ends: the trace's, later for best-effort work that fell behind. */
function lastPart({ runs, usage, stepSeconds }: Workload, { slots }: ClusterState, slot: number): number {
  const run = slots.run[slot];
  const samples = usage.offsets[run + 1] - usage.offsets[run];
  const inTrace = runs.end[run] - (usage.firstStep[run] + samples - 1) * stepSeconds;
  if (runs.taskClass[run] === LATENCY_CRITICAL) return inTrace;
  return (1 - slots.done[slot]) * inTrace;
}

/** Returns what became of each run by the end of the simulation. */
export function taskColumns(
  { placed, ended, machine, evictions }: Outcomes,
  state: ClusterState,
  log: MoveLog,
): TaskColumns {
  const { high, run, machine: on } = state.slots;
  for (let slot = 0; slot < high; slot++) if (on[slot] >= 0) machine[run[slot]] = on[slot];
  const moves = new Int32Array(placed.length);
  for (const moved of log.run) moves[moved]++;
  return { placed, ended, machine, moves, evictions };
}
