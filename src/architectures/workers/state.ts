/** The state of a run on workers with queues. */
import type { CapacityChanges, Cluster } from "../cluster.js";
import { labDraws, type Draws } from "../draws.js";
import { createEvents, type EventQueue } from "../../base/events.js";
import { jobOfTasks, taskCount, type Jobs } from "../jobs/jobs.js";
import type { SamplingParts } from "../parts.js";
import { createJobRecord, createTaskRecord, type JobRecord, type TaskRecord } from "../record.js";
import { createReleases, type Releases } from "../release.js";
import type { Setup } from "../setup.js";
import { createCenter, type Center } from "./center.js";
import { createProbes, type Probes } from "./probes.js";
import { createWorkers, type Workers } from "./workers.js";

/** Kinds of events. */
export const KIND = {
  arrival: 0,
  probe: 1,
  noTask: 2,
  taskEnd: 3,
  cancel: 4,
  reply: 5,
  task: 6,
  told: 7,
  capacity: 8,
} as const;

/** The state of a run. */
export interface WorkerRun {
  readonly jobs: Jobs;
  readonly cluster: Cluster;
  readonly parts: SamplingParts;
  /** Whether the reference program's faults are reproduced. */
  readonly faults: boolean;
  readonly draws: Draws;
  readonly events: EventQueue;
  readonly workers: Workers;
  readonly probes: Probes;
  readonly changes: CapacityChanges;
  readonly center: Center;
  readonly releases: Releases;
  readonly jobOfTask: Int32Array;
  /** The task of each job that is assigned next. */
  readonly nextTask: Int32Array;
  /** Number of tasks of each job whose start and end are known. */
  readonly settled: Int32Array;
  readonly tasks: TaskRecord;
  readonly record: JobRecord;
  now: number;
  jobsDone: number;
  messages: number;
}

/** Returns the state before anything has happened. */
export function createRun(setup: Setup, parts: SamplingParts): WorkerRun {
  const { jobs, cluster, seed, mode, probes, changes } = setup;
  const tasks = jobs.duration.length;
  const lists = createProbes(jobs, cluster.cpu.length, parts, mode !== "clean", probes);
  return {
    jobs,
    cluster,
    parts,
    faults: mode !== "clean",
    draws: labDraws(seed, "probes"),
    events: createEvents(),
    workers: createWorkers(cluster, parts.binding === "late" ? lists.worker.length : tasks),
    probes: lists,
    changes,
    center: createCenter(cluster, parts.binding === "central"),
    releases: createReleases(jobs),
    jobOfTask: jobOfTasks(jobs),
    nextTask: jobs.taskOffsets.slice(0, -1),
    settled: new Int32Array(jobs.ids.length),
    tasks: createTaskRecord(tasks),
    record: createJobRecord(jobs),
    now: 0,
    jobsDone: 0,
    messages: 0,
  };
}

/** Notes when a task begins and ends, as soon as both are known. */
export function settle(run: WorkerRun, task: number, worker: number, start: number, end: number): void {
  run.tasks.start[task] = start;
  run.tasks.end[task] = end;
  run.tasks.machine[task] = worker;
  const job = run.jobOfTask[task];
  if (++run.settled[job] === taskCount(run.jobs, job)) run.jobsDone++;
}
