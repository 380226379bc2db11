/** Chooses the workers to which short jobs (and, without a table, long jobs) send reservations. */
import { taskCount } from "../jobs/jobs.js";
import { drawNumber, drawWorker, holds, sendProbe, type HybridRun } from "./state.js";

/** Draws workers from `from` to before `to`, with replacement, and sends them the reservations of the job. */
export function probeAtRandom(run: HybridRun, job: number, from: number, to: number): void {
  const probes = probesOf(run, job);
  for (let i = 0; i < probes; i++) sendProbe(run, job, drawWorker(run, job, from, to), 1);
}

function probesOf({ parts, jobs }: HybridRun, job: number): number {
  return Math.max(Math.ceil(parts.probeRatio * taskCount(jobs, job)), parts.leastProbes);
}

/** IdealEagle: probes only workers without long work, which it knows from the central scheduler. */
export function probeUnmarked(run: HybridRun, job: number): void {
  const open = unmarked(run, job, run.table.bitmap);
  if (open.length === 0 && !run.faults) {
    probeAtRandom(run, job, 0, run.partition.shortEnd);
    return;
  }
  const probes = probesOf(run, job);
  for (let i = 0; i < probes; i++) sendProbe(run, job, open[drawNumber(run, 0, open.length)], 1);
}

/** Returns the workers that are not for long jobs, and those for long jobs that the bitmap does not mark. */
function unmarked(run: HybridRun, job: number, bitmap: Uint8Array): number[] {
  const open: number[] = [];
  for (let worker = 0; worker < bitmap.length; worker++) {
    const free = worker < run.partition.longBegin || bitmap[worker] === 0;
    if (free && holds(run, worker, job)) open.push(worker);
  }
  return open;
}

/** Number of rounds of probes; after them, a short job uses the workers that are not for long jobs. */
const ROUNDS = 2;

/**
 * Eagle (Delgado et al., SoCC 2016): workers that run or queue a long task refuse reservations of short jobs
 * and return their bitmap; the next round avoids the workers that the newest bitmap marks.
 */
export function probeInRounds(run: HybridRun, job: number): void {
  let newest: Newest = { bitmap: new Uint8Array(0), time: -1 };
  const probes = probesOf(run, job);
  let wanted: number[] = [];
  for (let i = 0; i < probes; i++) wanted.push(drawWorker(run, job, 0, run.partition.shortEnd));
  for (let round = 1; round <= ROUNDS; round++) {
    const refused = tryRound(run, job, wanted, round);
    if (refused === 0) return;
    newest = newestBitmap(run, wanted, newest);
    // The program also draws after the last round and does not use these numbers.
    const open = round < ROUNDS || run.faults ? unmarked(run, job, newest.bitmap) : [];
    if (open.length === 0 && !run.faults) {
      fallBack(run, job, refused);
      return;
    }
    wanted = Array.from({ length: refused }, () => open[drawNumber(run, 0, open.length)]);
  }
  fallBack(run, job, wanted.length);
}

/** Probes workers that are not for long jobs; where there are none, any worker for short jobs. */
function fallBack(run: HybridRun, job: number, probes: number): void {
  const { longBegin, shortEnd } = run.partition;
  const end = longBegin === 0 && !run.faults ? shortEnd : longBegin;
  for (let i = 0; i < probes; i++)
    sendProbe(run, job, drawWorker(run, job, 0, end), Math.floor((ROUNDS + 1) / 2) + 1);
}

/** Sends reservations to the workers that accept them, and returns the number of refusals. */
function tryRound(run: HybridRun, job: number, wanted: readonly number[], round: number): number {
  const { runsLong, queuedLong } = run.workers;
  let refused = 0;
  for (const worker of wanted) {
    if (runsLong[worker] === 1 || queuedLong[worker] !== 0) {
      refused++;
      run.messages++;
    } else sendProbe(run, job, worker, Math.floor(round / 2) + 1);
  }
  return refused;
}

/** The newest bitmap that a job knows, and the time at which it was made; -1: none. */
interface Newest {
  readonly bitmap: Uint8Array;
  readonly time: number;
}

/** Returns the newest bitmap among those that these workers return and `newest`. */
function newestBitmap({ workers }: HybridRun, asked: readonly number[], newest: Newest): Newest {
  let { bitmap, time } = newest;
  for (const worker of asked) {
    if (workers.bitmapTime[worker] <= time) continue;
    time = workers.bitmapTime[worker];
    bitmap = workers.bitmap[worker]!;
  }
  return { bitmap, time };
}
