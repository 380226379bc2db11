/** Which workers short jobs (and, without a table, long jobs) send reservations to. */
import { taskCount } from "../jobs/jobs.js";
import { drawWorker, sendProbe, type HybridRun } from "./state.js";

/** Draws workers from `from` to before `to`, with replacement, and sends them the reservations of the job. */
export function probeAtRandom(run: HybridRun, job: number, from: number, to: number): void {
  const probes = probesOf(run, job);
  for (let i = 0; i < probes; i++) sendProbe(run, job, drawWorker(run, from, to), 1);
}

function probesOf({ parts, jobs }: HybridRun, job: number): number {
  return Math.max(Math.ceil(parts.probeRatio * taskCount(jobs, job)), parts.leastProbes);
}

/** IdealEagle: probes workers without long work only, as the central scheduler knows them. */
export function probeUnmarked(run: HybridRun, job: number): void {
  const open = unmarked(run, run.table.bitmap);
  const probes = probesOf(run, job);
  for (let i = 0; i < probes; i++) sendProbe(run, job, open[drawWorker(run, 0, open.length)], 1);
}

/** The workers that no long job uses, and then those for long jobs that the bitmap does not mark. */
function unmarked({ partition: { longBegin } }: HybridRun, bitmap: Uint8Array): number[] {
  const open: number[] = [];
  for (let worker = 0; worker < bitmap.length; worker++)
    if (worker < longBegin || bitmap[worker] === 0) open.push(worker);
  return open;
}

/** Rounds of probes before a short job falls back on the workers that no long job uses. */
const ROUNDS = 2;

/**
 * Eagle (Delgado et al., SoCC 2016): workers that run or hold a long task refuse reservations of short jobs
 * and return the bitmap that they have; the next round avoids the workers that the newest one marks.
 */
export function probeInRounds(run: HybridRun, job: number): void {
  let newest: Newest = { bitmap: new Uint8Array(0), time: -1 };
  const probes = probesOf(run, job);
  let wanted: number[] = [];
  for (let i = 0; i < probes; i++) wanted.push(drawWorker(run, 0, run.partition.shortEnd));
  for (let round = 1; round <= ROUNDS; round++) {
    const refused = tryRound(run, job, wanted, round);
    if (refused === 0) return;
    newest = newestBitmap(run, wanted, newest);
    // The program draws once more after the last round, in vain.
    if (round === ROUNDS && !run.faults) {
      wanted = wanted.slice(0, refused);
      break;
    }
    const open = unmarked(run, newest.bitmap);
    wanted = Array.from({ length: refused }, () => open[drawWorker(run, 0, open.length)]);
  }
  wanted = wanted.map(() => drawWorker(run, 0, run.partition.longBegin));
  tryRound(run, job, wanted, ROUNDS + 1);
}

/** Sends reservations to the workers that do not refuse them, and returns the number of those that do. */
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

/** The newest bitmap that a job has, and when it was made; -1 for none. */
interface Newest {
  readonly bitmap: Uint8Array;
  readonly time: number;
}

/** Returns the newest of the bitmaps that these workers return and the one that there is. */
function newestBitmap({ workers }: HybridRun, asked: readonly number[], newest: Newest): Newest {
  let { bitmap, time } = newest;
  for (const worker of asked) {
    if (workers.bitmapTime[worker] <= time) continue;
    time = workers.bitmapTime[worker];
    bitmap = workers.bitmap[worker]!;
  }
  return { bitmap, time };
}
