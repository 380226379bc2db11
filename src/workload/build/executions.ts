import { addRow, finishTable, growingTable, type GrowingTable } from "../../base/columns/growing-table.js";

/**
 * One execution of a task according to the events. Times are in microseconds of trace time; -1 and NaN mean
 * that the events give no value.
 */
export interface Execution {
  task: number;
  submit: number;
  start: number;
  /** Infinity if it was still running when the trace ended. */
  end: number;
  /** A code of OUTCOME. */
  outcome: number;
  machine: bigint;
  priority: number;
  schedulingClass: number;
  cpu: number;
  memory: number;
}

/** Executions as columns, in no particular order. */
export type ExecutionRows = {
  readonly task: Int32Array;
  readonly submit: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly outcome: Uint8Array;
  readonly machine: BigInt64Array;
  readonly priority: Uint16Array;
  readonly schedulingClass: Uint8Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
};

/** Returns columns for this many executions, filled with zeros. */
export function executionColumns(rows: number): ExecutionRows {
  return {
    task: new Int32Array(rows),
    submit: new Float64Array(rows),
    start: new Float64Array(rows),
    end: new Float64Array(rows),
    outcome: new Uint8Array(rows),
    machine: new BigInt64Array(rows),
    priority: new Uint16Array(rows),
    schedulingClass: new Uint8Array(rows),
    cpu: new Float64Array(rows),
    memory: new Float64Array(rows),
  };
}

export interface ExecutionsBuilder {
  readonly push: (execution: Readonly<Execution>) => void;
  readonly count: () => number;
  readonly finish: () => ExecutionRows;
}

export function createExecutionsBuilder(): ExecutionsBuilder {
  const table = growingTable(executionColumns);
  return {
    count: () => table.rows,
    push: (execution) => {
      pushExecution(table, execution);
    },
    finish: () => finishTable(table),
  };
}

function pushExecution(table: GrowingTable<ExecutionRows>, execution: Readonly<Execution>): void {
  const row = addRow(table);
  const { columns } = table;
  columns.task[row] = execution.task;
  columns.submit[row] = execution.submit;
  columns.start[row] = execution.start;
  columns.end[row] = execution.end;
  columns.outcome[row] = execution.outcome;
  columns.machine[row] = execution.machine;
  columns.priority[row] = execution.priority;
  columns.schedulingClass[row] = execution.schedulingClass;
  columns.cpu[row] = execution.cpu;
  columns.memory[row] = execution.memory;
}

/** Returns the executions of `rows`, followed by those of `more`. */
export function joinExecutions(rows: ExecutionRows, more: readonly Readonly<Execution>[]): ExecutionRows {
  if (more.length === 0) return rows;
  const executions = createExecutionsBuilder();
  for (let row = 0; row < rows.task.length; row++) executions.push(executionAt(rows, row));
  for (const execution of more) executions.push(execution);
  return executions.finish();
}

export function executionAt(rows: ExecutionRows, row: number): Execution {
  return {
    task: rows.task[row],
    submit: rows.submit[row],
    start: rows.start[row],
    end: rows.end[row],
    outcome: rows.outcome[row],
    machine: rows.machine[row],
    priority: rows.priority[row],
    schedulingClass: rows.schedulingClass[row],
    cpu: rows.cpu[row],
    memory: rows.memory[row],
  };
}
