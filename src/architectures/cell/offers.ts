/**
 * Offers, as Omega's simulator models Mesos (MesosSimulation.scala): some time after a request or the end of
 * a task, all that is free is locked and offered to the framework with the least dominant share. The
 * framework answers when it has thought about the jobs in its queue.
 */
import { InputError } from "../../base/errors.js";
import { push } from "../../base/events.js";
import { noteAnswer, noteOffer } from "../record.js";
import { claim, closeView, createLocked, hasFree, lockAll, openCopy, unlockAll } from "./cell.js";
import { bookThinking, place } from "./place.js";
import { noteAttempt, retryOrLeave, takeJob, thinkTime } from "./schedulers.js";
import { beginTask, KIND, type CellRun, type Offer } from "./state.js";

/** If less than this is left of an offer, it counts as nothing. */
const NOTHING = 0.000001;

/** A scheduler wants offers from now on. */
export function requestOffers(run: CellRun, scheduler: number): void {
  run.allocator.wanting.add(scheduler);
  run.messages++;
  planOffer(run);
}

/** Plans an offer after the interval, unless one is planned already. */
export function planOffer({ allocator, events, now, parts }: CellRun): void {
  if (allocator.building) return;
  allocator.building = true;
  push(events, now + parts.offers.interval, KIND.buildOffer, 0);
}

/** Builds an offer of all that is free, if this is enough and a scheduler wants offers. */
export function buildOffer(run: CellRun): void {
  const { allocator, cell, parts, events } = run;
  allocator.building = false;
  const cpuFree = cell.totalCpu - (cell.cpuOccupied + cell.cpuLocked) + cell.cpuExcess;
  const memoryFree = cell.totalMemory - (cell.memoryOccupied + cell.memoryLocked) + cell.memoryExcess;
  // The program compares the free CPU with the least memory, too.
  const enough =
    cpuFree >= parts.offers.leastCpu && (run.faults ? cpuFree : memoryFree) >= parts.offers.leastMemory;
  const scheduler = enough ? leastShare(run) : -1;
  if (scheduler < 0) return;
  const offer = offerAll(run, scheduler);
  if (offer.locked.count === 0) {
    closeView(cell, offer.view);
    allocator.spare.push(offer.locked);
    return;
  }
  checkLocked(run);
  // A framework gets one offer at a time; in the program it may get the next one while it thinks.
  if (!run.faults) run.schedulers[scheduler].busy = true;
  const row = allocator.record.from.length;
  noteOffer(allocator.record, scheduler, run.now, offer.locked.count);
  allocator.offers.set(row, offer);
  push(events, run.now + parts.offers.allocatorThinks, KIND.offer, row);
  run.messages++;
}

/**
 * Returns the scheduler that wants offers and has the least dominant share; at equal shares, the first one;
 * -1 where no scheduler wants offers.
 */
function leastShare({ allocator, cell, schedulers }: CellRun): number {
  let best = -1;
  let least = Infinity;
  for (let s = 0; s < schedulers.length - 1; s++) {
    if (!allocator.wanting.has(s) || schedulers[s].busy) continue;
    const share = Math.max(cell.cpuOf[s] / cell.totalCpu, cell.memoryOf[s] / cell.totalMemory || 0);
    if (share >= least) continue;
    best = s;
    least = share;
  }
  return best;
}

function offerAll({ cell, allocator }: CellRun, scheduler: number): Offer {
  const view = openCopy(cell);
  const { cpuLocked, memoryLocked, cpuOccupied: cpuUsed, memoryOccupied: memoryUsed } = cell;
  const locked = allocator.spare.pop() ?? createLocked(cell.cpu.length);
  lockAll(cell, locked);
  return {
    scheduler,
    view,
    locked,
    cpuLocked,
    memoryLocked,
    cpuUsed,
    memoryUsed,
    decisions: 0,
    jobs: [],
    places: [],
  };
}

/**
 * The framework gets the offer. It decides about its jobs now; its answer is sent when the think time is
 * over.
 */
export function useOffer(run: CellRun, id: number): void {
  const offer = run.allocator.offers.get(id)!;
  const { queue } = run.schedulers[offer.scheduler];
  let thinks = 0;
  while (isWorthwhile(run, offer) && queue.size > 0) {
    const job = takeJob(run, offer.scheduler);
    const seconds = thinkTime(run, offer.scheduler, job);
    offer.decisions++;
    noteAttempt(run, job);
    // What would be thought after the end of the run is no work; the program counts it.
    const inRun = run.faults ? seconds : Math.min(seconds, Math.max(0, run.horizon - run.now - thinks));
    takeFromOffer(run, offer, job, inRun);
    thinks += seconds;
    retryOrLeave(run, offer.scheduler, job);
    run.enqueued[job] = run.now;
  }
  if (queue.size === 0) run.allocator.wanting.delete(offer.scheduler);
  closeView(run.cell, offer.view);
  push(run.events, run.now + thinks, KIND.answer, id);
  run.messages++;
}

