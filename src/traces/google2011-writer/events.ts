/**
 * The events of a workload in the order of the trace. An event is a number: SUBMIT, SCHEDULE and the end of
 * execution r are 3 r, 3 r + 1 and 3 r + 2. Executions are in order of start, so the numbers are also in the
 * order of the events of one task.
 */
import { OUTCOME, type Workload } from "../../workload/workload.js";
import { EVENT } from "../borg/event-types.js";
import { microseconds, partOf, PARTS } from "../google2011/layout.js";

export const EVENTS_PER_EXECUTION = 3;

/** Events in order, and the place where the events of each part begin, followed by the number of events. */
export interface OrderedEvents {
  readonly events: Uint32Array;
  readonly offsets: Uint32Array;
}

/** Returns the execution that an event belongs to. */
export function executionOf(event: number): number {
  return Math.floor(event / EVENTS_PER_EXECUTION);
}

/** Returns the event type as the trace codes it; the end of an execution has the code of its outcome. */
export function typeOf({ executions }: Workload, event: number): number {
  const place = event % EVENTS_PER_EXECUTION;
  return place < 2 ? place : executions.outcome[executionOf(event)];
}

/** Returns the time of an event in microseconds of trace time; 0 for events before the trace. */
export function timeOf(workload: Workload, event: number): number {
  const { executions } = workload;
  const execution = executionOf(event);
  const place = event % EVENTS_PER_EXECUTION;
  if (place === 2) return microseconds(workload, executions.end[execution]);
  if (executions.initial[execution] === 1) return 0;
  return microseconds(workload, (place === EVENT.submit ? executions.submit : executions.start)[execution]);
}

/** Returns SUBMIT, SCHEDULE and the end of each execution, in order of time, then job, index and event. */
export function taskEvents(workload: Workload): OrderedEvents {
  const { executions } = workload;
  const ofExecutions = function* (): Generator<number> {
    for (let execution = 0; execution < executions.job.length; execution++) {
      yield EVENTS_PER_EXECUTION * execution;
      yield EVENTS_PER_EXECUTION * execution + 1;
      if (executions.outcome[execution] !== OUTCOME.alive) yield EVENTS_PER_EXECUTION * execution + 2;
    }
  };
  return order(workload, ofExecutions, (a, b) => {
    const [executionA, executionB] = [executionOf(a), executionOf(b)];
    return (
      compareJobs(executions.job[executionA], executions.job[executionB]) ||
      executions.index[executionA] - executions.index[executionB] ||
      a - b
    );
  });
}

/**
 * Returns SUBMIT and SCHEDULE of each job at those of its first task and its end at the end of its last task,
 * in order of time, then job and type.
 */
export function jobEvents(workload: Workload, { events }: OrderedEvents): OrderedEvents {
  const { executions } = workload;
  interface Job {
    readonly submit: number;
    schedule?: number;
    end?: number;
    running: number;
  }
  const jobs = new Map<bigint, Job>();
  for (const event of events) {
    const id = executions.job[executionOf(event)];
    const job = jobs.get(id) ?? { submit: event, running: 0 };
    jobs.set(id, job);
    const place = event % EVENTS_PER_EXECUTION;
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
      compareJobs(executions.job[executionOf(a)], executions.job[executionOf(b)]) ||
      typeOf(workload, a) - typeOf(workload, b),
  );
}

/** Distributes the events to their parts, then sorts each part by time, then by `compare`. */
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
