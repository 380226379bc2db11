/** A Workload from rows of one's own: arrays of objects, or arquero tables. */
import { InputError } from "../../errors.js";
import { didYouMean } from "../../nearest.js";
import { tabulateDependencies } from "../dependencies.js";
import type { UsageRows } from "../google2011/rows.js";
import { sampleObserved } from "../observed-usage.js";
import { createWindowsBuilder, type WindowsBuilder } from "../observed.js";
import { createRowReader, type RowReader, type RowSource } from "./row-reader.js";
import {
  BEST_EFFORT,
  isLatencyCritical,
  LATENCY_CRITICAL,
  OUTCOME,
  type LcRule,
  type MachineColumns,
  type MachineEventColumns,
  type RunColumns,
  type UsageColumns,
  type Workload,
} from "../workload.js";

export interface MachineRow {
  /** Default: the row's number, from 1. Whatever tasks name. */
  readonly id?: string | number | bigint;
  /** In reference machines. Default 1. */
  readonly cpu?: number;
  readonly memory?: number;
}

/** So many machines that are alike. */
export interface MachineCount extends Omit<MachineRow, "id"> {
  readonly count: number;
}

export interface TaskRow {
  /** Default: the row's number, from 1. What `after` and a table of usage name. */
  readonly id?: string | number | bigint;
  /** Seconds from the workload's beginning. */
  readonly start: number;
  /** Default: the end of the last step of `cpu`, where that is a list. */
  readonly end?: number;
  /** Default: `start`. */
  readonly submit?: number;
  /** CPU in use while it is there, in reference machines: a number, or one for each step from that of its start. Not with a table of usage. */
  readonly cpu?: number | ArrayLike<number>;
  /** Memory in use; default: the request. */
  readonly memory?: number | ArrayLike<number>;
  /** "LC" (latency-critical) or "BE" (best-effort). Default "BE". */
  readonly class?: "LC" | "BE";
  /** 0 to 11; default 9 for LC, 2 for BE. */
  readonly priority?: number;
  /** Default: the largest use. */
  readonly cpuRequest?: number;
  /** Default: the largest use, 0 where none is given. */
  readonly memoryRequest?: number;
  /** The id of the machine where it ran. Default: not known. */
  readonly machine?: string | number | bigint;
  /** True where it was there before the beginning: it stays on its machine at first. Default false. */
  readonly initial?: boolean;
  /** How it ended: a name in OUTCOME. Default "finish". */
  readonly outcome?: keyof typeof OUTCOME;
  /** Number of its job; tasks of a job are numbered in order. Default: a job of its own. */
  readonly job?: number | bigint;
  /** Ids of the tasks that it waited for. Default: none. */
  readonly after?: string | number | bigint | readonly (string | number | bigint)[];
}

/** A measurement, which holds to the task's next one. */
export interface UsageRow {
  /** A task's id. */
  readonly task: string | number | bigint;
  /** Seconds from the workload's beginning. */
  readonly time: number;
  readonly cpu: number;
  readonly memory?: number;
}

export interface OwnRows {
  readonly machines: RowSource<MachineRow> | MachineCount | readonly (MachineRow | MachineCount)[];
  readonly tasks: RowSource<TaskRow>;
  readonly usage?: RowSource<UsageRow>;
}

export interface WorkloadFromOptions {
  /** What the workload is called in tables and captions. Default "own". */
  readonly source?: string;
  /** Length of a step. Default 300. */
  readonly stepSeconds?: number;
  /** Default: as many as the last task needs. */
  readonly steps?: number;
  /** Which tasks are latency-critical: default those of class "LC". */
  readonly lcRule?: LcRule;
}

export const MACHINE_KEYS = ["id", "cpu", "memory", "count"];
export const TASK_KEYS = [
  "id",
  "start",
  "end",
  "submit",
  "cpu",
  "memory",
  "class",
  "priority",
  "cpuRequest",
  "memoryRequest",
  "machine",
  "initial",
  "outcome",
  "job",
  "after",
];
export const USAGE_KEYS = ["task", "time", "cpu", "memory"];
const OWN_KEYS = ["machines", "tasks", "usage"];

/**
 * Returns a Workload of rows of one's own. Times are seconds from its beginning; CPU and memory are in reference machines (a machine of cpu 1
 * and memory 1). What a row does not name has the default that its type states (`MachineRow`, `TaskRow`, `UsageRow`). Tasks may be in any
 * order; a run's row in the result is by start, then job and index.
 * @throws InputError naming table, row and column for a value that makes no sense, an unknown column and a name that nothing has.
 */
