/** Mesos, event by event: allocations, offers, answers, tasks. */
import { InputError } from "../../base/errors.js";
import { pushChanges } from "../capacity.js";
import type { CapacityChanges } from "../cluster.js";
import { drawBelow, labDraws, type Draws } from "../draws.js";
import { createEvents, pop, push, type EventQueue } from "../../base/events.js";
import { jobOfTasks, byArrival, type Jobs } from "../jobs/jobs.js";
import type { MesosParts } from "../parts.js";
import {
  createJobRecord,
  createOfferRecord,
  createTaskRecord,
  noteAnswer,
  noteOffer,
  type JobRecord,
  type OfferRecord,
  type Outcome,
  type TaskRecord,
} from "../record.js";
import { createReleases, endsJob, mayBegin, released, type Releases } from "../release.js";
import type { Setup } from "../setup.js";
import {
  agentsIn,
  allocate,
  bookUse,
  createAllocator,
  free,
  hasAgent,
  revive,
  takeBack,
} from "./allocator.js";
import { SLACK, type MesosAllocator, type Offers } from "./state.js";

const KIND = { arrival: 0, batch: 1, revival: 2, offers: 3, answer: 4, taskEnd: 5, capacity: 6 } as const;

interface MesosRun {
  readonly jobs: Jobs;
  readonly parts: MesosParts;
  readonly events: EventQueue;
  readonly releases: Releases;
  readonly allocator: MesosAllocator;
  /** For each framework, its jobs with unplaced tasks, in order of arrival. */
  readonly queues: number[][];
  readonly frameworkOf: Int32Array;
  readonly jobOfTask: Int32Array;
  /** For each job, a task before which all tasks of the job have been launched. */
  readonly firstLeft: Int32Array;
  /** 1 where the task has been launched; 1 where it was launched near its data. */
  readonly launched: Uint8Array;
  readonly near: Uint8Array;
  /** The agents with the task's data: `copies` for each task. */
  readonly data: Int32Array;
  /** Number of agents that each job has skipped since it last launched a task near its data. */
  readonly passed: Int32Array;
  /** Offers that have not been answered yet, by their row of the record. */
  readonly letters: Map<number, Letter>;
  readonly offers: OfferRecord;
  /** Whether the next batch is planned already. */
  batchPlanned: boolean;
  /** Number of batches since something changed: a task began or ended, a job arrived, or capacity changed. */
  idleBatches: number;
  readonly changes: CapacityChanges;
  readonly tasks: TaskRecord;
  readonly record: JobRecord;
  now: number;
  messages: number;
}

/** Offers of one allocation to one framework, and the tasks that it launches on them, agent by agent. */
interface Letter {
  readonly framework: number;
  readonly offers: Offers;
  readonly tasks: number[];
  readonly agents: number[];
}

export function runMesos(setup: Setup, parts: MesosParts): Outcome {
  const run = createRun(setup, parts);
  const { events, jobs } = run;
  pushChanges(events, setup.changes, KIND.capacity);
  for (const job of byArrival(jobs)) push(events, jobs.arrival[job], KIND.arrival, job);
  while (events.size > 0 && run.now <= setup.horizon) {
    run.now = events.time[0];
    const at = pop(events);
    handle(run, events.kind[at], events.a[at], events.b[at]);
  }
  const { tasks, record, near, offers, messages, now: endTime } = run;
  return { tasks, jobs: record, schedulers: [], near, offers, endTime, events: events.pushed, messages };
}

function createRun({ jobs, cluster, seed, changes }: Setup, parts: MesosParts): MesosRun {
  return {
    jobs,
    parts,
    events: createEvents(),
    releases: createReleases(jobs),
    allocator: createAllocator(cluster, parts, labDraws(seed, "agents")),
    queues: parts.frameworks.map(() => []),
    frameworkOf: dealJobs(jobs, parts),
    jobOfTask: jobOfTasks(jobs),
    firstLeft: jobs.taskOffsets.slice(0, -1),
    launched: new Uint8Array(jobs.duration.length),
    near: new Uint8Array(jobs.duration.length),
    data: drawData(jobs.duration.length, parts.copies, cluster.cpu.length, labDraws(seed, "data")),
    passed: new Int32Array(jobs.ids.length),
    letters: new Map(),
    offers: createOfferRecord(parts.frameworks.map(({ name }) => name)),
    batchPlanned: false,
    idleBatches: 0,
    changes,
    tasks: createTaskRecord(jobs.duration.length),
    record: createJobRecord(jobs),
    now: 0,
    messages: 0,
  };
}

