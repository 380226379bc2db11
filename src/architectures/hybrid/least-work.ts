/**
 * Chooses the workers of a job by a table of all workers' work: first workers without work, in the order of
 * their numbers, then the workers with the least work. Each chosen task is added to the table.
 */
import { InputError } from "../../base/errors.js";
import { taskCount } from "../jobs/jobs.js";
import { addWork } from "./table.js";
import { holds, PARTITION, type HybridRun } from "./state.js";

/** Workers in order of work, then number, as a heap. */
interface Waits {
  readonly work: number[];
  readonly worker: number[];
}

/** Writes the workers of a long job to `run.chosen` and adds its work to the table. */
export function chooseByTable(run: HybridRun, job: number): void {
  const { partition, workers, table, jobs } = run;
  const asShort = run.aboveCutoff[job] === 0;
  const from = asShort ? 0 : partition.longBegin;
  const to = asShort ? partition.shortEnd : workers.freeCpu.length;
  const estimate = jobs.estimate[job];
  run.chosen = fromTable(run, job, from, to);
  for (const worker of run.chosen) addWork(table, worker, estimate);
}

function fromTable(run: HybridRun, job: number, from: number, to: number): number[] {
  const { table, jobs } = run;
  const needed = taskCount(jobs, job);
  const estimate = jobs.estimate[job];
  const chosen: number[] = [];
  const waits: Waits = { work: [], worker: [] };
  const first = run.faults ? hashStart(from, to) : from;
  for (let i = 0; i < to - from; i++) {
    const worker = first + i < to ? first + i : from + (first + i - to);
    if (!holds(run, worker, job)) continue;
    if (table.work[worker] === 0) {
      chosen.push(worker);
      if (chosen.length === needed) return chosen;
    } else add(waits, waitOf(run, worker, table.work[worker]), worker);
  }
  for (const worker of chosen.slice()) add(waits, estimate, worker);
  fillLeast(run, job, waits, chosen);
  return chosen;
}

/** The work of a worker, minus the part of its present task that is done, plus the delay of two messages. */
function waitOf({ workers, now, parts }: HybridRun, worker: number, work: number): number {
  const began = workers.longBegan[worker];
  if (began === -1) return work;
  return 2 * parts.delay + work - Math.min(now - began, workers.longEstimate[worker]);
}

/**
 * Adds tasks to the worker with the least work until another one has less, then to that one, until all tasks
 * of the job have a worker.
 */
function fillLeast(run: HybridRun, job: number, waits: Waits, chosen: number[]): void {
  const needed = taskCount(run.jobs, job);
  const estimate = run.jobs.estimate[job];
  if (run.faults && waits.work.length < 2 && chosen.length < needed)
    throw new InputError(
      `the program waits without end here: job ${run.jobs.ids[job]} may use fewer than two workers; ` +
        "use mode clean",
    );
  if (waits.work.length === 0) throw new InputError(`no worker for job ${run.jobs.ids[job]}: ${PARTITION}`);
  while (chosen.length < needed) {
    const worker = waits.worker[0];
    let work = takeLeast(waits);
    const next = waits.work.length > 0 ? waits.work[0] : Infinity;
    while (work <= next && chosen.length < needed) {
      chosen.push(worker);
      work += estimate;
    }
    add(waits, work, worker);
  }
}

function add({ work, worker }: Waits, amount: number, number: number): void {
  let at = work.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isLess(amount, number, work[parent], worker[parent])) break;
    work[at] = work[parent];
    worker[at] = worker[parent];
    at = parent;
  }
  work[at] = amount;
  worker[at] = number;
}

function takeLeast({ work, worker }: Waits): number {
  const least = work[0];
  const amount = work.pop()!;
  const number = worker.pop()!;
  const size = work.length;
  if (size === 0) return least;
  let at = 0;
  for (let child = 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && isLess(work[child + 1], worker[child + 1], work[child], worker[child])) child++;
    if (!isLess(work[child], worker[child], amount, number)) break;
    work[at] = work[child];
    worker[at] = worker[child];
    at = child;
  }
  work[at] = amount;
  worker[at] = number;
  return least;
}

function isLess(workA: number, a: number, workB: number, b: number): boolean {
  return workA < workB || (workA === workB && a < b);
}

/**
 * Returns the number with which Python 2 begins to iterate over a dict of the numbers from `from` to before
 * `to`. Python iterates in the order of the number modulo the size of the hash table. The size is 8 at first.
 * Whenever two thirds of it are full, it becomes the least power of two above four times the number of
 * entries (above two times for more than 50,000 entries). The numbers before the returned one come last.
 */
export function hashStart(from: number, to: number): number {
  let size = 8;
  for (let used = 6; used <= to - from; used = Math.ceil((2 * size) / 3)) {
    const least = used * (used > 50_000 ? 2 : 4);
    while (size <= least) size *= 2;
  }
  const wrap = Math.ceil(from / size) * size;
  return wrap < to ? wrap : from;
}
