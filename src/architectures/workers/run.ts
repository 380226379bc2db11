/**
 * Sampling architectures: jobs arrive, probe workers, and run on them. All ways of binding share one loop.
 */
import { pop, push } from "../../base/events.js";
import { pushChanges } from "../capacity.js";
import { byArrival, taskCount } from "../jobs/jobs.js";
import type { SamplingParts } from "../parts.js";
import type { Outcome } from "../record.js";
import { endsJob, mayBegin, released } from "../release.js";
import type { Setup } from "../setup.js";
import { arriveEarly, choosePlaces, startTasks } from "./early-binding.js";
import { arriveLate, askForTasks, cancelProbe } from "./late-binding.js";
import { arriveAtCenter, freeAtCenter } from "./omniscient.js";
import { createRun, KIND, type WorkerRun } from "./state.js";
import { enqueue, vacate } from "./workers.js";

/** Runs the jobs. Throws InputError where, in its mode, the reference program would fail. */
export function runWorkers(setup: Setup, parts: SamplingParts): Outcome {
  const run = createRun(setup, parts);
  const { events, jobs, record } = run;
  const order = byArrival(jobs);
  let arrivals = 0;
  pushChanges(events, setup.changes, KIND.capacity);
  if (order.length > 0) push(events, jobs.arrival[order[0]], KIND.arrival, order[arrivals++]);
  while (events.size > 0 && run.jobsDone < setup.stopAfterJobs && run.now <= setup.horizon) {
    run.now = events.time[0];
    const place = pop(events);
    const kind = events.kind[place];
    const a = events.a[place];
    handle(run, kind, a, events.b[place], events.c[place]);
    if (kind === KIND.arrival && arrivals < order.length) {
      const next = order[arrivals++];
      push(events, jobs.arrival[next], KIND.arrival, next);
    }
  }
  for (let j = 0; j < jobs.ids.length; j++) record.unplaced[j] = taskCount(jobs, j) - run.settled[j];
  return {
    tasks: run.tasks,
    jobs: record,
    schedulers: [],
    endTime: run.now,
    events: events.pushed,
    messages: run.messages,
  };
}

function handle(run: WorkerRun, kind: number, a: number, b: number, c: number): void {
  const { workers, jobs } = run;
  switch (kind) {
    case KIND.arrival:
      run.record.arrived[a] = run.now;
      if (mayBegin(run.releases, a)) arrive(run, a);
      return;
    case KIND.probe:
      enqueue(workers, a, b);
      askForTasks(run, a);
      return;
    case KIND.noTask:
      for (let i = 0; i < c; i++) vacate(workers, a, jobs, b);
      askForTasks(run, a);
      return;
    case KIND.taskEnd:
      vacate(workers, a, jobs, run.jobOfTask[b]);
      noteEnd(run, b);
      useRoom(run, a);
      return;
    case KIND.cancel:
      cancelProbe(run, a, b);
      return;
    case KIND.reply:
      choosePlaces(run, a);
      return;
    case KIND.task:
      enqueue(workers, a, b);
      startTasks(run, a);
      return;
    case KIND.told:
      vacate(workers, a, jobs, run.jobOfTask[b]);
      noteEnd(run, b);
      useRoom(run, a);
      return;
    case KIND.capacity:
      changeCapacity(run, a);
      return;
  }
}

function changeCapacity(run: WorkerRun, row: number): void {
  const { changes, workers } = run;
  const worker = changes.machine[row];
  workers.freeCpu[worker] += changes.cpu[row];
  workers.freeMemory[worker] += changes.memory[row];
  useRoom(run, worker);
}

/** A worker may have more room than before. */
function useRoom(run: WorkerRun, worker: number): void {
  switch (run.parts.binding) {
    case "late":
      askForTasks(run, worker);
      return;
    case "early":
      startTasks(run, worker);
      return;
    case "central":
      freeAtCenter(run, worker);
  }
}

function arrive(run: WorkerRun, job: number): void {
  switch (run.parts.binding) {
    case "late":
      arriveLate(run, job);
      return;
    case "early":
      arriveEarly(run, job);
      return;
    case "central":
      arriveAtCenter(run, job);
  }
}

function noteEnd(run: WorkerRun, task: number): void {
  const job = run.jobOfTask[task];
  if (!endsJob(run.releases, job)) return;
  for (const next of released(run.releases, job)) arrive(run, next);
}
