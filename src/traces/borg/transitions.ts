import { OUTCOME } from "../../workload/workload.js";
import { EVENT, NO_CLASS } from "./event-types.js";
import type { EventColumns } from "./events.js";
import type { Run } from "../../workload/build/executions.js";

export type State = "dead" | "pending" | "running";

/** What the life cycle counts, under "lifecycle." in the report. */
export const COUNTED = [
  "duplicateEvents",
  "aliveAtEnd",
  "pendingAtEnd",
  "endedBeforeStart",
  "endedUnknown",
  "zeroLengthRuns",
  "scheduledWhileRunning",
  "submittedWhileRunning",
  "scheduledWithoutSubmit",
  "requestDiffersAtSchedule",
  "updatedWhileRunning",
  "gapEndedRuns",
  "gapStartedRuns",
  "gapCarriedRuns",
] as const;

/** A task on its way through its events: changed from event to event. */
export interface TaskState {
  state: State;
  /** The run under way or the next one, with all that is known so far. */
  readonly run: Run;
  readonly push: (run: Readonly<Run>) => void;
  readonly count: (name: (typeof COUNTED)[number]) => void;
}

export function newRun(task: number): Run {
  return {
    task,
    submit: NaN,
    start: NaN,
    end: NaN,
    outcome: OUTCOME.alive,
    machine: -1n,
    priority: NaN,
    schedulingClass: NO_CLASS,
    cpu: NaN,
    memory: NaN,
  };
}

export const isEnd = (type: number): boolean => type >= EVENT.evict && type <= EVENT.lost;

export function openRun(task: TaskState, time: number, machine: bigint): void {
  task.run.start = time;
  task.run.machine = machine;
  if (Number.isNaN(task.run.submit)) task.run.submit = time;
  task.state = "running";
}

export function closeRun(task: TaskState, time: number, outcome: number): void {
  task.run.end = time;
  task.run.outcome = outcome;
  if (time > task.run.start) task.push(task.run);
  else task.count("zeroLengthRuns");
  task.state = "dead";
}

/** Applies one event to the task; what the life cycle does not allow is counted and set right. */
export function applyEvent(task: TaskState, events: EventColumns, row: number): void {
  const type = events.type[row];
  if (type === EVENT.submit) submit(task, events, row);
  else if (type === EVENT.schedule) schedule(task, events, row);
  else if (isEnd(type)) end(task, events, row);
  else {
    if (task.state === "running") task.count("updatedWhileRunning");
    learn(task.run, events, row);
  }
}

function submit(task: TaskState, events: EventColumns, row: number): void {
  if (task.state === "running") {
    task.count("submittedWhileRunning");
    closeRun(task, events.time[row], OUTCOME.lost);
  }
  if (task.state === "dead") task.run.submit = events.time[row];
  task.state = "pending";
  learn(task.run, events, row);
}

function schedule(task: TaskState, events: EventColumns, row: number): void {
  if (task.state === "running") {
    task.count("scheduledWhileRunning");
    closeRun(task, events.time[row], OUTCOME.lost);
    task.run.submit = NaN;
  } else if (task.state === "dead") {
    task.count("scheduledWithoutSubmit");
    task.run.submit = NaN;
  } else if (asksForOther(task.run, events, row)) {
    task.count("requestDiffersAtSchedule");
  }
  learn(task.run, events, row);
  openRun(task, events.time[row], events.machine[row]);
}

function end(task: TaskState, events: EventColumns, row: number): void {
  complete(task.run, events, row);
  if (task.state === "running") {
    closeRun(task, events.time[row], events.type[row]);
    return;
  }
  task.count(task.state === "pending" ? "endedBeforeStart" : "endedUnknown");
  task.run.end = events.time[row];
  task.run.outcome = events.type[row];
  task.state = "dead";
}

/** Takes over what a row says; what it leaves empty stays as it was. */
function learn(run: Run, events: EventColumns, row: number): void {
  run.priority = events.priority[row];
  if (events.schedulingClass[row] !== NO_CLASS) run.schedulingClass = events.schedulingClass[row];
  if (!Number.isNaN(events.cpu[row])) run.cpu = events.cpu[row];
  if (!Number.isNaN(events.memory[row])) run.memory = events.memory[row];
}

/** Takes from a row only what no earlier row said. */
function complete(run: Run, events: EventColumns, row: number): void {
  if (Number.isNaN(run.priority)) run.priority = events.priority[row];
  if (run.schedulingClass === NO_CLASS) run.schedulingClass = events.schedulingClass[row];
  if (Number.isNaN(run.cpu)) run.cpu = events.cpu[row];
  if (Number.isNaN(run.memory)) run.memory = events.memory[row];
  if (run.machine < 0n) run.machine = events.machine[row];
}

function asksForOther(run: Run, events: EventColumns, row: number): boolean {
  const differs = (asked: number, asks: number): boolean =>
    !Number.isNaN(asked) && !Number.isNaN(asks) && asked !== asks;
  return differs(run.cpu, events.cpu[row]) || differs(run.memory, events.memory[row]);
}
