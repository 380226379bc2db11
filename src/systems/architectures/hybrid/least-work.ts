/**
 * Where a job goes whose scheduler has a table of the workers' work: to empty workers, in the order of their
 * numbers, else to the workers with the least work, each task added to the table.
 */
import { InputError } from "../../../base/errors.js";
import { taskCount } from "../jobs/jobs.js";
import { addWork } from "./table.js";
import { holds, type HybridRun } from "./state.js";

/** Workers in order of work, then number, as a heap. */
interface Waits {
  readonly work: number[];
  readonly worker: number[];
}

/** Leaves the workers of a long job in `run.chosen` and adds its work to the table. */
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

/** The work of a worker, less what it has done of the present task, plus the time to be told. */
function waitOf({ workers, now, parts }: HybridRun, worker: number, work: number): number {
  const began = workers.longBegan[worker];
  if (began === -1) return work;
  return 2 * parts.delay + work - Math.min(now - began, workers.longEstimate[worker]);
}

/** Fills the least until the next is less, and so on, until the job has workers for all its tasks. */
function fillLeast(run: HybridRun, job: number, waits: Waits, chosen: number[]): void {
  const needed = taskCount(run.jobs, job);
  const estimate = run.jobs.estimate[job];
  if (run.faults && waits.work.length < 2 && chosen.length < needed)
    throw new InputError(
      `the program waits forever here: job ${run.jobs.ids[job]} may use fewer than two workers; ` +
        "use mode clean",
    );
  if (waits.work.length === 0)
    throw new InputError(`no worker for job ${run.jobs.ids[job]}: change the partition of the workers`);
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
 * Returns where Python 2 begins to walk through a dict of the numbers from `from` to before `to`: it walks
 * by the number modulo the size of its table, which is 8 at first and, whenever two thirds are full, the
 * least power of two above four times what is in it (twice above 50,000). The numbers before that come
 * last.
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
