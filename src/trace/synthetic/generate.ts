import { randomStream, type Random } from "../../random.js";
import { tierOf, type Tier } from "../tier.js";
import { createUsageLevels } from "../usage-level.js";
import { createUsageModel, type ModelledRun } from "../usage-model.js";
import {
  isLatencyCritical,
  LATENCY_CRITICAL,
  BEST_EFFORT,
  MACHINE_EVENT,
  OUTCOME,
  type MachineColumns,
  type MachineEventColumns,
  type RunColumns,
  type UsageColumns,
  type Workload,
} from "../workload.js";
import { createArrivals, drawDelay, drawDuration, runsPerHour } from "./arrivals.js";
import { drawOutages, nextFailure, type Outages } from "./failures.js";
import { createHeap } from "./heap.js";
import { resolveOptions, type ResolvedOptions, type SyntheticOptions } from "./options.js";
import { createPlacement, modelled, type Placed } from "./placement.js";
import { pickShare } from "./quantiles.js";
import { residentRuns } from "./residents.js";
import { addRun, createRunTable, runOrder, type RunTable, type SyntheticRun } from "./run-table.js";
import { END_SHARES, RUNS_PER_TASK } from "./tables.js";

/**
 * Returns a generated trace in the likeness of the Google 2011 cell: its resident tasks with their classes, priorities and
 * requests, its arrivals, run durations and ends, placed so that requests are level and use is not. All usage is
 * modelled (see `createUsageModel`). The number of running tasks stays level over weeks. The same options give the same
 * bytes. Throws InputError on an option out of range.
 */
export function generateWorkload(options: SyntheticOptions = {}): Workload {
  const resolved = resolveOptions(options);
  const { machines, steps, stepSeconds, originSeconds, lcRule, seed } = resolved;
  const horizon = steps * stepSeconds;
  const { onProgress } = options;
  const stream = (name: string): Random => randomStream(seed, "workload", name);
  const outages = resolved.failures ? drawOutages(machines, horizon, stream("failures")) : [];
  const residents = shuffled(residentRuns(resolved, runsPerHour(resolved), stream("residents")), stream("order"));
  const population = residents.map((run) => modelled(run.task, 0, run.end));
  const { table, overfull } = runCluster(resolved, residents, population, outages, (hour, hours) =>
    onProgress?.({ phase: "generating runs", done: hour, total: hours, unit: "hours" }),
  );
  const runs = toColumns(table, resolved);
  const usage = modelUsage(runs, resolved, population, (done, total) =>
    onProgress?.({ phase: "modelling usage", done, total, unit: "runs" }),
  );
  return {
    source: "synthetic",
    stepSeconds,
    steps,
    originSeconds,
    lcRule,
    machines: machineColumns(resolved),
    machineEvents: machineEvents(outages, resolved),
    runs,
    usage,
    provenance: {
      inputs: [],
      options: {
        ...resolved,
        arrivalShares: JSON.stringify(resolved.arrivalShares),
        runSeconds: JSON.stringify(resolved.runSeconds),
      },
      usage: "modelled",
      report: { placedBeyondCapacity: overfull },
    },
  };
}

function shuffled<Item>(items: Item[], random: Random): Item[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}

/** Lets runs arrive, find a machine, end and run again, in order of time, until the horizon. */
function runCluster(
  options: ResolvedOptions,
  residents: readonly SyntheticRun[],
  population: readonly ModelledRun[],
  outages: readonly Outages[],
  onHour: (hour: number, hours: number) => void,
): { table: RunTable; overfull: number } {
  const { steps, stepSeconds, seed } = options;
  const horizon = steps * stepSeconds;
  const arrivals = createArrivals(options, randomStream(seed, "workload", "arrivals"));
  const random = randomStream(seed, "workload", "ends");
  const placement = createPlacement(
    options,
    createUsageLevels(seed, population),
    outages,
    randomStream(seed, "workload", "placement"),
  );
  const table = createRunTable();
  const waiting = createHeap<SyntheticRun>();
  const active = createHeap<Placed>();

  const start = (run: SyntheticRun): void => {
    while (active.least() <= run.start) placement.release(active.pop()!);
    const placed = placement.place(run);
    const failure = outages.length > 0 ? microseconds(nextFailure(outages[placed.machine], run.start)) : Infinity;
    const end = Math.min(microseconds(run.end), failure > run.start ? failure : Infinity);
    const outcome = end >= horizon ? OUTCOME.alive : failure === end ? OUTCOME.evict : drawOutcome(run, random);
    addRun(table, run, Math.min(end, horizon), outcome, placed.machine);
    if (end < horizon) {
      active.push(end, placed);
      const again = runAgain(run, end, outcome, failure === end, options, random);
      if (again !== undefined && again.start < horizon) waiting.push(again.start, again);
    }
  };

  residents.forEach(start);
  const hours = Math.ceil(horizon / 3600);
  for (let hour = 0; hour < hours; hour++) {
    onHour(hour, hours);
    const to = Math.min(horizon, (hour + 1) * 3600);
    for (const run of arrivals(hour * 3600, to)) {
      const timed = { ...run, submit: microseconds(run.submit), start: microseconds(run.start) };
      if (timed.start < horizon) waiting.push(timed.start, timed);
    }
    while (waiting.least() < to) start(waiting.pop()!);
  }
  onHour(hours, hours);
  return { table, overfull: placement.overfull() };
}

/** Whole microseconds, as the trace has. */
function microseconds(seconds: number): number {
  return Math.ceil(seconds * 1e6) / 1e6;
}

