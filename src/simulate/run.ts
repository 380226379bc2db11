/** The outcome of one simulation, as columns and one summary row. */
import type { Refusal } from "./admit.js";

/** A step's figures, one row per step. `STEP_COLUMNS` says what each is. */
export type StepColumns = Readonly<Record<StepColumn, Float64Array>>;

/** Every per-step figure with its meaning and unit. */
export const STEP_COLUMNS = {
  step: "number of the step",
  time: "start of the step, s from the start of the simulation",
  machines: "machines that are up",
  runningLc: "LC tasks on a machine",
  runningBe: "best-effort tasks on a machine",
  waiting: "tasks waiting for a machine",
  arrived: "tasks that came",
  ended: "tasks that ended",
  evicted: "tasks that lost their machine",
  utilization: "CPU delivered, share of capacity",
  lcUtilization: "of it, to LC tasks",
  beUtilization: "of it, to best-effort tasks",
  demand: "CPU wanted on machines, share of capacity",
  memoryUtilization: "memory used, share of capacity",
  gini: "Gini of delivered utilization over machines (population; by capacity where machines differ)",
  giniBound: "least Gini with LC pinned and best-effort work divisible (water-filling)",
  giniMemory: "Gini of memory utilization over machines",
  jain: "Jain's index of delivered utilization",
  cov: "coefficient of variation of delivered utilization (population)",
  p5: "delivered utilization, 5th percentile of machines",
  p25: "25th percentile",
  p50: "median",
  p75: "75th percentile",
  p95: "95th percentile",
  contended: "machines on which not everybody got what it wanted, share",
  lcShortfall: "CPU that LC tasks wanted and did not get, share of what they wanted (waiting tasks included)",
  lcViolations: "LC tasks that got less than 95 % of what they wanted, share",
  lcTail: "LC slowdown at the 99th percentile (M/G/m model), mean over machines weighted by LC load",
  lcTailViolations: "LC load on machines whose tail is above the SLO, share",
  lcHarmed:
    "LC load on machines whose tail is above 1.2 times what it would be without best-effort work and migrations, share",
  steal: "CPU that best-effort tasks wanted and did not get, share of capacity",
  movesStarted: "migrations started after the step",
  movesCompleted: "migrations completed in the step",
  bytes: "migration traffic in the step, bytes",
  linkShare: "of what all links can carry",
  overhead: "CPU spent on migrations, share of capacity",
} as const;
export type StepColumn = keyof typeof STEP_COLUMNS;

/** What became of each run, one row each: row numbers are those of `workload.runs`. Times in s, NaN: never. */
export interface TaskColumns {
  readonly placed: Float64Array;
  readonly ended: Float64Array;
  /** Last machine, -1: never on one. */
  readonly machine: Int32Array;
  /** Migrations started. */
  readonly moves: Int32Array;
  readonly evictions: Int32Array;
}

/** Migrations, one row each in order of decision: columns as in `MoveLog`. */
export interface MoveColumns {
  readonly step: Int32Array;
  readonly run: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly start: Float64Array;
  readonly seconds: Float64Array;
  readonly downtime: Float64Array;
  readonly stalled: Float64Array;
  readonly bytes: Float64Array;
  /** Index in MOVE_OUTCOME. */
  readonly outcome: Uint8Array;
}

/** Utilization of every machine in every step: row-major, one step per row. NaN while a machine is down. */
export interface MachineHistory {
  readonly machines: number;
  readonly cpu: Float32Array;
}

/** What a run cost the computer: differs from run to run, hence apart from the results. */
export interface Timing {
  readonly simulateSeconds: number;
  /** Tasks on machines, summed over the steps. */
  readonly taskSteps: number;
  readonly taskStepsPerSecond: number;
  /** Seconds that one decision of the policy took: `rebalance` and `control`. */
  readonly decisionP50: number;
  readonly decisionP99: number;
}

export interface Counts {
  readonly arrived: number;
  readonly placed: number;
  readonly ended: number;
  readonly waiting: number;
  readonly running: number;
  readonly expired: number;
  readonly evicted: number;
  readonly refused: Readonly<Record<Refusal, number>>;
}
