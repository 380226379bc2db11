/** The outcome of each execution: when it was placed, when it ended, on which machine it was last. */
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import type { MigrationLog } from "./migrations.js";
import type { TaskColumns } from "./run.js";
import type { ClusterState } from "./state.js";

/** Columns with one row per execution, as in `TaskColumns`. */
export interface Outcomes {
  readonly placed: Float64Array;
  readonly ended: Float64Array;
  readonly machine: Int32Array;
  readonly evictions: Int32Array;
  /** Number of executions that ended. */
  count: number;
}

export function createOutcomes({ executions }: Workload): Outcomes {
  const n = executions.start.length;
  return {
    placed: new Float64Array(n).fill(NaN),
    ended: new Float64Array(n).fill(NaN),
    machine: new Int32Array(n).fill(-1),
    evictions: new Int32Array(n),
    count: 0,
  };
}

/**
 * Returns when an execution arrives, in s, if it arrives in step `arrival`: its start in the trace, moved by
 * whole steps.
 */
export function arrivalTime(
  { executions, usage, stepSeconds }: Workload,
  execution: number,
  arrival: number,
): number {
  return executions.start[execution] + (arrival - usage.firstStep[execution]) * stepSeconds;
}

/**
 * Notes that an execution that arrived in step `arrival` was placed; only its first placement counts.
 */
export function notePlaced(
  { placed }: Outcomes,
  workload: Workload,
  execution: number,
  { step, arrival }: { readonly step: number; readonly arrival: number },
): void {
  if (Number.isNaN(placed[execution]))
    placed[execution] = Math.max(arrivalTime(workload, execution, arrival), step * workload.stepSeconds);
}

export function noteEnded(outcomes: Outcomes, execution: number, time: number): void {
  outcomes.ended[execution] = time;
  outcomes.count++;
}

/** Notes that the task of a slot did its last work in the step that began at `now`. */
export function noteFinished(
  outcomes: Outcomes,
  workload: Workload,
  { state, slot, now }: { state: ClusterState; slot: number; now: number },
): void {
  const execution = state.slots.execution[slot];
  outcomes.machine[execution] = state.slots.machine[slot];
  noteEnded(outcomes, execution, now + lastPart(workload, state, slot));
}

/**
 * Seconds from the beginning of the task's last step to its end: as in the trace, adjusted for best-effort
 * work that fell behind.
 */
function lastPart(
  { executions, usage, stepSeconds }: Workload,
  { slots }: ClusterState,
  slot: number,
): number {
  const execution = slots.execution[slot];
  const samples = usage.offsets[execution + 1] - usage.offsets[execution];
  const inTrace = executions.end[execution] - (usage.firstStep[execution] + samples - 1) * stepSeconds;
  if (executions.taskClass[execution] === LATENCY_CRITICAL) return inTrace;
  return (1 - slots.done[slot]) * inTrace;
}

/**
 * Returns the outcome of each execution at the end of the simulation.
 *
 * @param arrived Given where the order of tasks is enforced.
 */
export function taskColumns(
  { placed, ended, machine, evictions }: Outcomes,
  state: ClusterState,
  log: MigrationLog,
  arrived?: Float64Array,
): TaskColumns {
  const { high, execution, machine: on } = state.slots;
  for (let slot = 0; slot < high; slot++) if (on[slot] >= 0) machine[execution[slot]] = on[slot];
  const migrations = new Int32Array(placed.length);
  for (const moved of log.execution) migrations[moved]++;
  return { ...(arrived && { arrived }), placed, ended, machine, migrations, evictions };
}
