/** Schedulers with a queue: each thinks about one job at a time and then places it. */
import { enter, takeAt } from "../fifo.js";
import { closeView, openView } from "./cell.js";
import { commit } from "./commit.js";
import { placeOfNext } from "./order.js";
import { bookThinking, place } from "./place.js";
import { beginTask, KIND, pushWork, type CellRun } from "./state.js";

/** Puts a job into its scheduler's queue. */
export function enqueueJob(run: CellRun, job: number): void {
  run.enqueued[job] = run.now;
  enter(run.schedulers[run.schedulerOf[job]].queue, job);
}

/** Takes a job out of the queue and books how long it was there. */
export function takeJob(run: CellRun, scheduler: number): number {
  const job = takeAt(run.schedulers[scheduler].queue, placeOfNext(run, scheduler));
  const waited = run.now - run.enqueued[job];
  run.record.queuedTillFull[job] += waited;
  if (run.record.attempts[job] === 0) run.record.queuedTillFirst[job] += waited;
  return job;
}

/** Returns how long the scheduler thinks about the job: tjob + ttask x unplaced tasks. */
export function thinkTime(run: CellRun, scheduler: number, job: number): number {
  const { jobThinks, taskThinks } = run.schedulers[scheduler];
  const kind = run.jobs.jobClass[job];
  return jobThinks[kind] + taskThinks[kind] * run.record.unplaced[job];
}

/** An idle scheduler begins to think about the next job of its queue. A snapshot is taken now. */
export function thinkAboutNext(run: CellRun, scheduler: number): void {
  const state = run.schedulers[scheduler];
  if (state.busy || state.queue.size === 0) return;
  state.busy = true;
  const job = takeJob(run, scheduler);
  if (run.parts.see === "snapshot") state.view = openView(run.cell);
  state.thinks = thinkTime(run, scheduler, job);
  pushWork(run, run.now + state.thinks, KIND.thought, scheduler, job);
}

/** The think time is over: the scheduler places the job's tasks and begins with the next job. */
export function decide(run: CellRun, scheduler: number, job: number): void {
  const state = run.schedulers[scheduler];
  noteAttempt(run, job);
  place(run, scheduler, job, state.view);
  if (state.view === undefined) settleLive(run, scheduler, job);
  else settleSnapshot(run, scheduler, job);
  retryOrLeave(run, scheduler, job);
  state.busy = false;
  thinkAboutNext(run, scheduler);
}

export function noteAttempt({ record }: CellRun, job: number): void {
  record.attempts[job]++;
  record.taskAttempts[job] += record.unplaced[job];
}

function settleLive(run: CellRun, scheduler: number, job: number): void {
  const { claims } = run;
  const state = run.schedulers[scheduler];
  if (claims.count === 0) {
    if (run.faults) return;
    state.record.noResources++;
    bookThinking(run, state, job, state.thinks, true);
    return;
  }
  run.record.unplaced[job] -= claims.count;
  for (let i = 0; i < claims.count; i++) beginTask(run, job, claims.machine[i]);
  state.record.transactions++;
  bookThinking(run, state, job, state.thinks, true);
}

function settleSnapshot(run: CellRun, scheduler: number, job: number): void {
  const state = run.schedulers[scheduler];
  closeView(run.cell, state.view!);
  state.view = undefined;
  if (run.claims.count === 0) {
    state.record.noResources++;
    if (!run.faults) bookThinking(run, state, job, state.thinks, true);
    return;
  }
  const refused = commit(run, scheduler, job);
  run.record.unplaced[job] -= run.claims.count;
  state.record.taskCommits += run.claims.count;
  state.record.taskConflicts += refused;
  if (run.record.attempts[job] > 1) state.record.retriedTransactions++;
  if (refused === 0) state.record.transactions++;
  else state.record.failedTransactions++;
  bookThinking(run, state, job, state.thinks, refused === 0);
  run.messages += 2;
}

/** A job with unplaced tasks is tried again later, or is abandoned after too many decisions. */
export function retryOrLeave(run: CellRun, scheduler: number, job: number): void {
  const { record, parts, jobs } = run;
  if (record.unplaced[job] === 0) return;
  const attempts = record.attempts[job];
  const nothing = record.unplaced[job] === jobs.taskOffsets[job + 1] - jobs.taskOffsets[job];
  if ((nothing && attempts > parts.attemptsWithoutTask) || attempts > parts.attempts) {
    run.schedulers[scheduler].record.abandoned++;
    record.abandoned[job] = 1;
  } else pushWork(run, run.now + parts.retryAfter, KIND.arrival, job);
}
