import { addRow, finishTable, growingTable, type GrowingTable } from "../../base/columns/growing-table.js";

/** One run of a task as the events tell it: microseconds of trace time, -1 and NaN where they say nothing. */
export interface Run {
  task: number;
  submit: number;
  start: number;
  /** Infinity where it was still running when the trace ended. */
  end: number;
  /** A code of OUTCOME. */
  outcome: number;
  machine: bigint;
  priority: number;
  schedulingClass: number;
  cpu: number;
  memory: number;
}

/** Runs as columns, in no particular order. */
export type RunRows = {
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

/** Returns columns for this many runs, of zeros. */
export function runColumns(rows: number): RunRows {
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

export interface RunsBuilder {
  readonly push: (run: Readonly<Run>) => void;
  readonly count: () => number;
  readonly finish: () => RunRows;
}

export function createRunsBuilder(): RunsBuilder {
  const table = growingTable(runColumns);
  return {
    count: () => table.rows,
    push: (run) => {
      pushRun(table, run);
    },
    finish: () => finishTable(table),
  };
}

function pushRun(table: GrowingTable<RunRows>, run: Readonly<Run>): void {
  const row = addRow(table);
  const { columns } = table;
  columns.task[row] = run.task;
  columns.submit[row] = run.submit;
  columns.start[row] = run.start;
  columns.end[row] = run.end;
  columns.outcome[row] = run.outcome;
  columns.machine[row] = run.machine;
  columns.priority[row] = run.priority;
  columns.schedulingClass[row] = run.schedulingClass;
  columns.cpu[row] = run.cpu;
  columns.memory[row] = run.memory;
}

/** Returns the runs of `rows` and those of `more` after them. */
export function joinRuns(rows: RunRows, more: readonly Readonly<Run>[]): RunRows {
  if (more.length === 0) return rows;
  const runs = createRunsBuilder();
  for (let row = 0; row < rows.task.length; row++) runs.push(runAt(rows, row));
  for (const run of more) runs.push(run);
  return runs.finish();
}

/** Returns row `row` as an object. */
export function runAt(rows: RunRows, row: number): Run {
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