export function workloadFrom(
  rows: OwnRows,
  { source = "own", stepSeconds = 300, steps, lcRule = "class>=2" }: WorkloadFromOptions = {},
): Workload {
  for (const key of Object.keys(rows))
    if (!OWN_KEYS.includes(key))
      throw new InputError(
        `unknown table: ${key}${didYouMean(key, OWN_KEYS)}; known: ${OWN_KEYS.join(", ")}`,
      );
  if (!(stepSeconds > 0 && stepSeconds < Infinity))
    throw new InputError(`invalid stepSeconds: ${stepSeconds}; give a number above 0`);
  const machines = readMachines(rows.machines);
  const tasks = readTasks(rows.tasks, machines, stepSeconds);
  const length = steps ?? Math.max(1, Math.ceil(Math.max(...tasks.map(({ end }) => end)) / stepSeconds));
  if (!Number.isInteger(length) || length < 1)
    throw new InputError(`invalid steps: ${length}; give a whole number of 1 or more`);
  const horizon = length * stepSeconds;
  const windows = windowsOf(tasks, rows.usage, stepSeconds);
  const kept = tasks.filter(({ start }) => start < horizon);
  if (kept.length === 0) throw new InputError(`no task starts in the first ${length} steps; give more`);
  const runs = toRuns(kept, horizon, lcRule);
  const usage = sample(runs, kept, windows, { horizon, stepSeconds });
  const { columns } = tabulateDependencies(
    tasks.map(({ id, job, index, after }) => ({ key: id, job, firstIndex: index, instances: 1, after })),
  );
  return {
    source,
    stepSeconds,
    steps: length,
    originSeconds: 0,
    lcRule,
    machines: machines.columns,
    machineEvents: NO_EVENTS,
    runs: { ...runs, measured: new Uint8Array(kept.length).fill(1) },
    usage,
    ...(columns === undefined ? {} : { dependencies: columns }),
    provenance: {
      inputs: [],
      options: { stepSeconds, steps: length, lcRule },
      usage: "measured",
      report: {},
    },
  };
}

const NO_EVENTS: MachineEventColumns = {
  time: new Float64Array(0),
  machine: new Int32Array(0),
  kind: new Uint8Array(0),
  cpu: new Float64Array(0),
  memory: new Float64Array(0),
};

/** A sample for each step of each task, as for the traces: the time-weighted mean of the windows that it overlaps. */
function sample(
  runs: Omit<RunColumns, "measured">,
  tasks: readonly Task[],
  windows: UsageRows,
  { horizon, stepSeconds }: { readonly horizon: number; readonly stepSeconds: number },
): UsageColumns {
  const spans = {
    // Tasks that are left out start later: the others keep their numbers.
    task: Int32Array.from(tasks, (_, number) => number),
    start: Float64Array.from(tasks, ({ start }) => start * 1e6),
    end: Float64Array.from(tasks, ({ end }) => Math.min(end, horizon) * 1e6),
    machine: new BigInt64Array(tasks.length).fill(-1n),
  };
  const count = windows.task.reduce((most, task) => Math.max(most, task + 1), tasks.length);
  return sampleObserved(runs, spans, windows, count, {
    origin: 0,
    step: stepSeconds * 1e6,
    assumed: new Set(),
    createModel: () => {
      throw new InputError("a task has no use of CPU; give cpu in its row, or rows of usage");
    },
    counts: {},
  }).usage;
}

interface Machines {
  readonly columns: MachineColumns;
  /** Row by id, as text. */
  readonly rowOf: ReadonlyMap<string, number>;
}

