/** Makes a Workload from a user's own rows: arrays of objects, or arquero tables. */
import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { tabulateDependencies } from "../dependencies.js";
import type { UsageRows } from "../build/usage-rows.js";
import { sampleObserved } from "../build/observed-usage.js";
import {
  BEST_EFFORT,
  isLatencyCritical,
  LATENCY_CRITICAL,
  OUTCOME,
  type LcRule,
  type MachineEventColumns,
  type ExecutionColumns,
  type UsageColumns,
  STEP_SECONDS,
  type Workload,
} from "../workload.js";
import { readMachines } from "./machines.js";
import type { OwnRows } from "./rows.js";
import { readTasks, type Task } from "./tasks.js";
import { windowsOf } from "./usage.js";

export interface WorkloadFromOptions {
  /** The name of the workload in tables and captions. Default "own". */
  readonly source?: string;
  /** Length of a step in seconds. Default 300. */
  readonly stepSeconds?: number;
  /** Default: the number that the last task needs. */
  readonly steps?: number;
  /** The rule for latency-critical tasks. Default: those of class "LC". */
  readonly lcRule?: LcRule;
}

const OWN_KEYS = keysOf<OwnRows>({ machines: true, tasks: true, usage: true });
const OPTION_KEYS = keysOf<WorkloadFromOptions>({
  source: true,
  stepSeconds: true,
  steps: true,
  lcRule: true,
});

/**
 * Returns a Workload made from a user's own rows. Times are seconds from its beginning; CPU and memory are in
 * reference machines (a machine of cpu 1 and memory 1). Missing values have the default that their type
 * states (`MachineRow`, `TaskRow`, `UsageRow`). Tasks may be in any order; the executions of the result are
 * in order of start, then job and index.
 * @throws InputError with table, row and column for an invalid value, an unknown column or option, and a name
 * that no row has.
 */
export function workloadFrom(rows: OwnRows, options: WorkloadFromOptions = {}): Workload {
  refuseUnknownKeys(rows, OWN_KEYS, "table of workloadFrom");
  refuseUnknownKeys(options, OPTION_KEYS, "option of workloadFrom");
  const { source = "own", stepSeconds = STEP_SECONDS, steps, lcRule = "class>=2" } = options;
  if (!(stepSeconds > 0 && stepSeconds < Infinity))
    throw new InputError(`invalid stepSeconds: ${stepSeconds}; give a number above 0`);
  const machines = readMachines(rows.machines);
  const tasks = readTasks(rows.tasks, machines, stepSeconds);
  const last = tasks.reduce((latest, { end }) => Math.max(latest, end), 0);
  const length = steps ?? Math.max(1, Math.ceil(last / stepSeconds));
  if (!Number.isInteger(length) || length < 1)
    throw new InputError(`invalid steps: ${length}; give a whole number of 1 or more`);
  const horizon = length * stepSeconds;
  const windows = windowsOf(tasks, rows.usage, stepSeconds);
  const kept = tasks.filter(({ start }) => start < horizon);
  if (kept.length === 0) throw new InputError(`no task starts in the first ${length} steps; give more steps`);
  const executions = toExecutions(kept, horizon, lcRule, largestUse(tasks, windows));
  const usage = sample(executions, kept, windows, { horizon, stepSeconds, tasks: tasks.length });
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
    executions: { ...executions, measured: new Uint8Array(kept.length).fill(1) },
    usage,
    ...(columns === undefined ? {} : { dependencies: columns }),
    provenance: {
      inputs: [],
      options: { stepSeconds, steps: length, lcRule },
      usage: "measured",
      report: countWithoutMemory(executions.memoryRequest, usage),
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

/**
 * Makes a sample for each step of each task, as for the traces: the time-weighted mean of the windows that
 * overlap the step.
 */
function sample(
  executions: Omit<ExecutionColumns, "measured">,
  kept: readonly Task[],
  windows: UsageRows,
  { horizon, stepSeconds, tasks }: Readonly<Record<"horizon" | "stepSeconds" | "tasks", number>>,
): UsageColumns {
  const spans = {
    // Tasks that are left out start later, so the others keep their numbers.
    task: Int32Array.from(kept, (_, number) => number),
    start: Float64Array.from(kept, ({ start }) => start * 1e6),
    end: Float64Array.from(kept, ({ end }) => Math.min(end, horizon) * 1e6),
    machine: new BigInt64Array(kept.length).fill(-1n),
  };
  return sampleObserved(executions, spans, windows, tasks, {
    origin: 0,
    step: stepSeconds * 1e6,
    assumed: new Set(),
    createModel: () => {
      throw new Error("a task without windows of usage was not refused");
    },
    counts: {},
  }).usage;
}

/** Counts the executions that neither use nor request memory, where there are any. */
function countWithoutMemory(
  requests: Float64Array,
  { offsets, memory }: UsageColumns,
): Readonly<Record<string, number>> {
  const without = requests.filter(
    (request, row) =>
      request === 0 && !memory.subarray(offsets[row], offsets[row + 1]).some((use) => use > 0),
  ).length;
  return without === 0 ? {} : { "executions.withoutMemory": without, "executions.kept": requests.length };
}

/** Returns the largest use of each task while it is present, wherever its use was given; 0 for none. */
function largestUse(
  tasks: readonly Task[],
  { task, start, end, cpu, memory }: UsageRows,
): { readonly cpu: Float64Array; readonly memory: Float64Array } {
  const most = { cpu: new Float64Array(tasks.length), memory: new Float64Array(tasks.length) };
  task.forEach((number, row) => {
    if (start[row] >= tasks[number].end * 1e6 || end[row] <= tasks[number].start * 1e6) return;
    if (cpu[row] > most.cpu[number]) most.cpu[number] = cpu[row];
    if (memory[row] > most.memory[number]) most.memory[number] = memory[row];
  });
  return most;
}

function toExecutions(
  tasks: readonly Task[],
  horizon: number,
  lcRule: LcRule,
  most: ReturnType<typeof largestUse>,
): Omit<ExecutionColumns, "measured"> {
  const schedulingClass = tasks.map(({ isLc }) => (isLc ? 3 : 0));
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
    cpuRequest: Float64Array.from(tasks, ({ cpuRequest }, number) => cpuRequest ?? most.cpu[number]),
    memoryRequest: Float64Array.from(
      tasks,
      ({ memoryRequest }, number) => memoryRequest ?? most.memory[number],
    ),
    machine: Int32Array.from(tasks, ({ machine }) => machine),
    initial: Uint8Array.from(tasks, ({ initial }) => Number(initial)),
  };
}
