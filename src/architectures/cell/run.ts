/**
 * Schedulers that share a cell, event by event, as in Omega's simulator. All kinds of views and commits share
 * one loop.
 */
import { InputError } from "../../base/errors.js";
import { pop, push } from "../../base/events.js";
import { pushChanges } from "../capacity.js";
import type { CellParts } from "../parts.js";
import type { JobRecord, Outcome } from "../record.js";
import { endsJob, mayBegin, released } from "../release.js";
import type { Setup } from "../setup.js";
import { changeCapacity, release } from "./cell.js";
import { acceptAnswer, buildOffer, planOffer, requestOffers, useOffer } from "./offers.js";
import { place } from "./place.js";
import { decide, enqueueJob, thinkAboutNext } from "./schedulers.js";
import { beginTask, createRun, KIND, pushWork, type CellRun } from "./state.js";

/** Time between samples of the amounts in use, in the program. */
const SAMPLE_EVERY = 1;

/**
 * Runs the jobs. Throws InputError for a class that no scheduler serves, and where the program whose faults
 * are reproduced fails its own assertion.
 */
export function runCell(setup: Setup, parts: CellParts): Outcome {
  const run = createRun(setup, parts);
  const { events, schedulers } = run;
  pushChanges(events, setup.changes, KIND.capacity);
  prefill(run);
  loadJobs(run);
  if (run.faults) {
    push(events, 0, KIND.sample, 0);
    // In the program, this event prints that the run begins.
    push(events, 0, KIND.nothing, 0);
  }
  while (events.size > 0 && run.now <= setup.horizon) {
    if (!run.faults) addSample(run, events.time[0] - run.now);
    run.now = events.time[0];
    const at = pop(events);
    handle(run, events.kind[at], events.a[at], events.b[at]);
  }
  for (const { record, queue } of schedulers) record.queued = queue.size;
  const { samples, submitted, jobs } = run;
  const tasks = jobs.taskOffsets[submitted];
  return {
    tasks: {
      start: run.tasks.start.subarray(0, tasks),
      end: run.tasks.end.subarray(0, tasks),
      machine: run.tasks.machine.subarray(0, tasks),
    },
    jobs: withoutPrefill(run.record, submitted),
    schedulers: schedulers.slice(0, -1).map(({ record }) => record),
    endTime: run.now,
    events: events.pushed,
    messages: run.messages,
    ...(parts.see === "offer" && { offers: run.allocator.record }),
    utilization: {
      cpu: samples.cpu / samples.weight,
      memory: samples.memory / samples.weight,
      cpuLocked: samples.cpuLocked / samples.weight,
      memoryLocked: samples.memoryLocked / samples.weight,
    },
    machines: { cpu: run.cell.cpu, memory: run.cell.memory, sequence: run.cell.sequence },
  };
}

/** Places the jobs that run at the beginning; jobs whose tasks fit on no machine are left out. */
function prefill(run: CellRun): void {
  const { jobs, record, claims, cell, schedulers } = run;
  const last = schedulers.length - 1;
  for (let job = run.submitted; job < jobs.ids.length; job++) {
    const fits = (m: number): boolean =>
      jobs.cpu[job] <= cell.cpuCapacity[m] && jobs.memory[job] <= cell.memoryCapacity[m];
    if (!cell.cpu.some((_, m) => fits(m))) continue;
    place(run, last, job, undefined);
    record.unplaced[job] -= claims.count;
    for (let i = 0; i < claims.count; i++) beginTask(run, job, claims.machine[i]);
  }
}

/** Assigns the jobs to schedulers, class by class, and adds their arrival events. */
function loadJobs(run: CellRun): void {
  const { jobs, schedulers } = run;
  let turn = 0;
  for (let kind = 0; kind < jobs.classes.length; kind++) {
    const serving = [...schedulers.keys()].filter((s) => !Number.isNaN(schedulers[s].jobThinks[kind]));
    for (let job = 0; job < run.submitted; job++) {
      if (jobs.jobClass[job] !== kind) continue;
      if (serving.length === 0)
        throw new InputError(
          `no scheduler serves jobs of class ${jobs.classes[kind]}: give one of them a think time`,
        );
      // As in the program, all classes share one counter, which is raised before it is used.
      run.schedulerOf[job] = serving[++turn % serving.length];
      pushWork(run, jobs.arrival[job], KIND.arrival, job);
    }
  }
}

