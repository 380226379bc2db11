/** Which workers a job probes. */
import { describeValue, InputError } from "../../base/errors.js";
import { couldHold, type Cluster } from "../cluster.js";
import { drawBelow, type Draws } from "../draws.js";
import { taskCount, type Jobs } from "../jobs/jobs.js";
import type { SamplingParts } from "../parts.js";

/** Lists of workers, one for each job: `workers[offsets[j]]` to `workers[offsets[j + 1] - 1]`, in order. */
export interface ProbeLists {
  readonly offsets: Int32Array;
  readonly workers: Int32Array;
}

/** The probes of all jobs. Probe p of job j is a number from `from[j]` to `from[j + 1] - 1`. */
export interface Probes {
  readonly from: Int32Array;
  readonly worker: Int32Array;
  readonly job: Int32Array;
  /** 1 where the worker has asked for a task. */
  readonly answered: Uint8Array;
  /** Whether the workers are given; otherwise they are drawn when a job arrives. */
  readonly given: boolean;
  /** All workers, in their order after the last draws. */
  readonly deck: Int32Array;
}

/**
 * Returns the probes of all jobs; where `given` is absent, their workers are not drawn yet. A job with m
 * tasks gets `probeRatio` x m probes, rounded up. The reference program probes no worker twice for a job
 * (`distinct`), so that a job gets at most as many probes as there are workers. Otherwise, a job that needs
 * more probes uses all workers several times. Throws InputError for lists that are not of these
 * jobs, and where a list names a worker that does not exist.
 */
export function createProbes(
  jobs: Jobs,
  workers: number,
  { probeRatio, binding }: SamplingParts,
  distinct: boolean,
  given?: ProbeLists,
): Probes {
  const count = jobs.ids.length;
  if (given !== undefined) checkLists(given, count);
  const from = new Int32Array(count + 1);
  for (let j = 0; j < count; j++) {
    const wanted = binding === "central" ? 0 : Math.ceil(probeRatio * taskCount(jobs, j));
    const most = given ? given.offsets[j + 1] - given.offsets[j] : distinct ? workers : wanted;
    from[j + 1] = from[j] + Math.min(wanted, most);
  }
  const worker = new Int32Array(from[count]);
  const job = new Int32Array(from[count]);
  for (let j = 0; j < count; j++) {
    job.fill(j, from[j], from[j + 1]);
    for (let p = from[j]; given !== undefined && p < from[j + 1]; p++) {
      worker[p] = given.workers[given.offsets[j] + p - from[j]];
      if (!(worker[p] >= 0 && worker[p] < workers))
        throw new InputError(
          `job ${jobs.ids[j]} probes worker ${worker[p]}: there are ${workers}, counted from 0`,
        );
    }
  }
  return {
    from,
    worker,
    job,
    answered: new Uint8Array(from[count]),
    given: given !== undefined,
    deck: Int32Array.from({ length: workers }, (_, w) => w),
  };
}

function checkLists(given: unknown, jobs: number): void {
  const { offsets, workers } = Object(given) as Record<string, unknown>;
  const isRight =
    offsets instanceof Int32Array &&
    workers instanceof Int32Array &&
    offsets.length === jobs + 1 &&
    offsets.every((at, j) => at >= (j === 0 ? 0 : offsets[j - 1]) && at <= workers.length);
  if (isRight) return;
  throw new InputError(
    `invalid probes: ${describeValue(given)}; give { offsets, workers }, Int32Arrays, with ${jobs + 1} ` +
      "offsets that do not decrease and are not above the number of workers listed",
  );
}

/**
 * Draws the workers of a job without replacement (Fisher and Yates), without those that could not hold its
 * tasks. When all have been drawn, it draws from all of them again.
 */
export function drawProbes(
  { from, worker, given, deck }: Probes,
  draws: Draws,
  job: number,
  jobs: Jobs,
  cluster: Cluster,
): void {
  if (given) return;
  let at = 0;
  for (let p = from[job]; p < from[job + 1];) {
    const other = at + drawBelow(draws, deck.length - at);
    const drawn = deck[other];
    deck[other] = deck[at];
    deck[at] = drawn;
    at = (at + 1) % deck.length;
    if (couldHold(cluster, drawn, jobs.cpu[job], jobs.memory[job])) worker[p++] = drawn;
  }
}