/** Assigns the jobs of each class to its frameworks, round robin. */
function dealJobs(jobs: Jobs, { frameworks }: MesosParts): Int32Array {
  const turns = new Int32Array(jobs.classes.length);
  return Int32Array.from(jobs.jobClass, (kind) => {
    const name = jobs.classes[kind];
    const serving = [...frameworks.keys()].filter((f) => frameworks[f].classes.includes(name));
    if (serving.length === 0)
      throw new InputError(`no framework runs jobs of class ${name}: add the class to one`);
    return serving[turns[kind]++ % serving.length];
  });
}

function drawData(tasks: number, copies: number, agents: number, draws: Draws): Int32Array {
  return Int32Array.from({ length: tasks * copies }, () => drawBelow(draws, agents));
}

function handle(run: MesosRun, kind: number, a: number, b: number): void {
  switch (kind) {
    case KIND.arrival:
      run.idleBatches = 0;
      run.record.arrived[a] = run.now;
      if (mayBegin(run.releases, a)) submit(run, a);
      return;
    case KIND.batch:
      run.batchPlanned = false;
      if (isIdle(run)) {
        waitForChange(run);
        return;
      }
      sendOffers(run);
      planBatch(run);
      return;
    case KIND.revival:
      sendOffers(run);
      return;
    case KIND.offers:
      useOffers(run, a);
      return;
    case KIND.answer:
      launch(run, a);
      return;
    case KIND.taskEnd:
      endTask(run, a, b);
      return;
    case KIND.capacity: {
      run.idleBatches = 0;
      const { machine, cpu, memory } = run.changes;
      free(run.allocator, machine[a], cpu[a], memory[a]);
    }
  }
}

/**
 * A framework gets a job. It wants offers from now on, its filters are dropped, and one allocation is made
 * for it.
 */
function submit(run: MesosRun, job: number): void {
  const at = run.frameworkOf[job];
  run.queues[at].push(job);
  revive(run.allocator.frameworks[at]);
  run.messages++;
  push(run.events, run.now + run.parts.delay, KIND.revival, 0);
  planBatch(run);
}

/** Plans the next batch, at a multiple of the interval, while a framework wants offers. */
function planBatch(run: MesosRun): void {
  if (run.batchPlanned || !run.allocator.frameworks.some(({ active }) => active)) return;
  run.batchPlanned = true;
  push(run.events, batchAfter(run, run.now), KIND.batch, 0);
}

/**
 * Whether no task can begin until something changes: every framework has been offered every agent, as often
 * as a job may refuse agents without its data.
 */
function isIdle(run: MesosRun): boolean {
  const { refuseFor, interval, skips, frameworks } = run.parts;
  const batchesForAll = (Math.ceil(refuseFor / interval) + 1) * frameworks.length;
  return ++run.idleBatches > (skips + 2) * batchesForAll;
}

/** Leaves out the batches that could start nothing: the next one follows the next event, if there is one. */
function waitForChange(run: MesosRun): void {
  if (run.events.size === 0) return;
  run.idleBatches = 0;
  run.batchPlanned = true;
  push(run.events, batchAfter(run, run.events.time[0]), KIND.batch, 0);
}

/** Returns the first multiple of the interval after a time. */
function batchAfter({ parts: { interval } }: MesosRun, time: number): number {
  return (Math.floor(time / interval + 1e-9) + 1) * interval;
}

function sendOffers(run: MesosRun): void {
  for (const offers of allocate(run.allocator, run.now)) {
    const framework = run.allocator.frameworks.indexOf(offers.framework);
    const row = run.offers.from.length;
    noteOffer(run.offers, framework, run.now, agentsIn(run.allocator, offers));
    run.letters.set(row, { framework, offers, tasks: [], agents: [] });
    push(run.events, run.now + run.parts.delay, KIND.offers, row);
    run.messages++;
  }
}

/**
 * The framework examines the offered agents one by one, for each of them its jobs one by one, and answers.
 */
