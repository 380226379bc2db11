import { growingTable } from "../growing-table.js";

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

export interface RunsBuilder {
  readonly push: (run: Readonly<Run>) => void;
  readonly count: () => number;
  readonly finish: () => RunRows;
}

export function createRunsBuilder(): RunsBuilder {
  const table = growingTable<RunRows>({
    task: Int32Array,
    submit: Float64Array,
    start: Float64Array,
    end: Float64Array,
    outcome: Uint8Array,
    machine: BigInt64Array,
    priority: Uint16Array,
    schedulingClass: Uint8Array,
    cpu: Float64Array,
    memory: Float64Array,
  });
  return {
    count: table.count,
    push: (run) => {
      const row = table.add();
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
    },
    finish: table.finish,
  };
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
