/**
 * The events of a workload in the order of the trace. An event is a number: SUBMIT, SCHEDULE and the end of
 * run r are 3 r, 3 r + 1 and 3 r + 2. Runs are in order of start, so this is also the order of the events of
 * one task.
 */
import { OUTCOME, type Workload } from "../../workload/workload.js";
import { EVENT } from "../borg/event-types.js";
import { microseconds, partOf, PARTS } from "../google2011/layout.js";

export const EVENTS_PER_RUN = 3;

/** Events in order, and where those of each part begin: one more than there are parts. */
export interface OrderedEvents {
  readonly events: Uint32Array;
  readonly offsets: Uint32Array;
}

/** Returns the run that an event is of. */
export function runOf(event: number): number {
  return Math.floor(event / EVENTS_PER_RUN);
}

/** Returns the event type as the trace codes it: of the end of a run, its outcome. */
export function typeOf({ runs }: Workload, event: number): number {
  const place = event % EVENTS_PER_RUN;
  return place < 2 ? place : runs.outcome[runOf(event)];
}

/** Returns the microseconds of trace time of an event, 0 for what was so before the trace. */
export function timeOf(workload: Workload, event: number): number {
  const { runs } = workload;
  const run = runOf(event);
  const place = event % EVENTS_PER_RUN;
  if (place === 2) return microseconds(workload, runs.end[run]);
  if (runs.initial[run] === 1) return 0;
  return microseconds(workload, (place === EVENT.submit ? runs.submit : runs.start)[run]);
}

/** Returns SUBMIT, SCHEDULE and the end of each run, in order of time, then job, index and event. */
export function taskEvents(workload: Workload): OrderedEvents {
  const { runs } = workload;
  const ofRuns = function* (): Generator<number> {
    for (let run = 0; run < runs.job.length; run++) {
      yield EVENTS_PER_RUN * run;
      yield EVENTS_PER_RUN * run + 1;
      if (runs.outcome[run] !== OUTCOME.alive) yield EVENTS_PER_RUN * run + 2;
    }
  };
  return order(workload, ofRuns, (a, b) => {
    const [runA, runB] = [runOf(a), runOf(b)];
    return compareJobs(runs.job[runA], runs.job[runB]) || runs.index[runA] - runs.index[runB] || a - b;
  });
}

/**
 * Returns SUBMIT and SCHEDULE of each job with its first task and its end with its last, in order of time,
 * then job and type.
 */
export function jobEvents(workload: Workload, { events }: OrderedEvents): OrderedEvents {
  const { runs } = workload;
  interface Job {
    readonly submit: number;
    schedule?: number;
    end?: number;
    running: number;
  }
  const jobs = new Map<bigint, Job>();
  for (const event of events) {
    const id = runs.job[runOf(event)];
    const job = jobs.get(id) ?? { submit: event, running: 0 };
    jobs.set(id, job);
    const place = event % EVENTS_PER_RUN;
    if (place === EVENT.submit) job.running++;
    else if (place === EVENT.schedule) job.schedule ??= event;
    else {
      job.running--;
      job.end = event;
    }
  }
  const ofJobs = function* (): Generator<number> {
    for (const { submit, schedule, end, running } of jobs.values()) {
      yield submit;
      if (schedule !== undefined) yield schedule;
      if (running === 0 && end !== undefined) yield end;
    }
  };
  return order(
    workload,
    ofJobs,
    (a, b) =>
      compareJobs(runs.job[runOf(a)], runs.job[runOf(b)]) || typeOf(workload, a) - typeOf(workload, b),
  );
}

/** Deals the events to their parts, which are then sorted one by one: by time, then as `compare` says. */
function order(
  workload: Workload,
  list: () => Iterable<number>,
  compare: (a: number, b: number) => number,
): OrderedEvents {
  const offsets = new Uint32Array(PARTS + 1);
  for (const event of list()) offsets[partOf(timeOf(workload, event)) + 1]++;
  for (let part = 0; part < PARTS; part++) offsets[part + 1] += offsets[part];
  const events = new Uint32Array(offsets[PARTS]);
  const next = offsets.slice();
  for (const event of list()) events[next[partOf(timeOf(workload, event))]++] = event;
  for (let part = 0; part < PARTS; part++) {
    events
      .subarray(offsets[part], offsets[part + 1])
      .sort((a, b) => timeOf(workload, a) - timeOf(workload, b) || compare(a, b));
  }
  return { events, offsets };
}

function compareJobs(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
