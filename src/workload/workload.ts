import type { InputFile } from "./inputs.js";

/**
 * The Workload: readers make it from a trace, and a simulation reads nothing else. Its columns are typed
 * arrays; nothing in it changes after it is built.
 */

/** Rules for which tasks are latency-critical (LC): by the trace's scheduling class or by its priority. */
export const LC_RULES = ["class>=2", "class==3", "priority>=9"] as const;
export type LcRule = (typeof LC_RULES)[number];

/** Default length of a step in seconds: the length of the usage windows of Google's trace. */
export const STEP_SECONDS = 300;
/** The same in microseconds, the unit of time of most readers. */
export const STEP_MICROSECONDS: number = STEP_SECONDS * 1e6;

/** Codes of the column `executions.taskClass`. */
export const BEST_EFFORT = 0;
export const LATENCY_CRITICAL = 1;

/**
 * Codes of the column `executions.outcome`: the event types of the Google trace, and 255 for "still running".
 */
export const OUTCOME = { evict: 2, fail: 3, finish: 4, kill: 5, lost: 6, alive: 255 } as const;

/** Codes of the column `machineEvents.kind`, as in the Google trace. */
export const MACHINE_EVENT = { add: 0, remove: 1, update: 2 } as const;

export interface Workload {
  /** The origin: "synthetic" or the name of a format, such as "google2011". */
  readonly source: string;
  /** Length of a step in seconds (300 in the Google trace). */
  readonly stepSeconds: number;
  /** Number of steps that the trace covers. */
  readonly steps: number;
  /**
   * Trace time, in seconds, at which step 0 begins (600 in the Google trace). All other times count from it.
   */
  readonly originSeconds: number;
  readonly lcRule: LcRule;
  readonly machines: MachineColumns;
  readonly machineEvents: MachineEventColumns;
  readonly executions: ExecutionColumns;
  readonly usage: UsageColumns;
  /**
   * Which tasks come after which other tasks, where the trace says so. `simulate` replays start times; it
   * keeps this order only with the option `order: "enforced"`.
   */
  readonly dependencies?: DependencyColumns;
  readonly provenance: Provenance;
}

/** One row per machine, in ascending order of id. CPU and memory are fractions of the reference machine. */
export interface MachineColumns {
  readonly id: BigInt64Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** 1 where the machine is in the cluster when step 0 begins. */
  readonly up: Uint8Array;
}

/** Machines joining, leaving and changing size, in order of time (seconds from step 0). */
export interface MachineEventColumns {
  readonly time: Float64Array;
  /** Row of `machines`. */
  readonly machine: Int32Array;
  /** A code of MACHINE_EVENT. */
  readonly kind: Uint8Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
}

/**
 * One row per execution of a task (SCHEDULE to its end), in order of start, then job, then index: the row
 * number is the execution's identity everywhere else. Times are seconds from step 0.
 */
export interface ExecutionColumns {
  readonly job: BigInt64Array;
  readonly index: Int32Array;
  /** BEST_EFFORT or LATENCY_CRITICAL, by the workload's LC rule. */
  readonly taskClass: Uint8Array;
  /** 0 to 11 in the Google trace; a higher priority goes first. */
  readonly priority: Uint8Array;
  /** 0 to 3 in the Google trace; 3 is the most latency-sensitive. */
  readonly schedulingClass: Uint8Array;
  readonly submit: Float64Array;
  readonly start: Float64Array;
  /** The end of the execution in the trace; `steps * stepSeconds` where it was still running. */
  readonly end: Float64Array;
  /** A code of OUTCOME. */
  readonly outcome: Uint8Array;
  /** CPU and memory request; an imputed value where the trace has none (see `provenance.report`). */
  readonly cpuRequest: Float64Array;
  readonly memoryRequest: Float64Array;
  /** Row in `machines` of the machine in the trace, -1 where the trace does not name it. */
  readonly machine: Int32Array;
  /** 1 where the execution was already running when the trace began: its placement is kept. */
  readonly initial: Uint8Array;
  /**
   * 1 where at least half of the usage samples are measured; 0 where most are modelled or repeat another
   * sample.
   */
  readonly measured: Uint8Array;
}

/**
 * Usage as compressed sparse rows. Samples `offsets[r]` to `offsets[r + 1] - 1` belong to execution r, one
 * per step, beginning at step `firstStep[r]` = floor(start / stepSeconds). An execution has a sample in every
 * step in which it is present.
 */
export interface UsageColumns {
  /** One longer than the number of executions. */
  readonly offsets: Int32Array;
  readonly firstStep: Int32Array;
  /** Mean CPU over the whole step: an execution present for a third of a step at rate 0.3 has 0.1. */
  readonly cpu: Float32Array;
  /** Memory in use while the execution is present. */
  readonly memory: Float32Array;
}

/**
 * Dependencies between tasks, as compressed sparse rows. A row is a group of `instances` executions of one
 * job, with the indices from `firstIndex` on. None of the executions of row t may begin before all executions
 * of the rows `after[offsets[t]]` to `after[offsets[t + 1] - 1]` have ended; the times of the trace may break
 * this (`countDependencies`). The table also names executions that a narrowed workload leaves out.
 * `predecessorsOf` returns the predecessors of one execution.
 */
export interface DependencyColumns {
  readonly job: BigInt64Array;
  readonly firstIndex: Int32Array;
  readonly instances: Int32Array;
  /** One longer than the number of rows. */
  readonly offsets: Int32Array;
  /** Rows of this table. */
  readonly after: Int32Array;
}

/** The origin of a workload, with everything needed to build it again. */
export interface Provenance {
  /** Files read, with their SHA-256, in order of name; empty for a generated trace. */
  readonly inputs: readonly InputFile[];
  /** Every option with an effect on the workload, including the seed. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** "measured" where all executions have measured usage, "modelled" where none has, else "mixed". */
  readonly usage: "measured" | "modelled" | "mixed";
  /** Counts of what was skipped, imputed, assumed or odd in the trace; empty for a generated one. */
  readonly report: Readonly<Record<string, number>>;
}

/** True where a task of this scheduling class and priority is latency-critical under the rule. */
export function isLatencyCritical(rule: LcRule, schedulingClass: number, priority: number): boolean {
  switch (rule) {
    case "class>=2":
      return schedulingClass >= 2;
    case "class==3":
      return schedulingClass === 3;
    case "priority>=9":
      return priority >= 9;
  }
}
