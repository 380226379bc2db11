/**
 * Hawk's stealing (Delgado et al., USENIX ATC 2015, section 3.6): an idle worker asks random workers of the
 * long partition for the short reservations that wait behind long ones.
 */
import { takeOut } from "./queues.js";
import { drawNumber, holds, type HybridRun } from "./state.js";

/** Returns the jobs of the stolen reservations, which are removed from their queue. */
export function steal(run: HybridRun, thief: number): number[] {
  const { parts, partition, workers } = run;
  for (let attempt = 0; attempt < parts.stealAttempts; attempt++) {
    run.messages += 2;
    const taken = takeFrom(run, drawNumber(run, partition.longBegin, workers.freeCpu.length), thief);
    if (taken.length > 0) return taken;
  }
  return [];
}

/** Takes the consecutive short reservations behind the first long ones; a running long task counts as one. */
function takeFrom(run: HybridRun, worker: number, thief: number): number[] {
  const { queues, long, workers, parts } = run;
  let entry = queues.head[worker];
  let before = -1;
  const pass = (kind: number): void => {
    while (entry >= 0 && long[queues.job[entry]] === kind) {
      before = entry;
      entry = queues.behind[entry];
    }
  };
  if (workers.runsLong[worker] === 0) pass(0);
  pass(1);
  const jobs: number[] = [];
  while (entry >= 0 && long[queues.job[entry]] === 0 && jobs.length < parts.stealLimit) {
    if (!holds(run, thief, queues.job[entry])) break;
    jobs.push(queues.job[entry]);
    entry = takeOut(queues, worker, entry, before);
  }
  return jobs;
}
