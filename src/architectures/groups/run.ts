/**
 * Pigeon (Wang et al., SoCC 2019), event by event: a job distributes its tasks evenly to the masters; the
 * remainder of the division goes to random masters. A master sends a task to a worker with room in its group,
 * or puts it into one of two queues, one for short and one for long tasks.
 */
import { InputError } from "../../base/errors.js";
import { pushChanges } from "../capacity.js";
import { couldHold, type CapacityChanges, type Cluster } from "../cluster.js";
import { drawBelow, labDraws, type Draws } from "../draws.js";
import { createEvents, pop, push, type EventQueue } from "../../base/events.js";
import { createFifo, enter, leave, type Fifo } from "../fifo.js";
import { jobOfTasks, byArrival, taskCount, type Jobs } from "../jobs/jobs.js";
import type { GroupParts } from "../parts.js";
import {
  createJobRecord,
  createTaskRecord,
  type JobRecord,
  type Outcome,
  type TaskRecord,
} from "../record.js";
import { createReleases, endsJob, mayBegin, released, type Releases } from "../release.js";
import type { Setup } from "../setup.js";

const KIND = { arrival: 0, atMaster: 1, atWorker: 2, taskEnd: 3, idle: 4, capacity: 5 } as const;

/** Tolerance for rounding, in units of capacity. */
const ROUNDING = 1e-9;

interface GroupRun {
  readonly jobs: Jobs;
  readonly cluster: Cluster;
  readonly parts: GroupParts;
  readonly draws: Draws;
  readonly events: EventQueue;
  readonly releases: Releases;
  readonly jobOfTask: Int32Array;
  readonly short: Uint8Array;
  /** Free room of the workers, as far as their masters know. */
  readonly freeCpu: Float64Array;
  readonly freeMemory: Float64Array;
  readonly groups: readonly Group[];
  readonly groupOf: Int32Array;
  /** Masters for each demand of a job, in their order after the last draws. */
  readonly mastersOf: Map<string, Int32Array>;
  readonly changes: CapacityChanges;
  readonly tasks: TaskRecord;
  readonly record: JobRecord;
  now: number;
  jobsDone: number;
  messages: number;
}

interface Group {
  /** Workers from `first` to before `end`; those from `reserved` on are only for short tasks. */
  readonly first: number;
  readonly reserved: number;
  readonly end: number;
  readonly shortQueue: Fifo;
  readonly longQueue: Fifo;
  /** Number of short tasks sent since the last long one. */
  shortsInRow: number;
}

export function runGroups(setup: Setup, parts: GroupParts): Outcome {
  const run = createRun(setup, parts);
  const { events, jobs } = run;
  pushChanges(events, setup.changes, KIND.capacity);
  for (const job of byArrival(jobs)) push(events, jobs.arrival[job], KIND.arrival, job);
  while (events.size > 0 && run.jobsDone < setup.stopAfterJobs && run.now <= setup.horizon) {
    run.now = events.time[0];
    const at = pop(events);
    handle(run, events.kind[at], events.a[at], events.b[at]);
  }
  const { tasks, record, now: endTime, messages } = run;
  return { tasks, jobs: record, schedulers: [], endTime, events: events.pushed, messages };
}

function createRun({ jobs, cluster, seed, changes }: Setup, parts: GroupParts): GroupRun {
  const workers = cluster.cpu.length;
  const masters = Math.min(parts.masters, workers);
  const groups = Array.from({ length: masters }, (_, i): Group => {
    const first = Math.floor((i * workers) / masters);
    const end = Math.floor(((i + 1) * workers) / masters);
    // A group without common workers could never run a long task.
    const reserved = Math.max(first + 1, end - parts.reserved);
    return { first, reserved, end, shortQueue: createFifo(), longQueue: createFifo(), shortsInRow: 0 };
  });
  const groupOf = new Int32Array(workers);
  groups.forEach((group, i) => groupOf.fill(i, group.first, group.end));
  return {
    jobs,
    cluster,
    parts,
    draws: labDraws(seed, "masters"),
    events: createEvents(),
    releases: createReleases(jobs),
    jobOfTask: jobOfTasks(jobs),
    short: Uint8Array.from(jobs.estimate, (estimate) => (estimate > parts.cutoff ? 0 : 1)),
    freeCpu: cluster.cpu.slice(),
    freeMemory: cluster.memory.slice(),
    groups,
    groupOf,
    mastersOf: new Map(),
    changes,
    tasks: createTaskRecord(jobs.duration.length),
    record: createJobRecord(jobs),
    now: 0,
    jobsDone: 0,
    messages: 0,
  };
}

function handle(run: GroupRun, kind: number, a: number, b: number): void {
  switch (kind) {
    case KIND.arrival:
      run.record.arrived[a] = run.now;
      if (mayBegin(run.releases, a)) assignTasks(run, a);
      return;
    case KIND.atMaster:
      receive(run, run.groups[a], b);
      return;
    case KIND.atWorker:
      begin(run, a, b);
      return;
    case KIND.taskEnd:
      end(run, a, b);
      return;
    case KIND.idle:
      free(run, a, run.jobs.cpu[run.jobOfTask[b]], run.jobs.memory[run.jobOfTask[b]]);
      return;
    case KIND.capacity:
      free(run, run.changes.machine[a], run.changes.cpu[a], run.changes.memory[a]);
      return;
  }
}

