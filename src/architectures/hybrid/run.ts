/** Runs Hawk, Eagle and similar architectures, event by event. */
import { pop } from "../../base/events.js";
import { pushChanges } from "../capacity.js";
import type { HybridParts } from "../parts.js";
import type { Outcome } from "../record.js";
import { endsJob, mayBegin, released } from "../release.js";
import type { Setup } from "../setup.js";
import { chooseByTable } from "./least-work.js";
import { probeAtRandom, probeInRounds, probeUnmarked } from "./probe.js";
import { createRun, drawNumber, KIND, letNextIn, sendProbe, type HybridRun } from "./state.js";
import { removeWork } from "./table.js";
import { addReservation, lessWork, roomAgain, serveOrSteal, vacate } from "./worker.js";

/**
 * Runs the jobs. Throws InputError where a partition has no workers, and where the program whose faults are
 * reproduced fails its own assertion or waits without end.
 */
export function runHybrid(setup: Setup, parts: HybridParts): Outcome {
  const run = createRun(setup, parts);
  const { events } = run;
  pushChanges(events, setup.changes, KIND.capacity);
  letNextIn(run);
  while (events.size > 0 && run.jobsDone < setup.stopAfterJobs && run.now <= setup.horizon) {
    run.now = events.time[0];
    const at = pop(events);
    handle(run, events.kind[at], events.a[at], events.b[at]);
  }
  return {
    tasks: run.tasks,
    jobs: run.record,
    schedulers: [],
    endTime: run.now,
    events: events.pushed,
    messages: run.messages,
  };
}

function handle(run: HybridRun, kind: number, a: number, b: number): void {
  switch (kind) {
    case KIND.arrival:
      run.record.arrived[a] = run.now;
      if (mayBegin(run.releases, a)) send(run, a);
      letNextIn(run);
      return;
    case KIND.probe:
      addReservation(run, a, b);
      return;
    case KIND.noTask:
      vacate(run, a, b);
      roomAgain(run, a);
      return;
    case KIND.taskEnd:
      endTask(run, a, b);
      return;
    case KIND.lessWork:
      lessWork(run, a);
      return;
    case KIND.capacity:
      changeCapacity(run, a);
      return;
  }
}

function changeCapacity(run: HybridRun, row: number): void {
  const { changes, workers } = run;
  const worker = changes.machine[row];
  workers.freeCpu[worker] += changes.cpu[row];
  workers.freeMemory[worker] += changes.memory[row];
  serveOrSteal(run, worker);
}

/** A job sends its reservations. */
function send(run: HybridRun, job: number): void {
  const { parts, partition, workers, long } = run;
  if (long[job] === 1) {
    if (parts.long === "probes") {
      probeAtRandom(run, job, partition.longBegin, workers.freeCpu.length);
      return;
    }
    chooseByTable(run, job);
    for (const worker of run.chosen) sendProbe(run, job, worker, 1);
    return;
  }
  // The program draws a worker for each short job and does not use it.
  if (run.faults) drawNumber(run, partition.longBegin, workers.freeCpu.length);
  if (parts.short === "probes") probeAtRandom(run, job, 0, partition.shortEnd);
  else if (parts.short === "central-bitmap") probeUnmarked(run, job);
  else probeInRounds(run, job);
}

function endTask(run: HybridRun, worker: number, task: number): void {
  const { jobOfTask, jobs, parts, long, table, releases } = run;
  const job = jobOfTask[task];
  if (long[job] === 1 && parts.long !== "probes") removeWork(table, worker, jobs.estimate[job], run.faults);
  run.workers.longBegan[worker] = -1;
  vacate(run, worker, job);
  if (endsJob(releases, job)) for (const next of released(releases, job)) send(run, next);
  roomAgain(run, worker);
}
