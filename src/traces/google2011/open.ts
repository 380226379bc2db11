import { InputError } from "../../base/errors.js";
import { sortInputs, type InputFile } from "../../workload/inputs.js";
import type { OpenOptions } from "../../workload/open-options.js";
import { chooseMachines } from "../../workload/subset.js";
import { joinColumns } from "../../base/columns/columns.js";
import { createUsageLevels } from "../../workload/usage-model/usage-level.js";
import {
  createUsageModel,
  type UsageModel,
  type UsageModelOptions,
} from "../../workload/usage-model/usage-model.js";
import { STEP_MICROSECONDS, STEP_SECONDS, type Provenance, type Workload } from "../../workload/workload.js";
import { assembleMachines, assembleExecutions } from "../../workload/build/assemble.js";
import { completeExecutions } from "./complete.js";
import { addAll, type Counts } from "../../workload/build/counts.js";
import { readEvents, type Events } from "./events.js";
import type { Gap } from "../borg/gaps.js";
import { inferredExecutions } from "./inferred-executions.js";
import { createKeeper, tasksWithExecutions } from "./keep.js";
import { TRACE_ORIGIN } from "./layout.js";
import type { Lifecycle } from "../borg/lifecycle.js";
import { buildMachines, type MachineRows } from "../../workload/build/machines.js";
import { readMachineRows } from "./machine-events.js";
import type { PartSource, ReadingOptions } from "./parts/parts.js";
import { withPartsInMemory } from "./parts/source.js";
import {
  joinExecutions,
  executionColumns,
  type Execution,
  type ExecutionRows,
} from "../../workload/build/executions.js";
import { sampleUsage } from "./sample.js";
import { findParts, type Part, type Table } from "./tables.js";
import { createTaskNumbers, numberTasks, type TaskNumbers } from "../../workload/build/tasks.js";
import { readUsage, type UsageReading } from "./usage-rows.js";
import { wantedUsage } from "./wanted-usage.js";
import { labelUsage } from "../../workload/build/observed-usage.js";

export interface Google2011Options extends OpenOptions {
  /** Numbers of the parts to read. Default: all that exist. Parts left out are gaps, like missing parts. */
  readonly parts?: readonly number[];
  /** Models the usage of executions without measured usage. Default: `createUsageModel` of usage-model.ts. */
  readonly createUsageModel?: (options: UsageModelOptions) => UsageModel;
}

/**
 * Reads a Google 2011 trace (clusterdata-2011-2) in its official folder layout, from any subset of its parts.
 * It needs task_events or task_usage, and uses machine_events and job_events if they exist. The order of
 * files, and of rows within a part, has no effect.
 *
 * Step 0 begins at 600 s of trace time. If the data begin later and have no "before the trace" state, step 0
 * is the step in which they begin. Without machine_events, the machines are those that events and usage name,
 * with an assumed 0.5 CPU and 0.5 memory. Executions without usage rows get modelled usage and `measured` 0.
 *
 * Throws InputError for a folder with another layout, for rows that cannot be read (with `onError: "fail"`)
 * and for invalid options.
 */
export async function openGoogle2011(directory: string, options: Google2011Options = {}): Promise<Workload> {
  const parts = await findParts(directory, options.parts);
  return withPartsInMemory(parts, (source) => readGoogle2011(parts, source, options));
}

