/** The jobs that an architecture schedules: columns, and how rows become columns. */
import { describeValue, InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";

/**
 * Jobs as columns, one row per job. Times are seconds from the beginning (another unit is possible if delays
 * have it, too). Demands are in the unit of the cluster's capacities: cores, fractions of a machine, or
 * slots.
 */
export interface Jobs {
  readonly ids: readonly string[];
  readonly arrival: Float64Array;
  /** Names of the classes, such as Batch and Service, in order of appearance. */
  readonly classes: readonly string[];
  /** Place in `classes` of each job. */
  readonly jobClass: Uint8Array;
  /** What one task of the job demands. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** The time that a scheduler expects a task of the job to take. */
  readonly estimate: Float64Array;
  /**
   * Tasks `taskOffsets[j]` to `taskOffsets[j + 1] - 1` belong to job j. The column has one value more than
   * there are jobs.
   */
  readonly taskOffsets: Int32Array;
  /** How long each task runs. */
  readonly duration: Float64Array;
  /** Which jobs (stages of a graph) wait for which others; absent where no job waits. */
  readonly dependencies?: JobDependencies;
}

/** Job j begins only after the jobs `after[offsets[j]]` to `after[offsets[j + 1] - 1]` have ended. */
export interface JobDependencies {
  readonly offsets: Int32Array;
  readonly after: Int32Array;
}

/** A job as a row. Give `durations` of all tasks, or one `duration` and the number of `tasks` (default 1). */
export interface JobRow {
  /** Default: the row's number, from 0. */
  readonly id?: string | number;
  readonly arrival: number;
  /** Default "Batch". */
  readonly class?: string;
  /** Default 1: one slot. */
  readonly cpu?: number;
  /** Default 0. */
  readonly memory?: number;
  readonly tasks?: number;
  readonly duration?: number;
  readonly durations?: readonly number[];
  /** Default: the mean of the durations. */
  readonly estimate?: number;
  /** Ids of the jobs that must end before this one begins. */
  readonly after?: readonly (string | number)[];
}

const KEYS = [
  "id",
  "arrival",
  "class",
  "cpu",
  "memory",
  "tasks",
  "duration",
  "durations",
  "estimate",
  "after",
];

/**
 * Returns the rows as Jobs, in their order. Throws InputError, with the number of the row from 1, for an
 * unknown key, a job without tasks, an id given twice, an unknown predecessor, a cycle of predecessors, a
 * class that is no text, numbers that are negative or not finite, and more than 50 million tasks in all.
 */
export function jobsFrom(rows: readonly JobRow[]): Jobs {
  const given: unknown = rows;
  if (!Array.isArray(given)) throw new InputError(`jobs are ${describeValue(given)}: give a list of rows`);
  rows.forEach(checkRow);
  const taskOffsets = offsetsOf(rows);
  const duration = new Float64Array(taskOffsets[rows.length]);
  const ofRow = (j: number): Float64Array => duration.subarray(taskOffsets[j], taskOffsets[j + 1]);
  for (let j = 0; j < rows.length; j++) fillDurations(ofRow(j), rows[j], j);
  const classes = [...new Set(rows.map((row) => row.class ?? "Batch"))];
  if (classes.length > 256) throw new InputError(`jobs have ${classes.length} classes: give at most 256`);
  const column = (name: string, value: (row: JobRow, j: number) => number): Float64Array =>
    Float64Array.from(rows, (row, j) => checked(j, name, value(row, j)));
  const ids = rows.map((row, j) => String(row.id ?? j));
  const dependencies = dependenciesOf(ids, rows);
  return {
    ids,
    arrival: column("arrival", (row) => row.arrival),
    classes,
    jobClass: Uint8Array.from(rows, (row) => classes.indexOf(row.class ?? "Batch")),
    cpu: column("cpu", (row) => row.cpu ?? 1),
    memory: column("memory", (row) => row.memory ?? 0),
    estimate: column("estimate", (row, j) => row.estimate ?? meanOfRow(ofRow(j))),
    taskOffsets,
    duration,
    ...(dependencies && { dependencies }),
  };
}

/** Returns the jobs' rows in order of arrival; equal arrivals keep their order. */
export function byArrival({ arrival }: Jobs): Int32Array {
  const order = Int32Array.from(arrival.keys());
  if (arrival.every((time, j) => j === 0 || arrival[j - 1] <= time)) return order;
  return order.sort((a, b) => arrival[a] - arrival[b] || a - b);
}

/** Returns the jobs of `a`, then those of `b`, without dependencies. */
export function joinJobs(a: Jobs, b: Jobs): Jobs {
  const columns = <T extends Float64Array | Uint8Array>(into: T, first: T, second: T): T => {
    into.set(first);
    into.set(second, first.length);
    return into;
  };
  const numbers = (first: Float64Array, second: Float64Array): Float64Array =>
    columns(new Float64Array(first.length + second.length), first, second);
  const classes = [...new Set([...a.classes, ...b.classes])];
  const classOfB = b.jobClass.map((at) => classes.indexOf(b.classes[at]));
  const taskOffsets = new Int32Array(a.ids.length + b.ids.length + 1);
  taskOffsets.set(a.taskOffsets);
  for (let j = 0; j <= b.ids.length; j++)
    taskOffsets[a.ids.length + j] = a.duration.length + b.taskOffsets[j];
  return {
    ids: [...a.ids, ...b.ids],
    arrival: numbers(a.arrival, b.arrival),
    classes,
    jobClass: columns(new Uint8Array(a.ids.length + b.ids.length), a.jobClass, classOfB),
    cpu: numbers(a.cpu, b.cpu),
    memory: numbers(a.memory, b.memory),
    estimate: numbers(a.estimate, b.estimate),
    taskOffsets,
    duration: numbers(a.duration, b.duration),
  };
}

/** Returns the job of each task. */
export function jobOfTasks({ ids, duration, taskOffsets }: Jobs): Int32Array {
  const jobs = new Int32Array(duration.length);
  for (let j = 0; j < ids.length; j++) jobs.fill(j, taskOffsets[j], taskOffsets[j + 1]);
  return jobs;
}

/** Returns the number of tasks of a job. */
export function taskCount(jobs: Jobs, job: number): number {
  return jobs.taskOffsets[job + 1] - jobs.taskOffsets[job];
}

/** The largest number of tasks: their columns take some gigabytes of memory. */
const MOST_TASKS = 50_000_000;

function checkRow(given: unknown, j: number): void {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new InputError(`job row ${j + 1} is ${describeValue(given)}: give an object`);
  refuseUnknownKeys(given, KEYS, `column of job row ${j + 1}`);
  const { class: name, after, durations } = given as Record<keyof JobRow, unknown>;
  if (name !== undefined && typeof name !== "string")
    throw new InputError(`class of job row ${j + 1} is ${describeValue(name)}: give a text, such as "Batch"`);
  if (after !== undefined && !isList(after))
    throw new InputError(`after of job row ${j + 1} is ${describeValue(after)}: give a list of ids`);
  if (durations !== undefined && !isList(durations))
    throw new InputError(`durations of job row ${j + 1} are ${describeValue(durations)}: give a list`);
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/** Returns `taskOffsets`; memory is taken for tasks only after their number is known to be possible. */
function offsetsOf(rows: readonly JobRow[]): Int32Array {
  const offsets = new Int32Array(rows.length + 1);
  for (let j = 0; j < rows.length; j++) {
    const total = offsets[j] + countTasks(rows[j], j);
    if (total > MOST_TASKS)
      throw new InputError(
        `there are ${total} tasks up to job row ${j + 1}: give at most ${MOST_TASKS} in all`,
      );
    offsets[j + 1] = total;
  }
  return offsets;
}

function countTasks({ tasks, duration, durations }: JobRow, j: number): number {
  if (durations === undefined && duration === undefined)
    throw new InputError(`job row ${j + 1} has no durations: give durations, or duration and tasks`);
  const count = durations?.length ?? tasks ?? 1;
  if (durations?.length === 0)
    throw new InputError(`job row ${j + 1} has no tasks: give at least one duration`);
  if (!Number.isInteger(count) || count < 1)
    throw new InputError(`job row ${j + 1} has ${tasks} tasks: give a whole number of 1 or more`);
  if (tasks !== undefined && tasks !== count)
    throw new InputError(`job row ${j + 1} has ${tasks} tasks and ${count} durations: give one per task`);
  return count;
}

function fillDurations(into: Float64Array, { duration, durations }: JobRow, j: number): void {
  if (durations === undefined) into.fill(checked(j, "duration", duration));
  else for (let i = 0; i < into.length; i++) into[i] = checked(j, "duration", durations[i]);
}

function checked(j: number, name: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw new InputError(
      `${name} of job row ${j + 1} is ${describeValue(value)}: give a number of 0 or more`,
    );
  return value;
}

function meanOfRow(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function dependenciesOf(ids: readonly string[], rows: readonly JobRow[]): JobDependencies | undefined {
  const rowOf = new Map(ids.map((id, j) => [id, j]));
  if (rowOf.size < ids.length) {
    const twice = ids.find((id, j) => rowOf.get(id) !== j)!;
    throw new InputError(`job id ${twice} is given twice: give each job an id of its own`);
  }
  if (rows.every((row) => (row.after ?? []).length === 0)) return undefined;
  const offsets = new Int32Array(rows.length + 1);
  const after: number[] = [];
  for (let j = 0; j < rows.length; j++) {
    for (const id of rows[j].after ?? []) {
      const before = rowOf.get(String(id));
      if (before === undefined)
        throw new InputError(`job row ${j + 1} waits for job ${id}, which does not exist: give a job's id`);
      after.push(before);
    }
    offsets[j + 1] = after.length;
  }
  const dependencies = { offsets, after: Int32Array.from(after) };
  const stuck = findCircle(dependencies);
  if (stuck >= 0)
    throw new InputError(`job row ${stuck + 1} waits for itself through its predecessors: remove the cycle`);
  return dependencies;
}

/** Returns a job that can never begin because of a cycle of predecessors; -1 where all jobs can begin. */
function findCircle({ offsets, after }: JobDependencies): number {
  const done = new Uint8Array(offsets.length - 1);
  for (let changed = true; changed;) {
    changed = false;
    for (let j = 0; j < done.length; j++) {
      if (done[j] === 1 || !after.subarray(offsets[j], offsets[j + 1]).every((b) => done[b] === 1)) continue;
      done[j] = 1;
      changed = true;
    }
  }
  return done.indexOf(0);
}