function drawOutcome(run: SyntheticRun, random: Random): number {
  const { evict, fail, finish, kill } = END_SHARES[tierOf(run.task.priority)];
  const shares = [
    [OUTCOME.evict, evict],
    [OUTCOME.fail, fail],
    [OUTCOME.finish, finish],
    [OUTCOME.kill, kill],
  ] as const;
  return pickShare(shares, random());
}

/** A task that did not finish is submitted again at once, so often that its tier has its published runs per task. */
function runAgain(
  run: SyntheticRun,
  end: number,
  outcome: number,
  failed: boolean,
  options: ResolvedOptions,
  random: Random,
): SyntheticRun | undefined {
  if (outcome === OUTCOME.finish) return undefined;
  const { task } = run;
  const tier = tierOf(task.priority);
  if (!failed && random() >= againProbability(tier)) return undefined;
  const start = microseconds(end + drawDelay(random));
  const rest = failed ? run.end - end : drawDuration(tier, task.long, options, random);
  return { task, submit: end, start, end: start + rest, initial: false };
}

/** p with 1 / (1 - p x share of ends that are no FINISH) = runs per task. */
function againProbability(tier: Tier): number {
  return (1 - 1 / RUNS_PER_TASK[tier]) / (1 - END_SHARES[tier].finish);
}

function toColumns(table: RunTable, { lcRule }: ResolvedOptions): RunColumns {
  const order = runOrder(table);
  const count = table.length;
  const taskClass = new Uint8Array(count);
  const job = new BigInt64Array(count);
  for (let run = 0; run < count; run++) {
    const row = order[run];
    job[run] = BigInt(table.job[row]);
    const isLc = isLatencyCritical(lcRule, table.schedulingClass[row], table.priority[row]);
    taskClass[run] = isLc ? LATENCY_CRITICAL : BEST_EFFORT;
  }
  return {
    job,
    index: inOrder(new Int32Array(count), table.index, order),
    taskClass,
    priority: inOrder(new Uint8Array(count), table.priority, order),
    schedulingClass: inOrder(new Uint8Array(count), table.schedulingClass, order),
    submit: inOrder(new Float64Array(count), table.submit, order),
    start: inOrder(new Float64Array(count), table.start, order),
    end: inOrder(new Float64Array(count), table.end, order),
    outcome: inOrder(new Uint8Array(count), table.outcome, order),
    cpuRequest: inOrder(new Float64Array(count), table.cpuRequest, order),
    memoryRequest: inOrder(new Float64Array(count), table.memoryRequest, order),
    machine: inOrder(new Int32Array(count), table.machine, order),
    initial: inOrder(new Uint8Array(count), table.initial, order),
    measured: new Uint8Array(count),
  };
}

function inOrder<Column extends Float64Array | Int32Array | Uint8Array>(
  target: Column,
  source: Column,
  order: readonly number[],
): Column {
  for (let run = 0; run < order.length; run++) target[run] = source[order[run]];
  return target;
}

/** Counts the samples first: two arrays of the exact size are most of the memory that a long trace takes. */
function modelUsage(
  runs: RunColumns,
  { seed, stepSeconds, originSeconds }: ResolvedOptions,
  population: readonly ModelledRun[],
  onRuns: (done: number, total: number) => void,
): UsageColumns {
  const count = runs.job.length;
  const firstStep = Int32Array.from(runs.start, (start) => Math.floor(start / stepSeconds));
  const offsets = new Int32Array(count + 1);
  for (let run = 0; run < count; run++) {
    const steps = Math.max(1, Math.ceil(runs.end[run] / stepSeconds) - firstStep[run]);
    offsets[run + 1] = offsets[run] + steps;
  }
  const cpu = new Float32Array(offsets[count]);
  const memory = new Float32Array(offsets[count]);
  const model = createUsageModel({ seed, stepSeconds, originSeconds, population });
  for (let run = 0; run < count; run++) {
    if (run % 50_000 === 0) onRuns(run, count);
    model(modelledRun(runs, run), cpu, memory, offsets[run], offsets[run + 1]);
  }
  onRuns(count, count);
  return { offsets, firstStep, cpu, memory };
}

function modelledRun(runs: RunColumns, run: number): ModelledRun {
  return {
    job: runs.job[run],
    index: runs.index[run],
    priority: runs.priority[run],
    schedulingClass: runs.schedulingClass[run],
    cpuRequest: runs.cpuRequest[run],
    memoryRequest: runs.memoryRequest[run],
    start: runs.start[run],
    end: runs.end[run],
  };
}

function machineColumns({ machines, cpu, memory }: ResolvedOptions): MachineColumns {
  return {
    id: BigInt64Array.from({ length: machines }, (_, machine) => BigInt(machine + 1)),
    cpu: new Float64Array(machines).fill(cpu),
    memory: new Float64Array(machines).fill(memory),
    up: new Uint8Array(machines).fill(1),
  };
}

function machineEvents(outages: readonly Outages[], options: ResolvedOptions): MachineEventColumns {
  const horizon = options.steps * options.stepSeconds;
  const events = outages.flatMap((list, machine) =>
    list.flatMap(({ from, to }) => [
      { time: microseconds(from), machine, kind: MACHINE_EVENT.remove },
      { time: microseconds(to), machine, kind: MACHINE_EVENT.add },
    ]),
  );
  const kept = events.filter(({ time }) => time < horizon).sort((a, b) => a.time - b.time || a.machine - b.machine);
  return {
    time: Float64Array.from(kept, ({ time }) => time),
    machine: Int32Array.from(kept, ({ machine }) => machine),
    kind: Uint8Array.from(kept, ({ kind }) => kind),
    cpu: new Float64Array(kept.length).fill(options.cpu),
    memory: new Float64Array(kept.length).fill(options.memory),
  };
}