function readMachines(given: OwnRows["machines"]): Machines {
  const source = isCount(given) ? [given] : (given as RowSource<MachineRow | MachineCount>);
  const ids: string[] = [];
  const cpu: number[] = [];
  const memory: number[] = [];
  for (const row of createRowReader("machines", source, MACHINE_KEYS)) {
    const count = row.whole("count", 1, { min: 1, max: 1e7 });
    for (let i = 0; i < count; i++) {
      ids.push(row.name("id") ?? String(ids.length + 1));
      cpu.push(row.number("cpu", 1, { min: 0, max: 1000 }));
      memory.push(row.number("memory", 1, { min: 0, max: 1000 }));
    }
  }
  if (ids.length === 0) throw new InputError("machines has no rows; give one at least");
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  if (rowOf.size < ids.length) {
    const twin = ids.find((id, row) => rowOf.get(id) !== row);
    throw new InputError(`machines: two rows have the id ${twin}; give each its own`);
  }
  // Names that are no numbers are numbered.
  const areNumbers = ids.every((id) => /^\d{1,18}$/.test(id));
  return {
    columns: {
      id: BigInt64Array.from(ids, (id, row) => (areNumbers ? BigInt(id) : BigInt(row + 1))),
      cpu: Float64Array.from(cpu),
      memory: Float64Array.from(memory),
      up: new Uint8Array(ids.length).fill(1),
    },
    rowOf,
  };
}

function isCount(given: OwnRows["machines"]): given is MachineCount {
  return "count" in given && typeof given.count === "number";
}

interface Task {
  readonly id: string;
  readonly job: bigint;
  readonly index: number;
  readonly submit: number;
  readonly start: number;
  readonly end: number;
  readonly cpu: readonly number[] | number | undefined;
  readonly memory: readonly number[] | number | undefined;
  readonly isLc: boolean;
  readonly priority: number;
  readonly cpuRequest: number | undefined;
  readonly memoryRequest: number | undefined;
  readonly machine: number;
  readonly initial: boolean;
  readonly outcome: number;
  readonly after: readonly string[];
}

/** In order of start, then job and index. */
function readTasks(source: RowSource<TaskRow>, { rowOf }: Machines, stepSeconds: number): Task[] {
  const tasks: Task[] = [];
  const known = new Set<string>();
  const indices = new Map<bigint, number>();
  for (const row of createRowReader("tasks", source, TASK_KEYS)) {
    const id = row.name("id") ?? String(tasks.length + 1);
    if (known.has(id)) throw row.fault("id", `${id} is the id of an earlier row, too`);
    known.add(id);
    const job = row.id("job") ?? BigInt(tasks.length + 1);
    const index = indices.get(job) ?? 0;
    indices.set(job, index + 1);
    tasks.push(readTask(row, id, { job, index }, rowOf, stepSeconds));
  }
  if (tasks.length === 0) throw new InputError("tasks has no rows; give one at least");
  for (const { id, after } of tasks) {
    const missing = after.find((other) => !known.has(other));
    if (missing !== undefined)
      throw new InputError(`tasks: "after" of ${id} names ${missing}, which is the id of no row`);
  }
  return tasks.sort(
    (a, b) => a.start - b.start || (a.job === b.job ? a.index - b.index : a.job < b.job ? -1 : 1),
  );
}

function readTask(
  row: RowReader,
  id: string,
  place: { readonly job: bigint; readonly index: number },
  rowOf: ReadonlyMap<string, number>,
  stepSeconds: number,
): Task {
  const start = row.number("start", undefined, { min: 0 });
  const cpu = row.amounts("cpu");
  const lastStep = typeof cpu === "object" ? Math.floor(start / stepSeconds) + cpu.length : undefined;
  const end = row.number("end", lastStep === undefined ? undefined : lastStep * stepSeconds, { min: 0 });
  if (!(end > start)) throw row.fault("end", `${end} is not after its start ${start}`);
  const name = row.name("machine");
  const machine = name === undefined ? -1 : rowOf.get(name);
  if (machine === undefined) throw row.fault("machine", `${name} is the id of no machine`);
  const isLc = row.oneOf("class", ["LC", "BE"], "BE") === "LC";
  return {
    id,
    ...place,
    start,
    end,
    submit: row.number("submit", start),
    cpu,
    memory: row.amounts("memory"),
    isLc,
    priority: row.whole("priority", isLc ? 9 : 2, { min: 0, max: 11 }),
    cpuRequest: row.optional("cpuRequest", { min: 0 }),
    memoryRequest: row.optional("memoryRequest", { min: 0 }),
    machine,
    initial: row.flag("initial"),
    outcome: OUTCOME[row.oneOf("outcome", Object.keys(OUTCOME) as (keyof typeof OUTCOME)[], "finish")],
    after: row.names("after"),
  };
}

interface Measurement {
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
}

