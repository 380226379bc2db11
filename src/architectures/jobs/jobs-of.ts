/** The jobs and machines of a workload, for architectures to schedule. */
import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { hashFraction } from "../../base/random.js";
import { rowsWhere } from "../../base/columns/columns.js";
import { chooseMachines } from "../../workload/subset.js";
import type { OpenOptions } from "../../workload/open-options.js";
import { LATENCY_CRITICAL, OUTCOME, type DependencyColumns, type Workload } from "../../workload/workload.js";
import type { Prefill } from "../capacity.js";
import { couldHold, type Cluster } from "../cluster.js";
import { splitIntoArrivals, type Arrival } from "./arrivals.js";
import { clusterWithChanges } from "./cluster-of-workload.js";
import type { JobDependencies, Jobs } from "./jobs.js";

/** Jobs whose tasks are linked to executions of the workload. */
export interface WorkloadJobs extends Jobs {
  /** Row in `workload.executions` of each task. */
  readonly executions: Int32Array;
}

/** Machines that are linked to machines of the workload. */
export interface WorkloadCluster extends Cluster {
  /** Row in `workload.machines` of each machine. */
  readonly machines: Int32Array;
  /** Rows in `workload.executions` of the tasks that run at time 0: the tasks of `prefill`. */
  readonly running: Int32Array;
}

export interface WorkloadWork {
  readonly jobs: WorkloadJobs;
  /** Jobs that run when the workload begins, for the option `prefill` of `schedule`. */
  readonly prefill: WorkloadJobs & Prefill;
  readonly cluster: WorkloadCluster;
  /** Number of tasks that were left out because they are larger than any machine. */
  readonly tooLarge: number;
}

export interface JobsOfOptions extends Pick<OpenOptions, "shape" | "seed"> {
  /** The number of machines to keep, with the same share of the jobs. Default "all". */
  readonly machines?: number | "all";
  /**
   * How executions are treated that run when the workload begins: they run on their machines until they end
   * ("prefill", the default), or they arrive at time 0 ("arrive"), or they are left out ("none").
   */
  readonly running?: "prefill" | "arrive" | "none";
  /**
   * Tasks that were submitted more than this number of seconds after the first one of their job form another
   * job. Default 60: in the Google trace, the tasks of a large job take some seconds to submit.
   */
  readonly togetherSeconds?: number;
  /**
   * What a task demands: its "request" (the default), or its "usage", the mean of its samples, averaged over
   * the tasks of its job.
   */
  readonly demand?: "request" | "usage";
  /**
   * Factor by which the machines' capacity is larger for schedulers than it is. Default 1. In the Google
   * trace of 2011, requests of the tasks that run at the beginning exceed the CPU of the machines.
   */
  readonly overcommit?: number;
}

const OPTIONS = keysOf<JobsOfOptions>({
  machines: true,
  shape: true,
  seed: true,
  running: true,
  togetherSeconds: true,
  demand: true,
  overcommit: true,
});
const RUNNING: readonly unknown[] = ["prefill", "arrive", "none"];
const DEMANDS: readonly unknown[] = ["request", "usage"];

/**
 * Returns the jobs of a workload, and its machines, also those that join later. Open the workload with
 * `machines: "all"`, because fewer machines have only a part of the tasks of a job; `machines` here keeps
 * whole jobs, chosen by a seeded hash of their id, and the same share of the machines.
 *
 * - A job is a set of tasks that arrive together: tasks of one job of the workload with the same class and
 *   request. Tasks that are submitted later, or again, form another job: JOB/2, JOB/3, ...
 * - Arrival: when the first task was submitted, in seconds from step 0; 0 where that was earlier.
 * - Duration: how long the execution took in the workload, regardless of its outcome. An execution that was
 *   still running at the end lasts from its submission to the end.
 * - Demand: CPU and memory request (or usage), in reference machines.
 * - Class: LC work is Service, BE work is Batch.
 * - Dependencies: a group of tasks that waits for others is a job of its own (a stage). It arrives with the
 *   first task of its job, and `schedule` lets it wait for all jobs of its predecessor stages. It does not
 *   wait for tasks that run at the beginning or were left out, but for those that such tasks wait for.
 *
 * Throws InputError for an unknown option, and as `openWorkload` does for `machines` and `shape`.
 */
