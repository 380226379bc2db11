/** The order of a sweep's runs in the queue. */
import type { Queue } from "bullmq";
import type { PlannedRun } from "../../study/sweep/sweep.js";
import { parseJobId } from "./line.js";

export interface RankedRun {
  readonly run: PlannedRun;
  /** The run with the lowest number in the queue is taken first. */
  readonly priority: number;
}

/** The priority of a run on the workload that the next worker has already opened. */
export const HELD = 1;

/** The priority of one run per workload, so that a new worker opens a workload that no other worker has. */
const FRESH = 2;

/** The largest priority that BullMQ allows. */
const LAST = 2 ** 21;

/** How many runs of a workload are queued before those of the next; enough to make opening it worthwhile. */
const SLICE = 50;

/**
 * Returns the runs in the order in which to queue them, with priorities. One run of each workload is taken
 * first; then the runs on the workload with most runs left. Workloads with many runs are cut into slices that
 * alternate, because only a part of a sweep is in the queue at a time.
 */
export function lineUp(runs: readonly PlannedRun[]): RankedRun[] {
  const slices: RankedRun[][] = [];
  for (const members of groupByWorkload(runs)) {
    for (const [index, run] of members.entries()) {
      const priority = index === 0 ? FRESH : LAST - (members.length - index);
      (slices[Math.floor(index / SLICE)] ??= []).push({ run, priority });
    }
  }
  return slices.flat();
}

function groupByWorkload(runs: readonly PlannedRun[]): Iterable<PlannedRun[]> {
  const groups = new Map<string, PlannedRun[]>();
  for (const run of runs) {
    const group = groups.get(run.workload);
    if (group === undefined) groups.set(run.workload, [run]);
    else group.push(run);
  }
  return groups.values();
}

/** The number of runs at the head of the queue that are searched for one on the same workload. */
const MOST_LOOKED_AT = 1000;

/**
 * Moves another run on the same workload to the head of the queue, if there is one. A worker takes its next
 * run in the same command that returns a result, so if it calls this just before, it gets that run, unless
 * another worker takes it first. Never throws, also where the run was taken or removed meanwhile, because
 * only the order is affected.
 */
export async function bringForward(line: Queue, id: string): Promise<void> {
  const { workload } = parseJobId(id);
  try {
    const waiting = await line.getRanges(["prioritized"], 0, MOST_LOOKED_AT - 1, true);
    const next = waiting.find((other) => parseJobId(other).workload === workload);
    if (next !== undefined) await (await line.getJob(next))?.changePriority({ priority: HELD });
  } catch {
    // Problems with Redis show when the result is returned.
  }
}