function handle(run: CellRun, kind: number, a: number, b: number): void {
  switch (kind) {
    case KIND.arrival:
      run.work--;
      arrive(run, a);
      return;
    case KIND.thought:
      run.work--;
      decide(run, a, b);
      return;
    case KIND.taskEnd:
      run.work--;
      endTask(run, a);
      return;
    case KIND.sample:
      sample(run);
      return;
    case KIND.buildOffer:
      buildOffer(run);
      return;
    case KIND.offer:
      useOffer(run, a);
      return;
    case KIND.answer:
      acceptAnswer(run, a);
      return;
    case KIND.capacity:
      change(run, a);
      return;
  }
}

function change(run: CellRun, row: number): void {
  const { machine, cpu, memory } = run.changes;
  changeCapacity(run.cell, machine[row], cpu[row], memory[row]);
  if (run.parts.see === "offer") planOffer(run);
}

/** A job arrives for the first time, or is tried again. */
function arrive(run: CellRun, job: number): void {
  const { record, releases } = run;
  if (Number.isNaN(record.arrived[job]) && !mayBegin(releases, job)) return;
  submit(run, job);
}

function submit(run: CellRun, job: number): void {
  const { record, schedulerOf, parts } = run;
  if (Number.isNaN(record.arrived[job])) record.arrived[job] = run.now;
  enqueueJob(run, job);
  if (parts.see === "offer") requestOffers(run, schedulerOf[job]);
  else thinkAboutNext(run, schedulerOf[job]);
}

function endTask(run: CellRun, task: number): void {
  const { jobs, tasks, jobOfTask, schedulerOf, releases } = run;
  const job = jobOfTask[task];
  release(run.cell, schedulerOf[job], tasks.machine[task], jobs.cpu[job], jobs.memory[job]);
  run.cpuOfClass[jobs.jobClass[job]] -= jobs.cpu[job];
  run.memoryOfClass[jobs.jobClass[job]] -= jobs.memory[job];
  const isPrefill = job >= run.submitted;
  if (run.parts.see === "offer" && !(isPrefill && run.faults)) planOffer(run);
  if (isPrefill) return;
  if (endsJob(releases, job)) for (const next of released(releases, job)) submit(run, next);
}

function sample(run: CellRun): void {
  const { events } = run;
  addSample(run, 1);
  // Without this condition, sampling would never stop where only tasks without an end are left.
  if (events.size > 0 && events.time[0] < Infinity) push(events, run.now + SAMPLE_EVERY, KIND.sample, 0);
}

/** Adds the amounts in use with a weight: 1 for a sample of the program, else the time to the next event. */
function addSample({ samples, cell }: CellRun, weight: number): void {
  if (!(weight < Infinity)) return;
  samples.weight += weight;
  samples.cpu += weight * cell.cpuOccupied;
  samples.memory += weight * cell.memoryOccupied;
  samples.cpuLocked += weight * cell.cpuLocked;
  samples.memoryLocked += weight * cell.memoryLocked;
}

function withoutPrefill(record: JobRecord, jobs: number): JobRecord {
  return {
    arrived: record.arrived.subarray(0, jobs),
    attempts: record.attempts.subarray(0, jobs),
    taskAttempts: record.taskAttempts.subarray(0, jobs),
    queuedTillFirst: record.queuedTillFirst.subarray(0, jobs),
    queuedTillFull: record.queuedTillFull.subarray(0, jobs),
    useful: record.useful.subarray(0, jobs),
    wasted: record.wasted.subarray(0, jobs),
    unplaced: record.unplaced.subarray(0, jobs),
    abandoned: record.abandoned.subarray(0, jobs),
  };
}
