/** The state of a run of Hawk, Eagle or a similar architecture. */
import { InputError } from "../../base/errors.js";
import { couldHold, type CapacityChanges, type Cluster } from "../cluster.js";
import { drawBelow, labDraws, lehmerDraws, type Draws } from "../draws.js";
import { createEvents, push, type EventQueue } from "../../base/events.js";
import { jobOfTasks, byArrival, taskCount, type Jobs } from "../jobs/jobs.js";
import type { HybridParts } from "../parts.js";
import { createJobRecord, createTaskRecord, type JobRecord, type TaskRecord } from "../record.js";
import { createReleases, type Releases } from "../release.js";
import type { Setup } from "../setup.js";
import { createQueues, type Queues } from "./queues.js";
import { createTable, type WorkTable } from "./table.js";

/** Kinds of events. */
export const KIND = { arrival: 0, probe: 1, noTask: 2, taskEnd: 3, lessWork: 4, capacity: 5 } as const;

export interface HybridRun {
  readonly jobs: Jobs;
  readonly parts: HybridParts;
  readonly cluster: Cluster;
  /** Whether the program's faults are reproduced. */
  readonly faults: boolean;
  readonly draws: Draws;
  readonly events: EventQueue;
  readonly releases: Releases;
  /** The jobs in order of arrival, and the number of them that have an arrival event. */
  readonly order: Int32Array;
  letIn: number;
  readonly arrival: Float64Array;
  /** 1 where the job's estimate is above the cutoff; 1 where the job is treated as long. */
  readonly aboveCutoff: Uint8Array;
  readonly long: Uint8Array;
  readonly jobOfTask: Int32Array;
  readonly nextTask: Int32Array;
  /** Estimated remaining work, as far as workers know; -1 where no task is left. */
  readonly remaining: Float64Array;
  readonly partition: Partition;
  readonly workers: WorkerColumns;
  readonly queues: Queues;
  readonly table: WorkTable;
  readonly changes: CapacityChanges;
  readonly tasks: TaskRecord;
  readonly record: JobRecord;
  /** Workers that the present job chose, in order. */
  chosen: number[];
  now: number;
  jobsDone: number;
  messages: number;
}

/** Short jobs use workers below `shortEnd`; long jobs use workers from `longBegin` on. */
export interface Partition {
  readonly shortEnd: number;
  readonly longBegin: number;
}

export interface WorkerColumns {
  readonly freeCpu: Float64Array;
  readonly freeMemory: Float64Array;
  /** 1 where the task that began last is long; number of long reservations in the queue. */
  readonly runsLong: Uint8Array;
  readonly queuedLong: Int32Array;
  /** When the present long task began (-1: none runs), and how long it was estimated to take. */
  readonly longBegan: Float64Array;
  readonly longEstimate: Float64Array;
  /** The bitmap that came with the last long reservation, and the time at which it came; -1: none. */
  readonly bitmap: (Uint8Array | undefined)[];
  readonly bitmapTime: Float64Array;
}

