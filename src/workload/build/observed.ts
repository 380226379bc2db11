/**
 * Makes a Workload from executions and windows of usage, for the readers of all traces except Google's of
 * 2011.
 */
import { InputError } from "../../base/errors.js";
import { pickRows } from "../../base/columns/move-rows.js";
import { assembleMachines, assembleExecutions } from "./assemble.js";
import type { Counts } from "./counts.js";
import type { Machines } from "./machines.js";
import { imputeRequests } from "./requests.js";
import type { ExecutionRows } from "./executions.js";
import type { TaskTable } from "./tasks.js";
import type { UsageRows } from "./usage-rows.js";
import { sortInputs, type InputFile } from "../inputs.js";
import { labelUsage, sampleObserved } from "./observed-usage.js";
import type { OpenOptions } from "../open-options.js";
import { chooseMachines, keepsUnplaced, type MachineChoice } from "../subset.js";
import { createUsageModel } from "../usage-model/usage-model.js";
import { STEP_MICROSECONDS, STEP_SECONDS, type DependencyColumns, type Workload } from "../workload.js";

/** Ten years. A later time is a mistake, and would take all memory. */
const MOST_STEPS = (10 * 365 * 86_400) / STEP_SECONDS;

/**
 * The data that a reader found. Times are microseconds of trace time; CPU and memory are fractions of the
 * reference machine.
 */
export interface Observations {
  readonly source: string;
  /** The beginning of step 0, and the last time for which the trace has data. */
  readonly origin: number;
  readonly last: number;
  readonly tasks: TaskTable;
  /** In any order; priority from 0 to 11, requests NaN if the trace gives none. */
  readonly executions: ExecutionRows;
  /** In any order; CPU and memory NaN if the trace gives none. */
  readonly windows: UsageRows;
  /** Tasks whose windows the reader assumed. */
  readonly assumed?: ReadonlySet<number>;
  readonly machines: Machines;
  /** True for machines that the reader generated: the options do not choose among them. */
  readonly areGenerated: boolean;
  /** The table that names the machines, if they come from the trace. */
  readonly machineTable?: string;
  readonly dependencies?: DependencyColumns;
  readonly inputs: readonly InputFile[];
  readonly counts: Counts;
}

/**
 * Returns the Workload in steps of 300 s. Missing requests are imputed and missing usage is modelled, as for
 * the Google trace; both are counted. If the machines come from the trace, `machines` and `shape` choose
 * among them, and the executions on the chosen machines are kept.
 * @throws InputError for invalid options, and if nothing is left.
 */
export function buildObserved(observed: Observations, options: OpenOptions = {}): Workload {
  const { seed = 1, lcRule = "class>=2", onError = "fail", machines = "default", shape = "auto" } = options;
  const { origin, tasks, counts, source } = observed;
  const steps = countSteps(observed, options.steps);
  const horizon = steps * STEP_MICROSECONDS;
  const choice = observed.areGenerated
    ? everyMachine(observed.machines)
    : chooseMachines(observed.machines, options);
  const kept = assembleMachines(observed.machines, choice, observed.executions.machine, {
    origin,
    horizon,
    machineTable: observed.machineTable ?? "machines",
    counts,
  });
  const keep = createKeep(observed, choice, seed);
  const table = completeExecutions(observed);
  const { up } = kept.machines;
  if (observed.areGenerated) counts["machines.generated"] = kept.machines.id.length;
  // The readers count their assumptions among these executions.
  counts["executions.read"] = observed.executions.task.length;
  const { executions, spans } = assembleExecutions(table, kept.rowOf, keep, {
    origin,
    horizon,
    lcRule,
    up,
    counts,
  });
  const { usage, measured } = sampleObserved(executions, spans, observed.windows, tasks.index.length, {
    origin,
    step: STEP_MICROSECONDS,
    assumed: observed.assumed ?? new Set(),
    createModel: () => createUsageModel({ seed, stepSeconds: STEP_SECONDS, originSeconds: origin / 1e6 }),
    counts,
  });
  return {
    source,
    stepSeconds: STEP_SECONDS,
    steps,
    originSeconds: origin / 1e6,
    lcRule,
    machines: kept.machines,
    machineEvents: kept.events,
    executions: { ...executions, measured },
    usage,
    ...(observed.dependencies === undefined ? {} : { dependencies: observed.dependencies }),
    provenance: {
      inputs: sortInputs(observed.inputs),
      options: {
        seed,
        lcRule,
        onError,
        steps,
        machines: observed.areGenerated ? kept.machines.id.length : machines,
        shape: typeof shape === "string" ? shape : `${shape.cpu},${shape.memory}`,
      },
      usage: labelUsage(measured),
      report: counts,
    },
  };
}

