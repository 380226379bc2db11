/** The columns that a user's own tables may have, with their defaults and units. */
import type { OUTCOME } from "../workload.js";
import type { RowSource } from "./row-reader.js";

export interface MachineRow {
  /** Default: the row's number, from 1. Tasks name the machine by it. */
  readonly id?: string | number | bigint;
  /** In reference machines. Default 1. */
  readonly cpu?: number;
  readonly memory?: number;
}

/** A number of equal machines. */
export interface MachineCount extends Omit<MachineRow, "id"> {
  readonly count: number;
}

export interface TaskRow {
  /** Default: the row's number, from 1. `after` and a table of usage name the task by it. */
  readonly id?: string | number | bigint;
  /** Seconds from the workload's beginning. */
  readonly start: number;
  /** Default: the end of the last step of `cpu`, if that is a list. */
  readonly end?: number;
  /** Default: `start`. */
  readonly submit?: number;
  /**
   * CPU in use while the task is present, in reference machines: a number, or one per step, beginning with
   * the step of its start. Not allowed with a table of usage.
   */
  readonly cpu?: number | ArrayLike<number>;
  /** Memory in use; default: the request. */
  readonly memory?: number | ArrayLike<number>;
  /** "LC" (latency-critical) or "BE" (best-effort). Default "BE". */
  readonly class?: "LC" | "BE";
  /** 0 to 11; default 9 for LC, 2 for BE. */
  readonly priority?: number;
  /** Default: the largest use, of `cpu` or of the table of usage. */
  readonly cpuRequest?: number;
  /** Default: the largest use; 0 where none is given, and a migration then has nothing to copy. */
  readonly memoryRequest?: number;
  /** The id of the machine where it was executed. Default: not known. */
  readonly machine?: string | number | bigint;
  /**
   * True if it was already running at the beginning: it then stays on its machine at first. Default false.
   */
  readonly initial?: boolean;
  /** How it ended: a name in OUTCOME. Default "finish". */
  readonly outcome?: keyof typeof OUTCOME;
  /**
   * The number of its job; the tasks of a job are numbered in order. Default: a separate job for this task.
   */
  readonly job?: number | bigint;
  /** Ids of the tasks that it comes after (docs/model.md, "The order of tasks"). Default: none. */
  readonly after?: string | number | bigint | readonly (string | number | bigint)[];
}

/**
 * A measurement, valid until the task's next one. The first is also valid from the task's start, the last
 * until its end.
 */
export interface UsageRow {
  /** A task's id. */
  readonly task: string | number | bigint;
  /** Seconds from the workload's beginning. */
  readonly time: number;
  readonly cpu: number;
  readonly memory?: number;
}

export interface OwnRows {
  readonly machines: RowSource<MachineRow> | MachineCount | readonly (MachineRow | MachineCount)[];
  readonly tasks: RowSource<TaskRow>;
  readonly usage?: RowSource<UsageRow>;
}

export const MACHINE_KEYS = ["id", "cpu", "memory", "count"];
export const TASK_KEYS = [
  "id",
  "start",
  "end",
  "submit",
  "cpu",
  "memory",
  "class",
  "priority",
  "cpuRequest",
  "memoryRequest",
  "machine",
  "initial",
  "outcome",
  "job",
  "after",
];
export const USAGE_KEYS = ["task", "time", "cpu", "memory"];
