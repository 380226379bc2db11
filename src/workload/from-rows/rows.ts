/** What a user's own tables may have: columns, their defaults and units. */
import type { OUTCOME } from "../workload.js";
import type { RowSource } from "./row-reader.js";

export interface MachineRow {
  /** Default: the row's number, from 1. Whatever tasks name. */
  readonly id?: string | number | bigint;
  /** In reference machines. Default 1. */
  readonly cpu?: number;
  readonly memory?: number;
}

/** A number of machines that are alike. */
export interface MachineCount extends Omit<MachineRow, "id"> {
  readonly count: number;
}

export interface TaskRow {
  /** Default: the row's number, from 1. What `after` and a table of usage name. */
  readonly id?: string | number | bigint;
  /** Seconds from the workload's beginning. */
  readonly start: number;
  /** Default: the end of the last step of `cpu`, where that is a list. */
  readonly end?: number;
  /** Default: `start`. */
  readonly submit?: number;
  /**
   * CPU in use while it is there, in reference machines: a number, or one for each step from that of its
   * start. Not with a table of usage.
   */
  readonly cpu?: number | ArrayLike<number>;
  /** Memory in use; default: the request. */
  readonly memory?: number | ArrayLike<number>;
  /** "LC" (latency-critical) or "BE" (best-effort). Default "BE". */
  readonly class?: "LC" | "BE";
  /** 0 to 11; default 9 for LC, 2 for BE. */
  readonly priority?: number;
  /** Default: the largest use. */
  readonly cpuRequest?: number;
  /** Default: the largest use, 0 where none is given. */
  readonly memoryRequest?: number;
  /** The id of the machine where it ran. Default: not known. */
  readonly machine?: string | number | bigint;
  /** True where it was there before the beginning: it stays on its machine at first. Default false. */
  readonly initial?: boolean;
  /** How it ended: a name in OUTCOME. Default "finish". */
  readonly outcome?: keyof typeof OUTCOME;
  /** Number of its job; tasks of a job are numbered in order. Default: a job of its own. */
  readonly job?: number | bigint;
  /** Ids of the tasks that it waited for. Default: none. */
  readonly after?: string | number | bigint | readonly (string | number | bigint)[];
}

/** A measurement, which holds to the task's next one; the first also from its start, the last to its end. */
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
