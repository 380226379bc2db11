import { addRow, growingTable, type GrowingTable } from "../../base/columns/growing-table.js";

/** Columns of executions, in the order in which they were added. */
export type ExecutionTable = GrowingTable<{
  readonly job: Float64Array;
  readonly index: Int32Array;
  readonly schedulingClass: Uint8Array;
  readonly priority: Uint8Array;
  readonly submit: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly outcome: Uint8Array;
  readonly cpuRequest: Float64Array;
  readonly memoryRequest: Float64Array;
  readonly machine: Int32Array;
  readonly initial: Uint8Array;
}>;

/** The values that all executions of a task share. */
export interface SyntheticTask {
  readonly job: number;
  readonly index: number;
  readonly schedulingClass: number;
  readonly priority: number;
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  /** True if its executions last more than an hour. */
  readonly long: boolean;
}

/** One execution of a task before its placement. */
export interface SyntheticExecution {
  readonly task: SyntheticTask;
  readonly submit: number;
  readonly start: number;
  readonly end: number;
  readonly initial: boolean;
}

export function createExecutionTable(): ExecutionTable {
  return growingTable((rows) => ({
    job: new Float64Array(rows),
    index: new Int32Array(rows),
    schedulingClass: new Uint8Array(rows),
    priority: new Uint8Array(rows),
    submit: new Float64Array(rows),
    start: new Float64Array(rows),
    end: new Float64Array(rows),
    outcome: new Uint8Array(rows),
    cpuRequest: new Float64Array(rows),
    memoryRequest: new Float64Array(rows),
    machine: new Int32Array(rows),
    initial: new Uint8Array(rows),
  }));
}

export function addExecution(
  table: ExecutionTable,
  execution: SyntheticExecution,
  end: number,
  outcome: number,
  machine: number,
): void {
  const row = addRow(table);
  const { columns } = table;
  const { task } = execution;
  columns.job[row] = task.job;
  columns.index[row] = task.index;
  columns.schedulingClass[row] = task.schedulingClass;
  columns.priority[row] = task.priority;
  columns.submit[row] = execution.submit;
  columns.start[row] = execution.start;
  columns.end[row] = end;
  columns.outcome[row] = outcome;
  columns.cpuRequest[row] = task.cpuRequest;
  columns.memoryRequest[row] = task.memoryRequest;
  columns.machine[row] = machine;
  columns.initial[row] = execution.initial ? 1 : 0;
}

/** Returns row numbers in order of start, then job, then index. */
export function executionOrder(table: ExecutionTable): readonly number[] {
  const { start, job, index } = table.columns;
  // An ordinary array: unlike a typed array, it is sorted fast if the rows are nearly in order.
  const order = Array.from({ length: table.rows }, (_, row) => row);
  return order.sort((a, b) => start[a] - start[b] || job[a] - job[b] || index[a] - index[b]);
}

/** Returns seconds rounded up to whole microseconds, the resolution of the trace. */
export function microseconds(seconds: number): number {
  return Math.ceil(seconds * 1e6) / 1e6;
}