function countSteps({ origin, last, executions, source }: Observations, steps: number | undefined): number {
  if (steps !== undefined && !(Number.isInteger(steps) && steps >= 1)) {
    throw new InputError(`invalid steps: ${steps}; give a whole number of 1 or more`);
  }
  if (executions.task.length === 0 || !(last > origin)) {
    throw new InputError(`no execution in this ${source} trace; check that its files belong together`);
  }
  const covered = Math.max(1, Math.ceil((last - origin) / STEP_MICROSECONDS));
  if (steps === undefined && covered > MOST_STEPS) {
    throw new InputError(
      `times from ${origin / 1e6} to ${last / 1e6} s in this ${source} trace: more than ten ` +
        "years; correct the rows with such times, or give steps",
    );
  }
  return Math.min(steps ?? Infinity, covered);
}

function everyMachine(machines: Machines): MachineChoice {
  return { rows: Int32Array.from(machines.id, (_, row) => row), isWhole: true, fraction: 1 };
}

/** Keeps the executions on picked machines, and a seeded share of the executions on unknown machines. */
function createKeep(
  { machines, tasks }: Observations,
  choice: MachineChoice,
  seed: number,
): (task: number, machine: bigint) => boolean {
  const chosen = new Set<bigint>();
  for (const row of choice.rows) chosen.add(machines.id[row]);
  return (task, machine) =>
    choice.isWhole ||
    (machine >= 0n
      ? chosen.has(machine)
      : keepsUnplaced(seed, tasks.job[task], tasks.index[task], choice.fraction));
}

function completeExecutions({
  executions,
  tasks,
  windows,
  counts,
}: Observations): Parameters<typeof assembleExecutions>[0] {
  const job = pickRows(tasks.job, executions.task);
  const priority = Uint8Array.from(executions.priority);
  const peak = peaksOf(windows, tasks.index.length);
  const request = imputeRequests(
    {
      job,
      priority,
      cpu: executions.cpu,
      memory: executions.memory,
      peakCpu: pickRows(peak.cpu, executions.task),
      peakMemory: pickRows(peak.memory, executions.task),
    },
    counts,
  );
  return { ...executions, ...request, job, priority, index: pickRows(tasks.index, executions.task) };
}

/** Returns the largest use of each task in any window; NaN if none is known. */
function peaksOf(
  { task, cpu, memory }: UsageRows,
  tasks: number,
): { cpu: Float64Array; memory: Float64Array } {
  const peak = { cpu: new Float64Array(tasks).fill(NaN), memory: new Float64Array(tasks).fill(NaN) };
  for (let row = 0; row < task.length; row++) {
    const own = task[row];
    if (!(peak.cpu[own] >= cpu[row])) peak.cpu[own] = cpu[row];
    if (!(peak.memory[own] >= memory[row])) peak.memory[own] = memory[row];
  }
  return peak;
}

/**
 * The beginning of step 0 in microseconds of trace time, and the executions; some of them may begin before
 * it.
 */
export interface Beginning {
  readonly origin: number;
  readonly executions: ExecutionRows;
}

/**
 * Returns the beginning of a trace that begins with its first execution: the step in which this execution
 * starts. Executions that start less than `within` microseconds after it begin just before step 0 instead, if
 * `isState` says that they belong to the initial state and are not arrivals (default: all do). They become
 * `initial`, so no policy places them.
 */
export function beginWithFirst(
  executions: ExecutionRows,
  within: number,
  isState: (row: number) => boolean = () => true,
): Beginning {
  const first = executions.start.reduce((least, time) => Math.min(least, time), Infinity);
  const origin = Number.isFinite(first) ? Math.floor(first / STEP_MICROSECONDS) * STEP_MICROSECONDS : 0;
  const wasThere = Uint8Array.from(executions.start, (time, row) =>
    Number(time - first < within && isState(row)),
  );
  const before = (times: Float64Array): Float64Array =>
    times.map((time, row) => (wasThere[row] === 1 ? origin - 1 : time));
  return {
    origin,
    executions: { ...executions, submit: before(executions.submit), start: before(executions.start) },
  };
}