function readUsage(source: RowSource<UsageRow>, tasks: readonly Task[]): Map<string, Measurement[]> {
  const known = new Set(tasks.map(({ id }) => id));
  const measured = new Map<string, Measurement[]>();
  for (const row of createRowReader("usage", source, USAGE_KEYS)) {
    const task = row.name("task");
    if (task === undefined || !known.has(task)) throw row.fault("task", `${task} is the id of no task`);
    const own = measured.get(task) ?? [];
    measured.set(task, own);
    own.push({
      time: row.number("time", undefined, { min: 0 }),
      cpu: row.number("cpu", undefined, { min: 0 }),
      memory: row.number("memory", NaN, { min: 0 }),
    });
  }
  return measured;
}

function windowsOf(tasks: readonly Task[], usage: OwnRows["usage"], stepSeconds: number): UsageRows {
  const windows = createWindowsBuilder();
  const measured = usage === undefined ? undefined : readUsage(usage, tasks);
  tasks.forEach((task, number) => {
    pushWindows(task, number, measured?.get(task.id), stepSeconds, windows);
  });
  return windows.finish();
}

function pushWindows(
  { id, start, end, cpu, memory }: Task,
  number: number,
  measured: Measurement[] | undefined,
  stepSeconds: number,
  windows: WindowsBuilder,
): void {
  if (measured !== undefined && cpu !== undefined)
    throw new InputError(`tasks: ${id} has cpu of its own and rows of usage; give one of them`);
  const at = (values: readonly number[] | number | undefined, i: number): number =>
    typeof values === "object" ? (values[i] ?? NaN) : (values ?? NaN);
  if (measured !== undefined) {
    const ordered = measured.sort((a, b) => a.time - b.time);
    ordered.forEach(({ time, cpu: used, memory: held }, i) => {
      const to = ordered.at(i + 1)?.time ?? Math.max(end, time);
      const own = Number.isNaN(held) ? at(memory, i) : held;
      if (to > time) windows.push(number, time * 1e6, to * 1e6, used, own);
    });
    return;
  }
  if (cpu === undefined)
    throw new InputError(`tasks: ${id} has no use of CPU; give cpu in its row, or rows of usage`);
  if (typeof cpu === "number" && typeof memory !== "object") {
    windows.push(number, start * 1e6, end * 1e6, cpu, at(memory, 0));
    return;
  }
  const first = Math.floor(start / stepSeconds);
  const steps = Math.ceil(end / stepSeconds) - first;
  for (const [name, values] of Object.entries({ cpu, memory }))
    if (typeof values === "object" && values.length !== steps)
      throw new InputError(
        `tasks: ${name} of ${id} has ${values.length} values for the ${steps} steps that it touches; give as many`,
      );
  for (let i = 0; i < steps; i++) {
    const from = (first + i) * stepSeconds * 1e6;
    windows.push(number, from, from + stepSeconds * 1e6, at(cpu, i), at(memory, i));
  }
}

function toRuns(tasks: readonly Task[], horizon: number, lcRule: LcRule): Omit<RunColumns, "measured"> {
  const schedulingClass = tasks.map(({ isLc }) => (isLc ? 3 : 0));
  const largest = (values: readonly number[] | number | undefined): number =>
    typeof values === "object" ? values.reduce((a, b) => Math.max(a, b), 0) : (values ?? 0);
  return {
    job: BigInt64Array.from(tasks, ({ job }) => job),
    index: Int32Array.from(tasks, ({ index }) => index),
    taskClass: Uint8Array.from(tasks, ({ priority }, row) =>
      isLatencyCritical(lcRule, schedulingClass[row], priority) ? LATENCY_CRITICAL : BEST_EFFORT,
    ),
    priority: Uint8Array.from(tasks, ({ priority }) => priority),
    schedulingClass: Uint8Array.from(schedulingClass),
    submit: Float64Array.from(tasks, ({ submit }) => submit),
    start: Float64Array.from(tasks, ({ start }) => start),
    end: Float64Array.from(tasks, ({ end }) => Math.min(end, horizon)),
    outcome: Uint8Array.from(tasks, ({ end, outcome }) => (end > horizon ? OUTCOME.alive : outcome)),
    cpuRequest: Float64Array.from(tasks, ({ cpuRequest, cpu }) => cpuRequest ?? largest(cpu)),
    memoryRequest: Float64Array.from(tasks, ({ memoryRequest, memory }) => memoryRequest ?? largest(memory)),
    machine: Int32Array.from(tasks, ({ machine }) => machine),
    initial: Uint8Array.from(tasks, ({ initial }) => Number(initial)),
  };
}
