/** Mesos, event by event: allocations, offers, answers, tasks. */
import { InputError } from "../../../base/errors.js";
import { drawBelow, labDraws, type Draws } from "../draws.js";
import { createEvents, pop, push, type EventQueue } from "../events.js";
import { byArrival, type Jobs } from "../jobs/jobs.js";
import type { MesosParts } from "../parts.js";
import {
  createJobRecord,
  createTaskRecord,
  type JobRecord,
  type Outcome,
  type TaskRecord,
} from "../record.js";
import { createReleases, endsJob, mayBegin, released, type Releases } from "../release.js";
import type { Setup } from "../setup.js";
import {
  allocate,
  recover,
  type Framework,
  type MesosAllocator,
  type Offer,
  type Role,
} from "./allocator.js";

const KIND = { arrival: 0, batch: 1, revival: 2, offers: 3, answer: 4, taskEnd: 5 } as const;

/** Rounding of sums and differences of amounts. */
const SLACK = 1e-9;

interface MesosRun {
  readonly jobs: Jobs;
  readonly parts: MesosParts;
  readonly events: EventQueue;
  readonly releases: Releases;
  readonly allocator: MesosAllocator;
  readonly frameworks: readonly Framework[];
  readonly roleOf: readonly Role[];
  /** Jobs with unplaced tasks of each framework, in order of arrival. */
  readonly queues: readonly number[][];
  readonly frameworkOf: Int32Array;
  readonly jobOfTask: Int32Array;
  /** 1 where the task has been launched, and where it was near its data. */
  readonly launched: Uint8Array;
  readonly near: Uint8Array;
  /** The agents with the task's data: `copies` for each task. */
  readonly data: Int32Array;
  /** Agents that each job has let pass since it last launched a task near its data. */
  readonly passed: Int32Array;
  /** Messages with offers, and answers, under way. */
  readonly letters: Map<number, Letter>;
  letterCount: number;
  /** Whether a batch is to come. */
  batchPlanned: boolean;
  readonly tasks: TaskRecord;
  readonly record: JobRecord;
  now: number;
  messages: number;
}

/** Offers of one allocation to one framework, and what it launches on them. */
interface Letter {
  readonly framework: number;
  readonly offers: readonly Offer[];
  readonly launches: Launch[];
  /** What is left of each offer. */
  readonly left: { cpu: number; memory: number }[];
}

interface Launch {
  readonly task: number;
  readonly agent: number;
}

export function runMesos(setup: Setup, parts: MesosParts): Outcome {
  const run = createRun(setup, parts);
  const { events, jobs } = run;
  for (const job of byArrival(jobs)) push(events, jobs.arrival[job], KIND.arrival, job);
  while (events.size > 0 && run.now <= setup.horizon) {
    run.now = events.time[0];
    const at = pop(events);
    handle(run, events.kind[at], events.a[at], events.b[at]);
  }
  const { tasks, record, near, messages, now: endTime } = run;
  return { tasks, jobs: record, schedulers: [], near, endTime, events: events.pushed, messages };
}

function createRun({ jobs, cluster, seed }: Setup, parts: MesosParts): MesosRun {
  const roles = Object.entries(parts.roles).map(([name, { weight, quotaCpu, quotaMemory }]): Role => ({
    name,
    weight,
    quota: [quotaCpu, quotaMemory],
    allocated: [0, 0],
    allocations: 0,
    frameworks: [],
  }));
  const frameworks = parts.frameworks.map(({ name }): Framework => ({
    name,
    weight: 1,
    allocated: [0, 0],
    allocations: 0,
    active: false,
    filters: new Map(),
  }));
  const roleOf = parts.frameworks.map(({ name, role }) => {
    const found = roles.find((one) => one.name === role);
    if (found === undefined) throw new InputError(`framework ${name} is of role ${role}: declare the role`);
    return found;
  });
  frameworks.forEach((framework, i) => roleOf[i].frameworks.push(framework));
  const jobOfTask = new Int32Array(jobs.duration.length);
  for (let j = 0; j < jobs.ids.length; j++) jobOfTask.fill(j, jobs.taskOffsets[j], jobs.taskOffsets[j + 1]);
  const agents = Array.from(cluster.cpu, (cpu, m) => ({
    total: [cpu, cluster.memory[m]] as const,
    allocated: [0, 0] as [number, number],
  }));
  return {
    jobs,
    parts,
    events: createEvents(),
    releases: createReleases(jobs),
    allocator: {
      agents,
      roles,
      leastCpu: parts.leastCpu,
      leastMemory: parts.leastMemory,
      draws: labDraws(seed, "agents"),
      allocations: 0,
    },
    frameworks,
    roleOf,
    queues: frameworks.map(() => []),
    frameworkOf: dealJobs(jobs, parts),
    jobOfTask,
    launched: new Uint8Array(jobs.duration.length),
    near: new Uint8Array(jobs.duration.length),
    data: drawData(jobs.duration.length, parts.copies, agents.length, labDraws(seed, "data")),
    passed: new Int32Array(jobs.ids.length),
    letters: new Map(),
    letterCount: 0,
    batchPlanned: false,
    tasks: createTaskRecord(jobs.duration.length),
    record: createJobRecord(jobs),
    now: 0,
    messages: 0,
  };
}

