/** The input of the usage model. */
import type { ExecutionColumns } from "../workload.js";

/** The data of an execution that the model needs. */
export interface ModelledExecution {
  readonly job: bigint;
  readonly index: number;
  readonly priority: number;
  readonly schedulingClass: number;
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  /** Seconds from step 0; never below 0 (initial executions start at 0). */
  readonly start: number;
  readonly end: number;
}

/** Returns the data of a row of the execution columns that the model needs. */
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
