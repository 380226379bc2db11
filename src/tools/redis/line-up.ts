/** In which order the runs of a sweep stand in the line. */
import type { Queue } from "bullmq";
import type { PlannedRun } from "../../study/sweep/sweep.js";
import { parseJobId } from "./line.js";

export interface RankedRun {
  readonly run: PlannedRun;
  /** Of the runs in the line, the one with the lowest number is taken first. */
  readonly priority: number;
}

/** The priority of a run on a workload that the worker which is about to take one holds. */
export const HELD = 1;

/**
 * The priority of one run of each workload: a worker that asks for the first time opens one that nobody has.
 */
const FRESH = 2;

/** The greatest number that BullMQ knows. */
const LAST = 2 ** 21;

/**
 * How many runs of one workload are put into the line before those of the next: enough to be worth opening
 * it.
 */
const SLICE = 50;

/**
 * Returns the runs as they are to be put into the line, with their priorities. One run of each workload is
 * taken first; of the others, those on the workload with most left. Large workloads are cut into slices and
 * take turns, since only a part of a sweep is in the line at a time.
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

/** Most runs at the head of the line among which to look for one on the same workload. */
const MOST_LOOKED_AT = 1000;

/**
 * Brings another run on the same workload to the head of the line, if there is one. Whoever hands in a run
 * takes the next one in the same command: a worker that calls this just before gets it, unless another comes
 * in between. Only the order can change: nothing is thrown where the run has been taken, or taken back, in
 * the meantime.
 */
export async function bringForward(line: Queue, id: string): Promise<void> {
  const { workload } = parseJobId(id);
  try {
    const waiting = await line.getRanges(["prioritized"], 0, MOST_LOOKED_AT - 1, true);
    const next = waiting.find((other) => parseJobId(other).workload === workload);
    if (next !== undefined) await (await line.getJob(next))?.changePriority({ priority: HELD });
  } catch {
    // What is wrong with Redis shows when the run is handed in.
  }
}
