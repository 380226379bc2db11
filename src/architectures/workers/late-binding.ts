/**
 * Late binding (Ousterhout et al., Sparrow, SOSP 2013, section 3.2): a probe is a reservation. When a worker
 * has room for the first reservation of its queue, it asks that job's scheduler, which assigns its tasks in
 * the order of the requests. A message takes d: a probe arrives at +d, and the answer (a task or none) 2d
 * after the request.
 */
import { push } from "../../base/events.js";
import { drawProbes } from "./probes.js";
import { KIND, settle, type WorkerRun } from "./state.js";
import { dequeue, hasRoom, occupy, withdraw } from "./workers.js";

export function arriveLate(run: WorkerRun, job: number): void {
  const { probes, events, parts } = run;
  drawProbes(probes, run.draws, job, run.jobs, run.cluster);
  const arrival = run.now + parts.delay;
  for (let p = probes.from[job]; p < probes.from[job + 1]; p++)
    push(events, arrival, KIND.probe, probes.worker[p], p);
  run.messages += probes.from[job + 1] - probes.from[job];
}

/**
 * The worker asks for tasks while there is room for the first reservation of its queue. The room is occupied
 * until the answer arrives.
 */
export function askForTasks(run: WorkerRun, worker: number): void {
  const { workers, jobs, probes } = run;
  while (workers.head[worker] >= 0 && hasRoom(workers, worker, jobs, probes.job[workers.head[worker]])) {
    const probe = dequeue(workers, worker);
    const job = probes.job[probe];
    probes.answered[probe] = 1;
    occupy(workers, worker, jobs, job);
    let wanted = 1;
    // Multiget: a worker with an empty queue asks for as many tasks as it has room for.
    while (run.parts.multiget && workers.head[worker] < 0 && hasRoom(workers, worker, jobs, job)) {
      occupy(workers, worker, jobs, job);
      wanted++;
    }
    handOut(run, job, worker, wanted);
  }
}

function handOut(run: WorkerRun, job: number, worker: number, wanted: number): void {
  const { jobs, events, nextTask, workers, probes } = run;
  const reply = run.now + 2 * run.parts.delay;
  run.messages += 2;
  // With multiget, the program loses the events of all requests except the last that a worker makes at one
  // time.
  const forgotten =
    run.faults &&
    run.parts.multiget &&
    workers.head[worker] >= 0 &&
    hasRoom(workers, worker, jobs, probes.job[workers.head[worker]]);
  let given = 0;
  for (; given < wanted && nextTask[job] < jobs.taskOffsets[job + 1]; given++) {
    const task = nextTask[job]++;
    // The program's plain variant treats a task of duration 0 as no task, and so loses it.
    if (run.faults && jobs.duration[task] <= 0 && !run.parts.multiget && !run.parts.cancellation) break;
    const end = reply + jobs.duration[task];
    settle(run, task, worker, reply, end);
    if (!forgotten) push(events, end, KIND.taskEnd, worker, task);
    if (run.parts.cancellation && nextTask[job] === jobs.taskOffsets[job + 1]) cancelRest(run, job, reply);
  }
  if (given < wanted && !forgotten) push(events, reply, KIND.noTask, worker, job, wanted - given);
}

/** Cancels the reservations that are not needed any more. */
function cancelRest(run: WorkerRun, job: number, time: number): void {
  const { probes, events } = run;
  for (let p = probes.from[job]; p < probes.from[job + 1]; p++) {
    if (probes.answered[p] === 1) continue;
    push(events, time, KIND.cancel, probes.worker[p], p);
    run.messages++;
  }
}

export function cancelProbe(run: WorkerRun, worker: number, probe: number): void {
  if (run.probes.answered[probe] === 1) return;
  run.probes.answered[probe] = 1;
  withdraw(run.workers, worker, probe);
  askForTasks(run, worker);
}
