/** Results of a simulation other than its metrics, as columns. */
import type { Refusal } from "./admit.js";

/**
 * The outcome of each execution, in the same rows as `workload.executions`. Times are in s; NaN means never.
 */
export interface TaskColumns {
  /**
   * Present where the order of tasks is enforced: the start in the trace, moved by the whole steps for which
   * the execution waited for others to end; NaN where it waits still.
   */
  readonly arrived?: Float64Array;
  readonly placed: Float64Array;
  readonly ended: Float64Array;
  /** Last machine; -1 if the execution never was on one. */
  readonly machine: Int32Array;
  /** Migrations started. */
  readonly migrations: Int32Array;
  readonly evictions: Int32Array;
}

/** Migrations, one row per migration, in order of decision, with the columns of `MigrationLog`. */
export interface MigrationColumns {
  readonly step: Int32Array;
  readonly execution: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly start: Float64Array;
  readonly seconds: Float64Array;
  readonly downtime: Float64Array;
  readonly stalled: Float64Array;
  readonly bytes: Float64Array;
  /** Index in MIGRATION_OUTCOME. */
  readonly outcome: Uint8Array;
}

/**
 * CPU delivered by every machine in every step, as shares of its capacity: row-major, one step per row. NaN
 * while a machine is down.
 */
export interface MachineHistory {
  readonly machines: number;
  /** To all tasks: the machine's utilization. */
  readonly cpu: Float32Array;
  /** To LC tasks; the rest of `cpu` went to BE tasks. */
  readonly lc: Float32Array;
}

/** Computing time of a run. It is kept apart from the results because it is never the same twice. */
export interface Timing {
  readonly simulateSeconds: number;
  /** Tasks on machines, summed over the steps. */
  readonly taskSteps: number;
  readonly taskStepsPerSecond: number;
  /** Seconds that one decision of the policy took (`rebalance` and `control`). */
  readonly decisionP50: number;
  readonly decisionP99: number;
}

export interface Counts {
  readonly arrived: number;
  readonly placed: number;
  readonly ended: number;
  /** For a machine, or for others to end. */
  readonly waiting: number;
  /** Of those that wait: for others to end, as the order of tasks is enforced. */
  readonly held: number;
  readonly running: number;
  readonly expired: number;
  readonly evicted: number;
  readonly refused: Readonly<Record<Refusal, number>>;
}
