import { OUTCOME } from "../../workload/workload.js";
import { EVENT, NO_CLASS } from "./event-types.js";
import type { EventColumns } from "./events.js";
import type { Execution } from "../../workload/build/executions.js";

export type State = "dead" | "pending" | "running";

/** The names of the counts, under "lifecycle." in the report. */
export const COUNTED = [
  "duplicateEvents",
  "aliveAtEnd",
  "pendingAtEnd",
  "endedBeforeStart",
  "endedUnknown",
  "zeroLengthExecutions",
  "scheduledWhileRunning",
  "submittedWhileRunning",
  "scheduledWithoutSubmit",
  "requestDiffersAtSchedule",
  "updatedWhileRunning",
  "gapEndedExecutions",
  "gapStartedExecutions",
  "gapCarriedExecutions",
] as const;

/** The state of a task while its events are applied. */
export interface TaskState {
  state: State;
  /** The current execution, or the next one if none is running, with everything known so far. */
  readonly execution: Execution;
  readonly push: (execution: Readonly<Execution>) => void;
  readonly count: (name: (typeof COUNTED)[number]) => void;
}

export function newExecution(task: number): Execution {
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

export function openExecution(task: TaskState, time: number, machine: bigint): void {
  task.execution.start = time;
  task.execution.machine = machine;
  if (Number.isNaN(task.execution.submit)) task.execution.submit = time;
  task.state = "running";
}

export function closeExecution(task: TaskState, time: number, outcome: number): void {
  task.execution.end = time;
  task.execution.outcome = outcome;
  if (time > task.execution.start) task.push(task.execution);
  else task.count("zeroLengthExecutions");
  task.state = "dead";
}

/** Applies one event to the task. An event that the life cycle does not allow is counted and corrected. */
export function applyEvent(task: TaskState, events: EventColumns, row: number): void {
  const type = events.type[row];
  if (type === EVENT.submit) submit(task, events, row);
  else if (type === EVENT.schedule) schedule(task, events, row);
  else if (isEnd(type)) end(task, events, row);
  else {
    if (task.state === "running") task.count("updatedWhileRunning");
    learn(task.execution, events, row);
  }
}

function submit(task: TaskState, events: EventColumns, row: number): void {
  if (task.state === "running") {
    task.count("submittedWhileRunning");
    closeExecution(task, events.time[row], OUTCOME.lost);
  }
  if (task.state === "dead") task.execution.submit = events.time[row];
  task.state = "pending";
  learn(task.execution, events, row);
}

function schedule(task: TaskState, events: EventColumns, row: number): void {
  if (task.state === "running") {
    task.count("scheduledWhileRunning");
    closeExecution(task, events.time[row], OUTCOME.lost);
    task.execution.submit = NaN;
  } else if (task.state === "dead") {
    task.count("scheduledWithoutSubmit");
    task.execution.submit = NaN;
  } else if (asksForOther(task.execution, events, row)) {
    task.count("requestDiffersAtSchedule");
  }
  learn(task.execution, events, row);
  openExecution(task, events.time[row], events.machine[row]);
}

function end(task: TaskState, events: EventColumns, row: number): void {
  complete(task.execution, events, row);
  if (task.state === "running") {
    closeExecution(task, events.time[row], events.type[row]);
    return;
  }
  task.count(task.state === "pending" ? "endedBeforeStart" : "endedUnknown");
  task.execution.end = events.time[row];
  task.execution.outcome = events.type[row];
  task.state = "dead";
}

/** Copies the values of a row; a value that the row leaves empty does not change. */
function learn(execution: Execution, events: EventColumns, row: number): void {
  execution.priority = events.priority[row];
  if (events.schedulingClass[row] !== NO_CLASS) execution.schedulingClass = events.schedulingClass[row];
  if (!Number.isNaN(events.cpu[row])) execution.cpu = events.cpu[row];
  if (!Number.isNaN(events.memory[row])) execution.memory = events.memory[row];
}

/** Copies only those values of a row that no earlier row gave. */
function complete(execution: Execution, events: EventColumns, row: number): void {
  if (Number.isNaN(execution.priority)) execution.priority = events.priority[row];
  if (execution.schedulingClass === NO_CLASS) execution.schedulingClass = events.schedulingClass[row];
  if (Number.isNaN(execution.cpu)) execution.cpu = events.cpu[row];
  if (Number.isNaN(execution.memory)) execution.memory = events.memory[row];
  if (execution.machine < 0n) execution.machine = events.machine[row];
}

function asksForOther(execution: Execution, events: EventColumns, row: number): boolean {
  const differs = (asked: number, asks: number): boolean =>
    !Number.isNaN(asked) && !Number.isNaN(asks) && asked !== asks;
  return differs(execution.cpu, events.cpu[row]) || differs(execution.memory, events.memory[row]);
}