/** Returns the state before anything has happened. */
export function createRun(setup: Setup, parts: HybridParts): HybridRun {
  const faults = setup.mode !== "clean";
  const jobs = faults ? inWholeSeconds(setup.jobs) : setup.jobs;
  const count = jobs.ids.length;
  const { cpu, memory } = setup.cluster;
  const aboveCutoff = Uint8Array.from(jobs.estimate, (estimate) => (estimate > parts.cutoff ? 1 : 0));
  return {
    jobs,
    parts,
    cluster: setup.cluster,
    faults,
    draws: faults ? lehmerDraws(setup.seed) : labDraws(setup.seed, "probes"),
    events: createEvents(),
    releases: createReleases(jobs),
    // The program takes the jobs in the order of the file.
    order: faults ? Int32Array.from({ length: count }, (_, j) => j) : byArrival(jobs),
    letIn: 0,
    arrival: faults ? apart(jobs.arrival) : jobs.arrival,
    aboveCutoff,
    long: parts.short === "as-long" ? new Uint8Array(count).fill(1) : aboveCutoff,
    jobOfTask: jobOfTasks(jobs),
    nextTask: jobs.taskOffsets.slice(0, -1),
    remaining: jobs.estimate.map((estimate, j) => estimate * taskCount(jobs, j)),
    partition: partitionOf(parts, cpu.length, faults ? cpu[0] : 1),
    workers: {
      freeCpu: cpu.slice(),
      freeMemory: memory.slice(),
      runsLong: new Uint8Array(cpu.length),
      queuedLong: new Int32Array(cpu.length),
      longBegan: new Float64Array(cpu.length).fill(-1),
      longEstimate: new Float64Array(cpu.length).fill(-1),
      bitmap: new Array<undefined>(cpu.length).fill(undefined),
      bitmapTime: new Float64Array(cpu.length).fill(-1),
    },
    queues: createQueues(cpu.length),
    table: createTable(cpu.length),
    changes: setup.changes,
    tasks: createTaskRecord(jobs.duration.length),
    record: createJobRecord(jobs),
    chosen: [],
    now: 0,
    jobsDone: 0,
    messages: 0,
  };
}

/** Returns the partition. To divide the workers, the program counts slots instead of workers. */
function partitionOf(parts: HybridParts, workers: number, slots: number): Partition {
  const shortEnd = Math.min(Math.trunc((parts.shortPercent * workers * slots) / 100), workers);
  const longBegin = Math.trunc(((100 - parts.longPercent) * workers * slots) / 100);
  return { shortEnd, longBegin };
}

/** The program truncates durations and estimates to whole seconds. */
function inWholeSeconds(jobs: Jobs): Jobs {
  return { ...jobs, duration: jobs.duration.map(Math.trunc), estimate: jobs.estimate.map(Math.trunc) };
}

/** In the program, jobs with the same time of arrival arrive .01 after each other. */
function apart(arrival: Float64Array): Float64Array {
  const last = new Map<number, number>();
  return arrival.map((time) => {
    const before = last.get(time);
    last.set(time, before === undefined ? time : before + 0.01);
    return last.get(time)!;
  });
}

/** Adds the arrival event of the next job in the order. */
export function letNextIn(run: HybridRun): void {
  if (run.letIn === run.order.length) return;
  const job = run.order[run.letIn++];
  if (run.arrival[job] < run.now)
    throw new InputError(
      `the program fails its own assertion here: job ${run.jobs.ids[job]} arrives at ` +
        `${run.arrival[job]}, before the previous job (${run.now}); sort the jobs, or use mode clean`,
    );
  push(run.events, run.arrival[job], KIND.arrival, job);
}

/** What to do where a job has no worker. */
export const PARTITION =
  "raise longPercent (the workers for long jobs) or shortPercent (those for short jobs)";

/** Draws a number from `from` to before `to`. */
export function drawNumber(run: HybridRun, from: number, to: number): number {
  if (to <= from)
    throw new InputError(`there is no worker to probe from number ${from} to before ${to}: ${PARTITION}`);
  return from + drawBelow(run.draws, to - from);
}

/** Draws a worker from `from` to before `to` that could hold a task of the job. */
export function drawWorker(run: HybridRun, job: number, from: number, to: number): number {
  const drawn = drawNumber(run, from, to);
  for (let i = 0; i < to - from; i++) {
    const worker = from + ((drawn - from + i) % (to - from));
    if (holds(run, worker, job)) return worker;
  }
  throw new InputError(
    `no worker from number ${from} to before ${to} can hold a task of job ${run.jobs.ids[job]}: ` + PARTITION,
  );
}

/** Whether a task of the job fits on the worker when the worker is idle. */
export function holds({ cluster, jobs }: HybridRun, worker: number, job: number): boolean {
  return couldHold(cluster, worker, jobs.cpu[job], jobs.memory[job]);
}

/** Sends a reservation of the job to a worker. */
export function sendProbe(run: HybridRun, job: number, worker: number, rounds: number): void {
  push(run.events, run.now + run.parts.delay * rounds, KIND.probe, worker, job);
  run.messages++;
}