/** Like `openGoogle2011`, but with the parts and the source of their rows given. */
export async function readGoogle2011(
  parts: Readonly<Record<Table, readonly Part[]>>,
  source: PartSource,
  options: Google2011Options,
): Promise<Workload> {
  const { seed = 1, lcRule = "class>=2", onError = "fail", onProgress, steps } = options;
  const createModel = options.createUsageModel ?? createUsageModel;
  if (steps !== undefined && !(Number.isInteger(steps) && steps >= 1)) {
    throw new InputError(`steps ${steps}: give a whole number of at least 1`);
  }
  const counts: Counts = {};
  const inputs: InputFile[] = [];
  const reading: ReadingOptions = { source, onError, onProgress, counts, inputs };
  const tasks = createTaskNumbers();
  const machineRows = await readMachineRows(parts.machine_events, reading);
  const events = await readEvents(parts.task_events, reading);
  const usageFirst =
    machineRows.id.length === 0 || events.rows === 0
      ? await readUsage(parts.task_usage, undefined, reading)
      : undefined;
  const origin = findOrigin(events, usageFirst);
  const gaps = allGaps(events.gaps, parts.task_events);
  const { executions: known, unstarted } = await executionsOf(events, tasks, gaps, counts);
  const named = await namedMachines(known, machineRows, usageFirst);
  const machines = buildMachines(machineRows, named, origin, counts);
  const choice = chooseMachines(machines, options);
  const keeper = createKeeper(machines, choice, tasks, seed);
  const hasExecutions = tasksWithExecutions(known, tasks.count);
  const wanted = wantedUsage(known, hasExecutions, tasks, keeper);
  const usage = usageFirst ?? (await readUsage(parts.task_usage, wanted, reading, choice.fraction));

  const last = Math.max(events.last, usage.last);
  const length = countSteps(last - origin, steps);
  const horizon = length * STEP_MICROSECONDS;
  const isKnown = (task: number): boolean => hasExecutions[task] === 1;
  const facts = { hasExecutions: isKnown, facts: unstarted, last, counts };
  const inferred = await inferredExecutions(usage, tasks, wanted, { ...facts, onProgress });
  const all = joinExecutions(known, inferred);
  const table = await completeExecutions(all, tasks, parts.job_events, reading);
  const kept = assembleMachines(machines, choice, all.machine, {
    origin,
    horizon,
    machineTable: "machine_events",
    counts,
  });
  const { up } = kept.machines;
  const { executions, spans } = assembleExecutions(table, kept.rowOf, keeper.keeps, {
    origin,
    horizon,
    lcRule,
    up,
    counts,
  });
  const modelOptions = { seed, stepSeconds: STEP_SECONDS, originSeconds: origin / 1e6 };
  const { usage: samples, measured } = await sampleUsage(executions, spans, usage, {
    origin,
    step: STEP_MICROSECONDS,
    createModel: (population) =>
      createModel({ ...modelOptions, levels: createUsageLevels(seed, population) }),
    limit: source.workloadLimit,
    onProgress,
    counts,
  });
  return {
    source: "google2011",
    stepSeconds: STEP_SECONDS,
    steps: length,
    originSeconds: origin / 1e6,
    lcRule,
    machines: kept.machines,
    machineEvents: kept.events,
    executions: { ...executions, measured },
    usage: samples,
    provenance: {
      inputs: sortInputs(inputs),
      options: describeOptions(options, { seed, lcRule, onError, steps: length }),
      usage: labelUsage(measured),
      report: counts,
    },
  };
}

/** Returns the number of steps of data that cover this many microseconds from step 0; at most `wanted`. */
function countSteps(covered: number, wanted = Infinity): number {
  return Math.min(wanted, Math.max(1, Math.ceil(covered / STEP_MICROSECONDS)));
}

/** Returns the executions from the events, batch by batch: all events of a task are in one batch. */
async function executionsOf(
  { table }: Events,
  tasks: TaskNumbers,
  gaps: readonly Gap[],
  counts: Counts,
): Promise<Lifecycle> {
  const executions: ExecutionRows[] = [];
  const unstarted = new Map<number, Readonly<Execution>>();
  for await (const built of table.map("buildExecutions", () => gaps)) {
    addAll(counts, built.counts);
    const numbers = numberTasks(tasks, built.tasks.job, built.tasks.index);
    executions.push({ ...built.executions, task: built.executions.task.map((task) => numbers[task]) });
    for (const execution of built.unstarted)
      unstarted.set(numbers[execution.task], { ...execution, task: numbers[execution.task] });
  }
  return { executions: joinColumns(executionColumns, executions), unstarted };
}

/** Returns the beginning of step 0; without a "before the trace" state, it is the step of the first event. */
function findOrigin(events: Events, usage: UsageReading | undefined): number {
  if (events.hasInitialState) return TRACE_ORIGIN;
  const first = Number.isFinite(events.first) ? events.first : (usage?.first ?? Infinity);
  if (!Number.isFinite(first) || first < TRACE_ORIGIN) return TRACE_ORIGIN;
  return TRACE_ORIGIN + Math.floor((first - TRACE_ORIGIN) / STEP_MICROSECONDS) * STEP_MICROSECONDS;
}

/**
 * Returns all gaps. If part 0 is missing, the time before the first part is a gap that begins before the
 * trace.
 */
function allGaps(between: readonly Gap[], parts: readonly Part[]): readonly Gap[] {
  return parts.length > 0 && parts[0].number > 0 ? [{ from: -1, to: 0 }, ...between] : between;
}

/** Returns the machines that events name; without machine_events, also those that usage names. */
async function namedMachines(
  executions: ExecutionRows,
  rows: MachineRows,
  usage: UsageReading | undefined,
): Promise<ReadonlySet<bigint>> {
  const named = new Set<bigint>();
  const addAll = (machines: BigInt64Array): void => {
    for (const machine of machines) if (machine >= 0n) named.add(machine);
  };
  addAll(executions.machine);
  if (usage === undefined || rows.id.length > 0) return named;
  for await (const { columns } of usage.table.batches()) addAll(columns.machine);
  return named;
}

function describeOptions(
  { machines, shape = "auto", parts }: Google2011Options,
  given: Provenance["options"],
): Provenance["options"] {
  return {
    ...given,
    machines: machines ?? "default",
    shape: typeof shape === "string" ? shape : `${shape.cpu},${shape.memory}`,
    ...(parts === undefined ? {} : { parts: parts.join(",") }),
  };
}
