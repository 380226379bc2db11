/** The state of a run of schedulers that share a cell. */
import type { CapacityChanges, Cluster } from "../cluster.js";
import { javaDraws, labDraws, type Draws } from "../draws.js";
import { createEvents, push, type EventQueue } from "../../base/events.js";
import { createFifo, type Fifo } from "../fifo.js";
import { jobOfTasks, joinJobs, type Jobs } from "../jobs/jobs.js";
import type { CellParts, SchedulerParts } from "../parts.js";
import {
  createJobRecord,
  createOfferRecord,
  createSchedulerRecord,
  createTaskRecord,
  type JobRecord,
  type OfferRecord,
  type SchedulerRecord,
  type TaskRecord,
} from "../record.js";
import { createReleases, type Releases } from "../release.js";
import type { Setup } from "../setup.js";
import { createClaims, type Claims } from "./claims.js";
import { createPlacer, type Placer } from "./placer.js";
import { createCell, type Cell, type Locked, type View } from "./cell.js";

/** Kinds of events. */
export const KIND = {
  arrival: 0,
  thought: 1,
  taskEnd: 2,
  sample: 3,
  nothing: 4,
  buildOffer: 5,
  offer: 6,
  answer: 7,
  capacity: 8,
} as const;

/**
 * Amounts that differ by at most this are equal, because sums of floats are not exact. The program has no
 * such slack.
 */
const SLACK = 1e-9;

export interface CellRun {
  /** The submitted jobs, in mode omega-sim followed by those that run at the beginning (the prefill). */
  readonly jobs: Jobs;
  /** Number of submitted jobs. */
  readonly submitted: number;
  readonly parts: CellParts;
  /** Whether the faults of Omega's simulator are reproduced. */
  readonly faults: boolean;
  readonly cell: Cell;
  readonly events: EventQueue;
  readonly releases: Releases;
  /** The last one is only for the prefill. */
  readonly schedulers: readonly SchedulerState[];
  readonly schedulerOf: Int32Array;
  readonly jobOfTask: Int32Array;
  /** Tasks of each job that have begun. */
  readonly begun: Int32Array;
  /** When each job last came into a queue. */
  readonly enqueued: Float64Array;
  readonly tasks: TaskRecord;
  readonly record: JobRecord;
  readonly claims: Claims;
  /** Replaces random first fit where the parts give a placement rule. */
  readonly placer: Placer | undefined;
  /** In use by the jobs of each class. */
  readonly cpuOfClass: Float64Array;
  readonly memoryOfClass: Float64Array;
  readonly changes: CapacityChanges;
  readonly allocator: Allocator;
  readonly samples: Samples;
  now: number;
  messages: number;
  /** Number of arrivals, decisions and ends of tasks in the event queue. */
  work: number;
  /** When the run ends; Infinity: when nothing is left to do. */
  readonly horizon: number;
}

export interface SchedulerState {
  readonly record: SchedulerRecord;
  /** Think times by class: for the job and for each task. NaN for a class that it does not serve. */
  readonly jobThinks: Float64Array;
  readonly taskThinks: Float64Array;
  readonly queue: Fifo;
  readonly draws: Draws;
  /** Its machines are the rows `first` to `end` - 1; `pool` has them in their order after the last draws. */
  readonly first: number;
  readonly end: number;
  readonly pool: Int32Array;
  busy: boolean;
  /** How long it thinks about the present job, and its view of the cell during this time. */
  thinks: number;
  view: View | undefined;
}

/** The state of the allocator of offers. */
export interface Allocator {
  /** Schedulers that want offers. */
  readonly wanting: Set<number>;
  /** Offers without an answer, by their row of the record. */
  readonly offers: Map<number, Offer>;
  readonly record: OfferRecord;
  /** Columns that can be used again. */
  readonly spare: Locked[];
  /** Whether an offer is planned already. */
  building: boolean;
}

export interface Offer {
  readonly scheduler: number;
  readonly view: View;
  readonly locked: Locked;
  /** Amounts locked and in use when the offer was made; the scheduler's claims are added to those in use. */
  readonly cpuLocked: number;
  readonly memoryLocked: number;
  cpuUsed: number;
  memoryUsed: number;
  /** Number of decisions that the scheduler has made about jobs. */
  decisions: number;
  /** The tasks that the scheduler places: their jobs and machines, in order. */
  readonly jobs: number[];
  readonly places: number[];
}

