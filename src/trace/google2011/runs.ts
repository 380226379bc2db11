import { bigintColumn, float64Column, int32Column, uint16Column, uint8Column } from "./columns.js";

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
  const task = int32Column();
  const submit = float64Column();
  const start = float64Column();
  const end = float64Column();
  const outcome = uint8Column();
  const machine = bigintColumn();
  const priority = uint16Column();
  const schedulingClass = uint8Column();
  const cpu = float64Column();
  const memory = float64Column();
  return {
    count: task.length,
    push: (run) => {
      task.push(run.task);
      submit.push(run.submit);
      start.push(run.start);
      end.push(run.end);
      outcome.push(run.outcome);
      machine.push(run.machine);
      priority.push(run.priority);
      schedulingClass.push(run.schedulingClass);
      cpu.push(run.cpu);
      memory.push(run.memory);
    },
    finish: () => ({
      task: task.finish(),
      submit: submit.finish(),
      start: start.finish(),
      end: end.finish(),
      outcome: outcome.finish(),
      machine: machine.finish(),
      priority: priority.finish(),
      schedulingClass: schedulingClass.finish(),
      cpu: cpu.finish(),
      memory: memory.finish(),
    }),
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