/** Deals the jobs of each class to its frameworks in turn. */
function dealJobs(jobs: Jobs, { frameworks }: MesosParts): Int32Array {
  const turns = new Int32Array(jobs.classes.length);
  return Int32Array.from(jobs.jobClass, (kind) => {
    const name = jobs.classes[kind];
    const serving = [...frameworks.keys()].filter((f) => frameworks[f].classes.includes(name));
    if (serving.length === 0)
      throw new InputError(`no framework runs jobs of class ${name}: name the class in one`);
    return serving[turns[kind]++ % serving.length];
  });
}

function drawData(tasks: number, copies: number, agents: number, draws: Draws): Int32Array {
  return Int32Array.from({ length: tasks * copies }, () => drawBelow(draws, agents));
}

function handle(run: MesosRun, kind: number, a: number, b: number): void {
  switch (kind) {
    case KIND.arrival:
      run.record.arrived[a] = run.now;
      if (mayBegin(run.releases, a)) submit(run, a);
      return;
    case KIND.batch:
      run.batchPlanned = false;
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
  }
}

/**
 * A framework gets a job. It wants offers now, whatever it has refused, and one allocation is made for it.
 */
function submit(run: MesosRun, job: number): void {
  const at = run.frameworkOf[job];
  run.queues[at].push(job);
  const framework = run.frameworks[at];
  framework.filters.clear();
  framework.active = true;
  run.messages++;
  push(run.events, run.now + run.parts.delay, KIND.revival, 0);
  planBatch(run);
}

/** Plans the next batch, at a multiple of the interval, while a framework wants offers. */
function planBatch(run: MesosRun): void {
  if (run.batchPlanned || !run.frameworks.some(({ active }) => active)) return;
  run.batchPlanned = true;
  const { interval } = run.parts;
  push(run.events, (Math.floor(run.now / interval + 1e-9) + 1) * interval, KIND.batch, 0);
}

function sendOffers(run: MesosRun): void {
  const offers = allocate(run.allocator, run.now);
  for (let at = 0; at < run.frameworks.length; at++) {
    const own = offers.filter(({ framework }) => framework === run.frameworks[at]);
    if (own.length === 0) continue;
    const left = own.map(({ cpu, memory }) => ({ cpu, memory }));
    run.letters.set(run.letterCount, { framework: at, offers: own, launches: [], left });
    push(run.events, run.now + run.parts.delay, KIND.offers, run.letterCount++);
    run.messages++;
  }
}

/** The framework goes through the offered agents and, on each, through its jobs, and answers. */
function useOffers(run: MesosRun, id: number): void {
  const letter = run.letters.get(id)!;
  const queue = run.queues[letter.framework];
  letter.offers.forEach(({ agent }, i) => {
    for (const job of queue) while (takeTask(run, letter, job, agent, i));
  });
  const waiting = queue.filter((job) => run.record.unplaced[job] > 0);
  queue.splice(0, queue.length, ...waiting);
  if (waiting.length === 0) run.frameworks[letter.framework].active = false;
  push(run.events, run.now + run.parts.delay, KIND.answer, id);
  run.messages++;
}

/** Launches one task of the job on the agent where that fits and is near or late enough. Returns whether. */
function takeTask(run: MesosRun, { launches, left }: Letter, job: number, agent: number, i: number): boolean {
  const { jobs, record, parts } = run;
  const fits = jobs.cpu[job] <= left[i].cpu + SLACK && jobs.memory[job] <= left[i].memory + SLACK;
  if (record.unplaced[job] === 0 || !fits) return false;
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
  left[i].cpu -= jobs.cpu[job];
  left[i].memory -= jobs.memory[job];
  launches.push({ task, agent });
  return true;
}

/**
 * Returns the job's first task that is not launched and has its data on the agent (-1: on any); -1 for
 * none.
 */
function firstTask({ jobs, launched, data, parts }: MesosRun, job: number, agent: number): number {
  const { copies } = parts;
  for (let task = jobs.taskOffsets[job]; task < jobs.taskOffsets[job + 1]; task++) {
    if (launched[task] === 1) continue;
    if (agent < 0 || copies === 0) return task;
    for (let c = task * copies; c < (task + 1) * copies; c++) if (data[c] === agent) return task;
  }
  return -1;
}

/** The answer is there: tasks begin, and what is left of the offers goes back, with a filter. */
function launch(run: MesosRun, id: number): void {
  const { tasks, jobs, events, now, parts, allocator } = run;
  const { framework, offers, launches, left } = run.letters.get(id)!;
  run.letters.delete(id);
  for (const { task, agent } of launches) {
    tasks.start[task] = now;
    tasks.end[task] = now + jobs.duration[task];
    tasks.machine[task] = agent;
    push(events, tasks.end[task], KIND.taskEnd, task, framework);
  }
  offers.forEach((offer, i) => {
    const { cpu, memory } = left[i];
    if (cpu > SLACK || memory > SLACK) recover(allocator, { ...offer, cpu, memory }, now, parts.refuseFor);
  });
}

function endTask(run: MesosRun, task: number, at: number): void {
  const { tasks, jobs, jobOfTask, releases, frameworks, roleOf } = run;
  const job = jobOfTask[task];
  const used = { cpu: jobs.cpu[job], memory: jobs.memory[job] };
  const agent = tasks.machine[task];
  recover(run.allocator, { agent, framework: frameworks[at], role: roleOf[at], ...used }, run.now);
  if (endsJob(releases, job)) for (const next of released(releases, job)) submit(run, next);
}
