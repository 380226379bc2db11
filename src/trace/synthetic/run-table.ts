/** Columns of runs that grow as runs are added; row numbers are in order of adding. */
export interface RunTable {
  length: number;
  job: Float64Array;
  index: Int32Array;
  schedulingClass: Uint8Array;
  priority: Uint8Array;
  submit: Float64Array;
  start: Float64Array;
  end: Float64Array;
  outcome: Uint8Array;
  cpuRequest: Float64Array;
  memoryRequest: Float64Array;
  machine: Int32Array;
  initial: Uint8Array;
}

/** What all runs of a task have in common. */
export interface SyntheticTask {
  readonly job: number;
  readonly index: number;
  readonly schedulingClass: number;
  readonly priority: number;
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  /** True where its runs last more than an hour. */
  readonly long: boolean;
}

/** One run of a task before its placement. */
export interface SyntheticRun {
  readonly task: SyntheticTask;
  readonly submit: number;
  readonly start: number;
  readonly end: number;
  readonly initial: boolean;
}

export function createRunTable(capacity = 1 << 14): RunTable {
  return {
    length: 0,
    job: new Float64Array(capacity),
    index: new Int32Array(capacity),
    schedulingClass: new Uint8Array(capacity),
    priority: new Uint8Array(capacity),
    submit: new Float64Array(capacity),
    start: new Float64Array(capacity),
    end: new Float64Array(capacity),
    outcome: new Uint8Array(capacity),
    cpuRequest: new Float64Array(capacity),
    memoryRequest: new Float64Array(capacity),
    machine: new Int32Array(capacity),
    initial: new Uint8Array(capacity),
  };
}

/** Adds a placed run. */
export function addRun(
  table: RunTable,
  run: SyntheticRun,
  end: number,
  outcome: number,
  machine: number,
): void {
  if (table.length === table.job.length) grow(table);
  const row = table.length++;
  const { task } = run;
  table.job[row] = task.job;
  table.index[row] = task.index;
  table.schedulingClass[row] = task.schedulingClass;
  table.priority[row] = task.priority;
  table.submit[row] = run.submit;
  table.start[row] = run.start;
  table.end[row] = end;
  table.outcome[row] = outcome;
  table.cpuRequest[row] = task.cpuRequest;
  table.memoryRequest[row] = task.memoryRequest;
  table.machine[row] = machine;
  table.initial[row] = run.initial ? 1 : 0;
}

function grow(table: RunTable): void {
  const wider = createRunTable(Math.ceil(table.job.length * 1.5));
  for (const [name, column] of Object.entries(table)) {
    if (typeof column === "number") continue;
    const target = wider[name as keyof RunTable] as Float64Array;
    target.set(column as Float64Array);
  }
  Object.assign(table, { ...wider, length: table.length });
}

/** Returns row numbers in order of start, then job, then index. */
export function runOrder(table: RunTable): readonly number[] {
  const { start, job, index } = table;
  // An ordinary array, because its sort is fast on rows that are nearly in order; a typed array's is not.
  const order = Array.from({ length: table.length }, (_, row) => row);
  return order.sort((a, b) => start[a] - start[b] || job[a] - job[b] || index[a] - index[b]);
}

/** Returns seconds rounded up to whole microseconds, as the trace has them. */
export function microseconds(seconds: number): number {
  return Math.ceil(seconds * 1e6) / 1e6;
}
