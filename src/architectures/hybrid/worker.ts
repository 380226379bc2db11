/**
 * How a worker serves its queue of reservations. When it has room, it asks the job of the next reservation
 * for a task. The answer (a task or none) arrives 2d later, where d is the delay of a message (late binding,
 * as in Sparrow).
 */
import { InputError } from "../../base/errors.js";
import { push } from "../../base/events.js";
import { choose, type Choice } from "./order.js";
import { reserve, takeOut } from "./queues.js";
import { KIND, type HybridRun } from "./state.js";
import { steal } from "./steal.js";
import { copyBitmap } from "./table.js";

const ROUNDING = 1e-9;

/** A reservation arrives. A long one brings the bitmap of the workers with long work. */
export function addReservation(run: HybridRun, worker: number, job: number): void {
  const { workers, queues, table } = run;
  reserve(queues, worker, job);
  if (run.long[job] === 1) {
    workers.queuedLong[worker]++;
    if (run.parts.short === "returned-bitmaps") workers.bitmap[worker] = copyBitmap(table);
    workers.bitmapTime[worker] = run.now;
  }
  serve(run, worker);
}

/** A task has ended, or a job had no task left. */
export function roomAgain(run: HybridRun, worker: number): void {
  run.workers.runsLong[worker] = 0;
  serveOrSteal(run, worker);
}

/** A worker that may have room serves its queue or, if that is empty, steals reservations. */
export function serveOrSteal(run: HybridRun, worker: number): void {
  if (run.queues.head[worker] >= 0) serve(run, worker);
  else if (run.parts.stealAttempts > 0)
    for (const job of steal(run, worker)) addReservation(run, worker, job);
}

/**
 * Asks for tasks while there is room. The program asks only once, because its workers free one slot at a
 * time.
 */
function serve(run: HybridRun, worker: number): void {
  while (serveOnce(run, worker) && !run.faults);
}

const choice: Choice = { entry: -1, before: -1, front: 0 };

function serveOnce(run: HybridRun, worker: number): boolean {
  const { workers, queues, jobs, long, parts } = run;
  if (queues.head[worker] < 0 || workers.freeCpu[worker] <= ROUNDING) return false;
  const first = queues.job[queues.head[worker]];
  choose(run, worker, choice);
  if (choice.entry < 0) {
    // All were reservations of jobs without tasks. The program keeps the slot until the event that is added
    // here.
    occupy(run, worker, first);
    push(run.events, run.now, KIND.noTask, worker, first);
    return false;
  }
  const { entry, before, front } = choice;
  const job = queues.job[entry];
  if (!hasRoom(run, worker, job)) return false;
  occupy(run, worker, job);
  workers.runsLong[worker] = long[job];
  workers.longBegan[worker] = -1;
  if (long[job] === 1) {
    workers.queuedLong[worker]--;
    workers.longBegan[worker] = run.now;
    workers.longEstimate[worker] = jobs.estimate[job];
  }
  const given = askForTask(run, worker, job);
  if (parts.shortestFirst && given && long[job] === 0) delayFront(run, worker, front, jobs.estimate[job]);
  if (!parts.sticky || !given || long[job] === 1) takeOut(queues, worker, entry, before);
  return true;
}

/** Asks the job for a task, and returns whether there is one. */
function askForTask(run: HybridRun, worker: number, job: number): boolean {
  const { nextTask, jobs, tasks, events, parts } = run;
  const reply = run.now + 2 * parts.delay;
  run.messages += 2;
  if (nextTask[job] === jobs.taskOffsets[job + 1]) {
    push(events, reply, KIND.noTask, worker, job);
    return false;
  }
  const task = nextTask[job]++;
  tasks.start[task] = reply;
  tasks.end[task] = jobs.duration[task] + reply;
  tasks.machine[task] = worker;
  if (--run.record.unplaced[job] === 0) run.jobsDone++;
  push(events, tasks.end[task], KIND.taskEnd, worker, task);
  if (parts.shortestFirst) push(events, reply, KIND.lessWork, job);
  return true;
}

/** A task of the job has been assigned; workers know this when the answer arrives. */
export function lessWork({ remaining, jobs, nextTask }: HybridRun, job: number): void {
  remaining[job] -= jobs.estimate[job];
  if (nextTask[job] === jobs.taskOffsets[job + 1]) remaining[job] = -1;
}

/** Adds to the delay of the reservations in front, because a task with this estimate overtakes them. */
function delayFront(run: HybridRun, worker: number, front: number, estimate: number): void {
  const { queues, jobs, long, faults, parts } = run;
  let entry = queues.head[worker];
  for (let i = 0; i < front; i++, entry = queues.behind[entry]) {
    const job = queues.job[entry];
    queues.delayed[entry] += estimate;
    if (faults && (long[job] === 1 || queues.delayed[entry] > parts.slack * jobs.estimate[job]))
      throw new InputError(
        `the program fails its own assertion here: a short task overtakes job ${jobs.ids[job]}, which is ` +
          `${long[job] === 1 ? "long" : "delayed too much"}, on worker ${worker}; use mode clean`,
      );
  }
}

function hasRoom({ workers, jobs }: HybridRun, worker: number, job: number): boolean {
  return (
    workers.freeCpu[worker] >= jobs.cpu[job] - ROUNDING &&
    workers.freeMemory[worker] >= jobs.memory[job] - ROUNDING
  );
}

function occupy({ workers, jobs }: HybridRun, worker: number, job: number): void {
  workers.freeCpu[worker] -= jobs.cpu[job];
  workers.freeMemory[worker] -= jobs.memory[job];
}

export function vacate({ workers, jobs }: HybridRun, worker: number, job: number): void {
  workers.freeCpu[worker] += jobs.cpu[job];
  workers.freeMemory[worker] += jobs.memory[job];
}