function useOffers(run: MesosRun, id: number): void {
  const { allocator, queues, record } = run;
  const letter = run.letters.get(id)!;
  const { framework, offers } = letter;
  let waiting = queues[framework];
  let least = leastDemands(run, waiting);
  for (let i = 0; waiting.length > 0 && hasAgent(allocator, offers, i); i++) {
    if (offers.cpu[i] < least.cpu - SLACK || offers.memory[i] < least.memory - SLACK) continue;
    if (!useAgent(run, letter, waiting, i)) continue;
    waiting = waiting.filter((job) => record.unplaced[job] > 0);
    least = leastDemands(run, waiting);
  }
  queues[framework] = waiting;
  if (waiting.length === 0) allocator.frameworks[framework].active = false;
  push(run.events, run.now + run.parts.delay, KIND.answer, id);
  run.messages++;
}

/** Returns the least CPU and the least memory that a task of these jobs demands. */
function leastDemands({ jobs }: MesosRun, waiting: readonly number[]): { cpu: number; memory: number } {
  let cpu = Infinity;
  let memory = Infinity;
  for (const job of waiting) {
    if (jobs.cpu[job] < cpu) cpu = jobs.cpu[job];
    if (jobs.memory[job] < memory) memory = jobs.memory[job];
  }
  return { cpu, memory };
}

/** Launches what fits on the i-th agent, job by job. Returns whether a job has no task left. */
function useAgent(run: MesosRun, letter: Letter, waiting: readonly number[], i: number): boolean {
  let placed = false;
  for (const job of waiting) {
    while (takeTask(run, letter, job, i));
    placed ||= run.record.unplaced[job] === 0;
  }
  return placed;
}

/**
 * Launches one task of the job on the agent if one fits and is near its data, or if the job has skipped
 * enough agents. Returns whether a task was launched.
 */
function takeTask(run: MesosRun, { offers, tasks, agents }: Letter, job: number, i: number): boolean {
  const { jobs, record, parts } = run;
  const fits = jobs.cpu[job] <= offers.cpu[i] + SLACK && jobs.memory[job] <= offers.memory[i] + SLACK;
  if (record.unplaced[job] === 0 || !fits) return false;
  const agent = offers.agents[i];
  let task = firstTask(run, job, agent);
  const isNear = task >= 0;
  if (isNear) run.passed[job] = 0;
  else if (run.passed[job] < parts.skips) {
    run.passed[job]++;
    return false;
  } else task = firstTask(run, job, -1);
  run.launched[task] = 1;
  run.near[task] = isNear ? 1 : 0;
  record.unplaced[job]--;
  offers.cpu[i] -= jobs.cpu[job];
  offers.memory[i] -= jobs.memory[job];
  tasks.push(task);
  agents.push(agent);
  return true;
}

/**
 * Returns the job's first task that is not launched and has its data on the agent (`agent` -1: on any agent);
 * -1 where there is none.
 */
function firstTask(run: MesosRun, job: number, agent: number): number {
  const { jobs, launched, data, firstLeft } = run;
  const { copies } = run.parts;
  while (launched[firstLeft[job]] === 1) firstLeft[job]++;
  for (let task = firstLeft[job]; task < jobs.taskOffsets[job + 1]; task++) {
    if (launched[task] === 1) continue;
    if (agent < 0 || copies === 0) return task;
    for (let c = task * copies; c < (task + 1) * copies; c++) if (data[c] === agent) return task;
  }
  return -1;
}

/** The answer has arrived: tasks begin, and what is left of the offers is taken back, with a filter. */
function launch(run: MesosRun, id: number): void {
  const { tasks, jobs, jobOfTask, events, now, parts, allocator } = run;
  const letter = run.letters.get(id)!;
  run.letters.delete(id);
  if (letter.tasks.length > 0) run.idleBatches = 0;
  noteAnswer(run.offers, id, now, letter.tasks.length);
  letter.tasks.forEach((task, i) => {
    tasks.start[task] = now;
    tasks.end[task] = now + jobs.duration[task];
    tasks.machine[task] = letter.agents[i];
    const job = jobOfTask[task];
    bookUse(letter.offers.framework, jobs.cpu[job], jobs.memory[job], 1);
    push(events, tasks.end[task], KIND.taskEnd, task, letter.framework);
  });
  takeBack(allocator, letter.offers, now, parts.refuseFor);
}

function endTask(run: MesosRun, task: number, framework: number): void {
  run.idleBatches = 0;
  const { tasks, jobs, jobOfTask, releases, allocator } = run;
  const job = jobOfTask[task];
  bookUse(allocator.frameworks[framework], jobs.cpu[job], jobs.memory[job], -1);
  free(allocator, tasks.machine[task], jobs.cpu[job], jobs.memory[job]);
  if (endsJob(releases, job)) for (const next of released(releases, job)) submit(run, next);
}
