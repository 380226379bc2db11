/**
 * A central scheduler that knows every worker and decides without delay: one queue of jobs, first in, first
 * out. A task begins d after the decision; the scheduler is notified of its end d later. It is a bound for
 * the sampling architectures (Ousterhout et al., SOSP 2013, section 7).
 */
import { push } from "../../base/events.js";
import { openWorker, refuseTop, reopen } from "./center.js";
import { KIND, settle, type WorkerRun } from "./state.js";
import { hasRoom, occupy } from "./workers.js";

export function arriveAtCenter(run: WorkerRun, job: number): void {
  run.center.queue.push(job);
  launch(run);
}

export function freeAtCenter(run: WorkerRun, worker: number): void {
  openWorker(run.center, worker);
  launch(run);
}

/** Launches tasks while the first job has a task left and a worker has room for it. */
function launch(run: WorkerRun): void {
  const { center, jobs, workers, nextTask, events, parts, now } = run;
  while (center.first < center.queue.length) {
    const job = center.queue[center.first];
    if (job !== center.served) serve(run, job);
    if (center.openCount === 0) return;
    const worker = center.open[center.openCount - 1];
    if (!hasRoom(workers, worker, jobs, job)) {
      refuseTop(center);
      continue;
    }
    occupy(workers, worker, jobs, job);
    const task = nextTask[job]++;
    const end = now + jobs.duration[task] + parts.delay;
    settle(run, task, worker, now + parts.delay, end);
    push(events, end + parts.delay, KIND.told, worker, task);
    run.messages += 2;
    if (nextTask[job] === jobs.taskOffsets[job + 1]) center.first++;
  }
}

/**
 * Begins with a job. If it demands less than the last job, it may fit on workers that refused the last job.
 */
function serve({ center, jobs }: WorkerRun, job: number): void {
  const last = center.served;
  if (last >= 0 && (jobs.cpu[job] < jobs.cpu[last] || jobs.memory[job] < jobs.memory[last])) reopen(center);
  center.served = job;
}