export function jobsOf(workload: Workload, options: JobsOfOptions = {}): WorkloadWork {
  checkJobsOptions(options);
  const { machines = "all", shape = "any", seed = 1, running = "prefill" } = options;
  const { togetherSeconds = 60, demand = "request", overcommit = 1 } = options;
  const choice = chooseMachines(workload.machines, { machines, shape, seed });
  const joining = new Set(workload.machineEvents.machine);
  const machineRows = choice.rows.filter((row) => workload.machines.up[row] === 1 || joining.has(row));
  const cluster = clusterWithChanges(workload, machineRows, overcommit);
  const { executions } = workload;
  const keepsJob = jobFilter(seed, choice.fraction);
  const demands = demandsOf(workload, demand);
  const fits = sizeFilter(cluster);
  const kept = rowsWhere(executions.job.length, (row) => keepsJob(executions.job[row]));
  const rows = kept.filter((row) => fits(demands.cpu[row], demands.memory[row]));
  const isInitial = (row: number): boolean => executions.initial[row] === 1;
  const arriving = running === "arrive" ? rows : rows.filter((row) => !isInitial(row));
  const onMachines = running === "prefill" ? rows.filter(isInitial) : new Int32Array(0);
  return {
    jobs: toJobs(workload, demands, splitIntoArrivals(workload, arriving, togetherSeconds)),
    prefill: onTheirMachines(
      workload,
      toJobs(workload, demands, splitIntoArrivals(workload, onMachines, Infinity)),
      machineRows,
    ),
    cluster: { ...cluster, machines: machineRows, running: onMachines },
    tooLarge: kept.length - rows.length,
  };
}

/** Throws InputError for an option that `jobsOf` does not have, and for a value out of range. */
export function checkJobsOptions(options: JobsOfOptions): void {
  refuseUnknownKeys(options, OPTIONS, "option of jobsOf");
  const { running = "prefill", togetherSeconds = 60, demand = "request", overcommit = 1 } = options;
  if (!RUNNING.includes(running)) throw new InputError(`running is ${running}: give prefill, arrive or none`);
  if (!DEMANDS.includes(demand)) throw new InputError(`demand is ${demand}: give request or usage`);
  if (!(overcommit > 0 && overcommit <= 1000))
    throw new InputError(`overcommit is ${overcommit}: give a number above 0, at most 1000`);
  if (!(togetherSeconds >= 0))
    throw new InputError(`togetherSeconds is ${togetherSeconds}: give a number of 0 or more`);
}

/**
 * Whether a job is kept. This depends only on a hash of its id, so a larger share keeps all jobs of a smaller
 * one.
 */
function jobFilter(seed: number, fraction: number): (job: bigint) => boolean {
  if (fraction >= 1) return () => true;
  const known = new Map<bigint, boolean>();
  return (job) => {
    let isKept = known.get(job);
    if (isKept === undefined) known.set(job, (isKept = hashFraction(seed, `job/${job}`) < fraction));
    return isKept;
  };
}

interface Demands {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
}

/** Returns what each execution demands. */
function demandsOf({ executions, usage, stepSeconds }: Workload, demand: "request" | "usage"): Demands {
  if (demand === "request") return { cpu: executions.cpuRequest, memory: executions.memoryRequest };
  const { offsets, firstStep } = usage;
  const sums = (values: Float32Array): Float64Array =>
    executions.start.map((_, row) =>
      values.subarray(offsets[row], offsets[row + 1]).reduce((sum, value) => sum + value, 0),
    );
  // A CPU sample is the mean of its whole step, even where the execution ran in only a part of the step.
  const cpu = sums(usage.cpu).map((sum, row) => {
    const seconds = executions.end[row] - Math.max(executions.start[row], firstStep[row] * stepSeconds);
    return seconds > 0 ? (sum * stepSeconds) / seconds : 0;
  });
  const memory = sums(usage.memory).map((sum, row) => sum / Math.max(1, offsets[row + 1] - offsets[row]));
  return { cpu, memory };
}

/** Whether some machine could hold a task of this size. */
function sizeFilter(cluster: Cluster): (cpu: number, memory: number) => boolean {
  const shapes = new Map<string, number>();
  for (let m = 0; m < cluster.cpu.length; m++) shapes.set(`${cluster.cpu[m]}/${cluster.memory[m]}`, m);
  const machines = [...shapes.values()];
  return (cpu, memory) => machines.some((machine) => couldHold(cluster, machine, cpu, memory));
}