/** Assigns the tasks of a job to the masters that have a worker for them. */
function assignTasks(run: GroupRun, job: number): void {
  const { jobs, draws, events, now, parts } = run;
  const masters = mastersFor(run, job);
  const tasks = taskCount(jobs, job);
  const each = Math.floor(tasks / masters.length);
  let task = jobs.taskOffsets[job];
  for (let master = 0; master < masters.length; master++)
    for (let i = 0; i < each; i++) push(events, now + parts.delay, KIND.atMaster, masters[master], task++);
  for (let i = 0; task < jobs.taskOffsets[job + 1]; i++) {
    const other = i + drawBelow(draws, masters.length - i);
    const drawn = masters[other];
    masters[other] = masters[i];
    masters[i] = drawn;
    push(events, now + parts.delay, KIND.atMaster, drawn, task++);
  }
  run.messages += tasks;
}

/** Returns the masters with a worker that could hold a task of the job; cached by demand and kind. */
function mastersFor({ jobs, cluster, groups, short, mastersOf }: GroupRun, job: number): Int32Array {
  const key = `${jobs.cpu[job]},${jobs.memory[job]},${short[job]}`;
  const known = mastersOf.get(key);
  if (known !== undefined) return known;
  const able = Int32Array.from(groups.keys()).filter((master) => {
    const { first, reserved, end } = groups[master];
    for (let worker = first; worker < (short[job] === 1 ? end : reserved); worker++)
      if (couldHold(cluster, worker, jobs.cpu[job], jobs.memory[job])) return true;
    return false;
  });
  if (able.length === 0)
    throw new InputError(
      `only workers reserved for short tasks could hold the tasks of job ${jobs.ids[job]}: reserve fewer`,
    );
  mastersOf.set(key, able);
  return able;
}

/** A task arrives at its master: it goes to a worker with room (common workers first) or into a queue. */
function receive(run: GroupRun, group: Group, task: number): void {
  const job = run.jobOfTask[task];
  const short = run.short[job] === 1;
  const queue = short ? group.shortQueue : group.longQueue;
  const worker = queue.size === 0 ? findRoom(run, group, job) : -1;
  if (worker >= 0) sendTask(run, worker, task);
  else enter(queue, task);
}

/** Returns the first worker with room for a task of the job, -1 for none; common workers come first. */
function findRoom(run: GroupRun, group: Group, job: number): number {
  const end = run.short[job] === 1 ? group.end : group.reserved;
  for (let worker = group.first; worker < end; worker++) if (hasRoom(run, worker, job)) return worker;
  return -1;
}

function hasRoom({ freeCpu, freeMemory, jobs }: GroupRun, worker: number, job: number): boolean {
  return freeCpu[worker] >= jobs.cpu[job] - ROUNDING && freeMemory[worker] >= jobs.memory[job] - ROUNDING;
}

function sendTask(run: GroupRun, worker: number, task: number): void {
  const job = run.jobOfTask[task];
  run.freeCpu[worker] -= run.jobs.cpu[job];
  run.freeMemory[worker] -= run.jobs.memory[job];
  push(run.events, run.now + run.parts.delay, KIND.atWorker, worker, task);
  run.messages++;
}

function begin(
  { tasks, record, jobs, jobOfTask, now, events }: GroupRun,
  worker: number,
  task: number,
): void {
  tasks.start[task] = now;
  tasks.end[task] = now + jobs.duration[task];
  tasks.machine[task] = worker;
  record.unplaced[jobOfTask[task]]--;
  push(events, tasks.end[task], KIND.taskEnd, worker, task);
}

function end(run: GroupRun, worker: number, task: number): void {
  const { jobOfTask, releases, events, now, parts } = run;
  const job = jobOfTask[task];
  if (run.record.unplaced[job] === 0 && isLast(run, job)) run.jobsDone++;
  // The worker notifies the master and the scheduler.
  run.messages += 2;
  push(events, now + parts.delay, KIND.idle, worker, task);
  if (endsJob(releases, job)) for (const next of released(releases, job)) assignTasks(run, next);
}

/** Whether all tasks of the job have ended. */
function isLast({ tasks, jobs, now }: GroupRun, job: number): boolean {
  for (let t = jobs.taskOffsets[job]; t < jobs.taskOffsets[job + 1]; t++)
    if (tasks.end[t] > now) return false;
  return true;
}

/** The master is notified that room has become free, and sends tasks from its queues while there is room. */
function free(run: GroupRun, worker: number, cpu: number, memory: number): void {
  run.freeCpu[worker] += cpu;
  run.freeMemory[worker] += memory;
  const group = run.groups[run.groupOf[worker]];
  let at = worker;
  // Tasks behind the one that waited for this worker may fit on other workers.
  while (at >= 0) {
    const queue = nextQueue(run, group, at);
    if (queue === undefined) return;
    const next = run.jobOfTask[queue.items[queue.first]];
    if (!hasRoom(run, at, next)) at = findRoom(run, group, next);
    if (at < 0) return;
    group.shortsInRow = queue === group.longQueue ? 0 : group.shortsInRow + 1;
    sendTask(run, at, leave(queue));
  }
}

/**
 * Returns the queue to serve: the short one, unless `weight` short tasks have been sent in a row and a long
 * one waits. Reserved workers run no long task.
 */
function nextQueue({ parts }: GroupRun, group: Group, worker: number): Fifo | undefined {
  const { shortQueue, longQueue, reserved, shortsInRow } = group;
  const long = worker < reserved && longQueue.size > 0 ? longQueue : undefined;
  if (shortQueue.size === 0) return long;
  return long !== undefined && shortsInRow >= parts.weight ? long : shortQueue;
}
