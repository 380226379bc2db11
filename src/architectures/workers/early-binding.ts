/**
 * Early binding: a task is bound to a worker's queue when its job arrives; d is the delay of a message.
 * Random: each task goes to a random worker and arrives at +d. With probes: the probes read the queues'
 * lengths at +d, and the tasks arrive 2d later. Per task (Mitzenmacher 2001): each task goes to the least
 * loaded of its own probes. Batch (Ousterhout et al., SOSP 2013, section 3.1): the job's m tasks go to the m
 * least loaded of all its probes. At equal loads, the order of the probes decides.
 */
import { InputError } from "../../base/errors.js";
import { push } from "../../base/events.js";
import { taskCount } from "../jobs/jobs.js";
import { drawProbes } from "./probes.js";
import { KIND, settle, type WorkerRun } from "./state.js";
import { dequeue, hasRoom, occupy, roomFor } from "./workers.js";

export function arriveEarly(run: WorkerRun, job: number): void {
  const { probes, jobs, events, parts, now } = run;
  drawProbes(probes, run.draws, job, run.jobs, run.cluster);
  const tasks = taskCount(jobs, job);
  const first = probes.from[job];
  if (parts.choose === "random") {
    const sent = Math.min(tasks, probes.from[job + 1] - first);
    for (let i = 0; i < sent; i++)
      push(events, now + parts.delay, KIND.task, probes.worker[first + i], jobs.taskOffsets[job] + i);
    run.messages += sent;
  } else {
    push(events, now + parts.delay, KIND.reply, job);
    run.messages += 2 * (probes.from[job + 1] - first) + tasks;
  }
}

/** The probes have read the loads: the job's tasks are sent to workers. */
export function choosePlaces(run: WorkerRun, job: number): void {
  if (run.parts.choose === "least-of-each") choosePerTask(run, job);
  else chooseBatch(run, job);
}

function choosePerTask(run: WorkerRun, job: number): void {
  const { probes, jobs, parts } = run;
  const last = probes.from[job + 1] - probes.from[job];
  for (let i = 0; i < taskCount(jobs, job); i++) {
    const from = Math.floor(parts.probeRatio * i);
    const to = Math.min(Math.floor(parts.probeRatio * (i + 1)), last);
    if (from >= to) throw tooFewProbes(run, job, "its index is out of range");
    let least = -1;
    let leastLoad = Infinity;
    for (let p = from; p < to; p++) {
      const load = loadOf(run, probes.worker[probes.from[job] + p], job);
      if (load >= leastLoad) continue;
      least = probes.worker[probes.from[job] + p];
      leastLoad = load;
    }
    sendTask(run, job, i, least);
  }
}

/** Factor of the load in a sort key: load x PLACES + place of the probe. */
const PLACES = 2 ** 21;

function chooseBatch(run: WorkerRun, job: number): void {
  const { probes, jobs } = run;
  const first = probes.from[job];
  const tasks = taskCount(jobs, job);
  if (probes.from[job + 1] - first < tasks) throw tooFewProbes(run, job, "it needs a probe for each task");
  const keys = new Float64Array(probes.from[job + 1] - first);
  for (let p = 0; p < keys.length; p++) keys[p] = loadOf(run, probes.worker[first + p], job) * PLACES + p;
  keys.sort();
  for (let i = 0; i < tasks; i++) {
    const place = keys[i] - Math.floor(keys[i] / PLACES) * PLACES;
    sendTask(run, job, i, probes.worker[first + place]);
  }
}

function sendTask({ events, now, parts, jobs }: WorkerRun, job: number, i: number, worker: number): void {
  push(events, now + 2 * parts.delay, KIND.task, worker, jobs.taskOffsets[job] + i);
}

/** Number of queued tasks; where there are none, minus the number of tasks of the job that fit now. */
function loadOf({ workers, jobs }: WorkerRun, worker: number, job: number): number {
  return workers.queued[worker] > 0 ? workers.queued[worker] : -roomFor(workers, worker, jobs, job);
}

/** The worker begins tasks while there is room for the first task of its queue. */
export function startTasks(run: WorkerRun, worker: number): void {
  const { workers, jobs, jobOfTask, events, now } = run;
  while (workers.head[worker] >= 0 && hasRoom(workers, worker, jobs, jobOfTask[workers.head[worker]])) {
    const task = dequeue(workers, worker);
    occupy(workers, worker, jobs, jobOfTask[task]);
    const end = now + jobs.duration[task];
    settle(run, task, worker, now, end);
    push(events, end, KIND.taskEnd, worker, task);
  }
}

function tooFewProbes({ jobs, probes }: WorkerRun, job: number, what: string): InputError {
  const sent = probes.from[job + 1] - probes.from[job];
  return new InputError(
    `job ${jobs.ids[job]} has ${taskCount(jobs, job)} tasks and ${sent} probes, where the reference ` +
      `program fails (${what}): give more workers, or use mode clean`,
  );
}
