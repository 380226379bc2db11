/** Which reservation of its queue a worker serves next. */
import { InputError } from "../../../base/errors.js";
import { takeOut } from "./queues.js";
import type { HybridRun } from "./state.js";

/** A reservation, the one before it (-1 for none) and the number of those in front; `entry` -1 for none. */
export interface Choice {
  entry: number;
  before: number;
  front: number;
}

/** Leaves in `choice` the reservation that the worker serves next; its queue is not empty. */
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
 * Eagle's order: the job with the least remaining work, estimate x tasks left, as workers believe it. It
 * may overtake where its estimate is within the slack of every short reservation in front: `slack`
 * estimates, less the delay suffered. A long job at the head goes first. Reservations of jobs without tasks
 * are dropped.
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
        `the program ends here by its own assertion: job ${jobs.ids[job]} is delayed too much on worker ` +
          `${worker}; use mode clean`,
      );
    if (long[job] === 0 && slack < slackInFront) slackInFront = slack;
    before = entry;
    entry = queues.behind[entry];
    front++;
  }
}
