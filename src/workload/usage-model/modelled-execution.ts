/** An execution as the usage model looks at it. */
import type { ExecutionColumns } from "../workload.js";

/** What the model needs to know of an execution. */
export interface ModelledExecution {
  readonly job: bigint;
  readonly index: number;
  readonly priority: number;
  readonly schedulingClass: number;
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  /** Seconds from step 0; below 0 never (initial executions start at 0). */
  readonly start: number;
  readonly end: number;
}

/** Returns what the model needs to know of a row of the execution columns. */
export function modelledExecution(
  executions: Omit<ExecutionColumns, "measured">,
  execution: number,
): ModelledExecution {
  return {
    job: executions.job[execution],
    index: executions.index[execution],
    priority: executions.priority[execution],
    schedulingClass: executions.schedulingClass[execution],
    cpuRequest: executions.cpuRequest[execution],
    memoryRequest: executions.memoryRequest[execution],
    start: executions.start[execution],
    end: executions.end[execution],
  };
}
