/** Which reservation of its queue a worker serves next. */
import { InputError } from "../../base/errors.js";
import { takeOut } from "./queues.js";
import type { HybridRun } from "./state.js";

/**
 * The chosen reservation (-1: none), the one directly in front (-1: none), and the number of all in front.
 */
export interface Choice {
  entry: number;
  before: number;
  front: number;
}

/** Writes to `choice` the reservation that the worker serves next. The worker's queue must not be empty. */
export function choose(run: HybridRun, worker: number, choice: Choice): void {
  if (run.parts.shortestFirst) {
    chooseShortest(run, worker, choice);
    return;
  }
  choice.entry = run.queues.head[worker];
  choice.before = -1;
  choice.front = 0;
}

/**
 * Eagle's order: first the job with the least remaining work (estimate x remaining tasks, as far as workers
 * know). It may overtake where its estimate is at most the slack of every short reservation in front of it.
 * This slack is `slack` x the estimate of the reservation's job, minus the delay that the reservation has
 * already had. A long job at the head goes first. Reservations of jobs without remaining tasks are removed.
 */
function chooseShortest(run: HybridRun, worker: number, choice: Choice): void {
  const { queues, jobs, remaining, long, parts } = run;
  choice.entry = choice.before = -1;
  choice.front = 0;
  let least = Infinity;
  let slackInFront = Infinity;
  let before = -1;
  let front = 0;
  for (let entry = queues.head[worker]; entry >= 0;) {
    const job = queues.job[entry];
    if (remaining[job] === -1) {
      entry = takeOut(queues, worker, entry, before);
      continue;
    }
    const atHead = long[job] === 1 && front === 0;
    if (atHead || (remaining[job] < least && jobs.estimate[job] <= slackInFront)) {
      choice.entry = entry;
      choice.before = before;
      choice.front = front;
      least = remaining[job];
      if (long[job] === 1) return;
    }
    const slack = parts.slack * jobs.estimate[job] - queues.delayed[entry];
    if (run.faults && slack < 0)
      throw new InputError(
        `the program fails its own assertion here: job ${jobs.ids[job]} is delayed too much on worker ` +
          `${worker}; use mode clean`,
      );
    if (long[job] === 0 && slack < slackInFront) slackInFront = slack;
    before = entry;
    entry = queues.behind[entry];
    front++;
  }
}