/**
 * Whether something is left of an offer. Where machines have no memory, only CPU counts (not in the program).
 */
function isWorthwhile(run: CellRun, offer: Offer): boolean {
  const memory = memoryLeft(run, offer) > NOTHING || (!run.faults && run.cell.totalMemory === 0);
  return cpuLeft(run, offer) > NOTHING && memory;
}

function takeFromOffer(run: CellRun, offer: Offer, job: number, seconds: number): void {
  const { jobs, claims, record } = run;
  const state = run.schedulers[offer.scheduler];
  // The program compares the free memory with the CPU that a task demands.
  const memory = run.faults ? jobs.cpu[job] : jobs.memory[job];
  const mayFit = run.faults
    ? cpuLeft(run, offer) > jobs.cpu[job] && memoryLeft(run, offer) > memory
    : cpuLeft(run, offer) >= jobs.cpu[job] - run.cell.slack &&
      memoryLeft(run, offer) >= memory - run.cell.slack;
  claims.count = 0;
  if (mayFit) place(run, offer.scheduler, job, offer.view);
  if (claims.count === 0) {
    if (mayFit || !run.faults) state.record.noResources++;
    if (!run.faults) bookThinking(run, state, job, seconds, true);
    return;
  }
  for (let i = 0; i < claims.count; i++) {
    offer.jobs.push(job);
    offer.places.push(claims.machine[i]);
    offer.cpuUsed += jobs.cpu[job];
    offer.memoryUsed += jobs.memory[job];
  }
  record.unplaced[job] -= claims.count;
  state.record.transactions++;
  bookThinking(run, state, job, seconds, true);
}

function cpuLeft({ cell }: CellRun, { cpuUsed, cpuLocked }: Offer): number {
  return cell.totalCpu - (cpuUsed + cpuLocked) + cell.cpuExcess;
}

function memoryLeft({ cell }: CellRun, { memoryUsed, memoryLocked }: Offer): number {
  return cell.totalMemory - (memoryUsed + memoryLocked) + cell.memoryExcess;
}

/** The answer has arrived: the offer is unlocked, and the tasks that the framework has placed begin. */
export function acceptAnswer(run: CellRun, id: number): void {
  const { allocator, cell, jobs } = run;
  const offer = allocator.offers.get(id)!;
  allocator.offers.delete(id);
  noteAnswer(allocator.record, id, run.now, offer.jobs.length);
  unlockAll(cell, offer.locked);
  allocator.spare.push(offer.locked);
  for (let i = 0; i < offer.jobs.length; i++) {
    const job = offer.jobs[i];
    // Tasks start even if capacity has been taken away since the offer.
    if (!cell.changes && !hasFree(cell, offer.places[i], jobs.cpu[job], jobs.memory[job]))
      throw conflict(offer.places[i]);
    claim(cell, offer.scheduler, offer.places[i], jobs.cpu[job], jobs.memory[job]);
  }
  for (let i = 0; i < offer.jobs.length; i++) beginTask(run, offer.jobs[i], offer.places[i]);
  if (!run.faults) {
    run.schedulers[offer.scheduler].busy = false;
    if (run.schedulers[offer.scheduler].queue.size > 0) allocator.wanting.add(offer.scheduler);
  }
  // If the framework thought about no job, the next offer is the same as this one until a task ends. The
  // program makes it despite this.
  const goesOn = run.faults ? run.horizon < Infinity || run.work > 0 : allocator.offers.size > 0;
  if (offer.decisions > 0 || goesOn) planOffer(run);
}

/** The program asserts that nothing is free after an offer, except for rounding errors. */
function checkLocked({ cell, faults }: CellRun): void {
  const cpuFree = cell.totalCpu - (cell.cpuOccupied + cell.cpuLocked);
  const memoryFree = cell.totalMemory - (cell.memoryOccupied + cell.memoryLocked);
  if (faults && (cpuFree >= 0.01 || memoryFree >= 0.01))
    throw new InputError(
      `the program fails its own assertion here: CPU ${cpuFree} and memory ${memoryFree} are free after ` +
        "an offer of everything, because of rounding errors; use mode clean",
    );
}

function conflict(machine: number): InputError {
  return new InputError(
    `the program fails its own assertion here: what was offered on machine ${machine} is not free when ` +
      "the answer arrives, because of a rounding error; use mode clean",
  );
}