/** Weighted sums over the samples, and the sum of the weights. */
export interface Samples {
  weight: number;
  cpu: number;
  memory: number;
  cpuLocked: number;
  memoryLocked: number;
}

/** Returns the state before anything has happened. */
export function createRun(setup: Setup, parts: CellParts): CellRun {
  const { prefill, cluster } = setup;
  const jobs = prefill === undefined ? setup.jobs : joinJobs(setup.jobs, prefill);
  const prefiller: SchedulerParts = { name: "prefill", thinks: {} };
  const schedulers = [...parts.schedulers, prefiller].map((scheduler) =>
    createScheduler(scheduler, jobs, cluster, setup),
  );
  const cell = createCell(cluster, schedulers.length, {
    slack: setup.mode === "clean" ? SLACK : 0,
    changes: setup.changes.time.length > 0,
  });
  return {
    jobs,
    submitted: setup.jobs.ids.length,
    parts,
    faults: setup.mode !== "clean",
    cell,
    events: createEvents(),
    releases: createReleases(setup.jobs),
    schedulers,
    schedulerOf: new Int32Array(jobs.ids.length).fill(schedulers.length - 1),
    jobOfTask: jobOfTasks(jobs),
    begun: new Int32Array(jobs.ids.length),
    enqueued: new Float64Array(jobs.ids.length),
    tasks: createTaskRecord(jobs.duration.length),
    record: createJobRecord(jobs),
    claims: createClaims(cluster.cpu.length),
    placer: parts.where && createPlacer(cell, parts.where, setup.seed),
    cpuOfClass: new Float64Array(jobs.classes.length),
    memoryOfClass: new Float64Array(jobs.classes.length),
    changes: setup.changes,
    allocator: {
      wanting: new Set(),
      offers: new Map(),
      record: createOfferRecord(parts.schedulers.map(({ name }) => name)),
      spare: [],
      building: false,
    },
    samples: { weight: 0, cpu: 0, memory: 0, cpuLocked: 0, memoryLocked: 0 },
    now: 0,
    messages: 0,
    work: 0,
    horizon: setup.horizon,
  };
}

function createScheduler(parts: SchedulerParts, jobs: Jobs, cluster: Cluster, setup: Setup): SchedulerState {
  const [from, to] = parts.machines ?? [0, cluster.cpu.length];
  const thinks = (of: "job" | "task"): Float64Array =>
    Float64Array.from(jobs.classes, (name) => (name in parts.thinks ? parts.thinks[name][of] : NaN));
  return {
    record: createSchedulerRecord(parts.name),
    jobThinks: thinks("job"),
    taskThinks: thinks("task"),
    queue: createFifo(),
    draws: setup.mode === "omega-sim" ? javaDraws(setup.seed) : labDraws(setup.seed, "cell", parts.name),
    first: from,
    end: to,
    pool: Int32Array.from({ length: to - from }, (_, i) => from + i),
    busy: false,
    thinks: 0,
    view: undefined,
  };
}

/** Starts the next task of a job on a machine on which its demand has been claimed. */
export function beginTask(run: CellRun, job: number, machine: number): void {
  const { jobs, begun, tasks, now } = run;
  const task = jobs.taskOffsets[job] + begun[job]++;
  tasks.start[task] = now;
  tasks.end[task] = now + jobs.duration[task];
  tasks.machine[task] = machine;
  run.cpuOfClass[jobs.jobClass[job]] += jobs.cpu[job];
  run.memoryOfClass[jobs.jobClass[job]] += jobs.memory[job];
  pushWork(run, tasks.end[task], KIND.taskEnd, task);
}

/**
 * Adds an event that counts as work. An event at time Infinity does not count: the run need not wait for it.
 */
export function pushWork(run: CellRun, time: number, kind: number, a: number, b = 0): void {
  push(run.events, time, kind, a, b);
  if (time < Infinity) run.work++;
}