/** Adds the machine of each task, -1 where the trace does not have it. */
function onTheirMachines(
  { executions }: Workload,
  prefill: WorkloadJobs,
  machineRows: Int32Array,
): WorkloadJobs & Prefill {
  const place = new Map(Array.from(machineRows, (row, at) => [row, at]));
  return { ...prefill, machine: prefill.executions.map((row) => place.get(executions.machine[row]) ?? -1) };
}

const CLASSES = ["Batch", "Service"] as const;

function toJobs(workload: Workload, demands: Demands, arrivals: readonly Arrival[]): WorkloadJobs {
  const { executions, steps, stepSeconds } = workload;
  const horizon = steps * stepSeconds;
  const taskOffsets = new Int32Array(arrivals.length + 1);
  arrivals.forEach(({ rows }, j) => {
    taskOffsets[j + 1] = taskOffsets[j] + rows.length;
  });
  const taskRows = Int32Array.from(arrivals.flatMap(({ rows }) => rows));
  const column = (values: Float64Array): Float64Array =>
    Float64Array.from(arrivals, ({ rows }) => meanOfRows(values, rows));
  const duration = Float64Array.from(taskRows, (row) => {
    const isCut = executions.outcome[row] === OUTCOME.alive && executions.initial[row] === 0;
    return isCut
      ? horizon - Math.max(0, executions.submit[row])
      : executions.end[row] - executions.start[row];
  });
  const dependencies = dependenciesOf(workload, arrivals);
  return {
    ids: arrivals.map(({ job, number }) => (number === 1 ? `${job}` : `${job}/${number}`)),
    arrival: Float64Array.from(arrivals, ({ time }) => time),
    classes: CLASSES,
    jobClass: Uint8Array.from(arrivals, ({ rows }) =>
      executions.taskClass[rows[0]] === LATENCY_CRITICAL ? 1 : 0,
    ),
    cpu: column(demands.cpu),
    memory: column(demands.memory),
    estimate: Float64Array.from(
      arrivals,
      ({ rows }, j) =>
        duration.subarray(taskOffsets[j], taskOffsets[j + 1]).reduce((sum, one) => sum + one, 0) /
        rows.length,
    ),
    taskOffsets,
    duration,
    executions: taskRows,
    ...(dependencies && { dependencies }),
  };
}

/**
 * Returns the jobs that a stage waits for. In place of a stage without jobs, it waits for those before that
 * stage.
 */
function jobsBefore(
  stage: number,
  { offsets, after }: DependencyColumns,
  jobsOfStage: ReadonlyMap<number, readonly number[]>,
): Set<number> {
  const jobs = new Set<number>();
  const seen = new Set<number>();
  const open = [stage];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const before of after.subarray(offsets[next], offsets[next + 1])) {
      if (seen.has(before)) continue;
      seen.add(before);
      const found = jobsOfStage.get(before);
      if (found === undefined) open.push(before);
      else for (const job of found) jobs.add(job);
    }
  }
  return jobs;
}

/** Returns the mean; equal values keep all their bits. */
function meanOfRows(values: Float64Array, rows: readonly number[]): number {
  const first = values[rows[0]];
  if (rows.every((row) => values[row] === first)) return first;
  return rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
}

function dependenciesOf(
  { dependencies }: Workload,
  arrivals: readonly Arrival[],
): JobDependencies | undefined {
  if (dependencies === undefined) return undefined;
  const jobsOfStage = new Map<number, number[]>();
  arrivals.forEach(({ stage }, j) => {
    if (stage < 0) return;
    const jobs = jobsOfStage.get(stage);
    if (jobs === undefined) jobsOfStage.set(stage, [j]);
    else jobs.push(j);
  });
  const offsets = new Int32Array(arrivals.length + 1);
  const after: number[] = [];
  arrivals.forEach(({ stage }, j) => {
    if (stage >= 0) for (const job of jobsBefore(stage, dependencies, jobsOfStage)) after.push(job);
    offsets[j + 1] = after.length;
  });
  return after.length === 0 ? undefined : { offsets, after: Int32Array.from(after) };
}
