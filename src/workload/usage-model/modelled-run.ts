/** A run as the usage model looks at it. */
import type { RunColumns } from "../workload.js";

/** What the model needs to know of a run. */
export interface ModelledRun {
  readonly job: bigint;
  readonly index: number;
  readonly priority: number;
  readonly schedulingClass: number;
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  /** Seconds from step 0; below 0 never (initial runs start at 0). */
  readonly start: number;
  readonly end: number;
}

/** Returns what the model needs to know of a row of the run columns. */
export function modelledRun(runs: Omit<RunColumns, "measured">, run: number): ModelledRun {
  return {
    job: runs.job[run],
    index: runs.index[run],
    priority: runs.priority[run],
    schedulingClass: runs.schedulingClass[run],
    cpuRequest: runs.cpuRequest[run],
    memoryRequest: runs.memoryRequest[run],
    start: runs.start[run],
    end: runs.end[run],
  };
}
