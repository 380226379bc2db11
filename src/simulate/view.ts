/** The cluster as policies see it: the observations and the engine's state, read-only. */
import { InputError } from "../base/errors.js";
import type { ClusterView, NumberColumn, TaskView } from "../policies/policy.js";
import { LATENCY_CRITICAL } from "../workload/workload.js";
import { observedCpu } from "./demand.js";
import { NEW_TASK_USE, seenTails, type Observer } from "./observe.js";
import { hasRoom } from "./state.js";
import { observationsUpTo } from "./task-history.js";

const WHICH = ["all", "best-effort"] as const;
type Which = (typeof WHICH)[number];

/** The view, and how to update it. */
export interface PolicyView {
  readonly cluster: ClusterView;
  readonly columns: readonly Shown[];
}

type Column = Float64Array | Int32Array;
type ColumnName = {
  [Name in keyof ClusterView]: ClusterView[Name] extends NumberColumn ? Name : never;
}[keyof ClusterView];

/**
 * A column of the engine and its copy in the view, so that a policy that writes to the copy does not change
 * the engine. The copy is updated only after the policy has read it once, because most policies read few.
 */
interface Shown {
  readonly own: Column;
  readonly copy: Column;
  isRead: boolean;
  /** Computes the engine's column, for one that is computed only when somebody asks. */
  readonly compute?: () => void;
}

/** Returns the view. `refreshView` and `refreshMachine` update its columns. */
export function createView(observer: Observer, stepSeconds: number): PolicyView {
  const { state, seen, cold } = observer;
  const { cpuOvercommit } = observer.source.model;
  const show = (own: Column, compute?: () => void): Shown => ({
    own,
    copy: own.slice(),
    isRead: false,
    compute,
  });
  const shown: Readonly<Record<ColumnName, Shown>> = {
    cpuCapacity: show(state.cpu),
    memoryCapacity: show(state.memory),
    load: show(seen.load),
    lcLoad: show(seen.lcLoad),
    steal: show(seen.steal),
    lcTail: show(seen.lcTail, () => seenTails(observer)),
    freeMemory: show(state.freeMemory),
    cpuRequested: show(state.cpuRequested),
    taskCount: show(state.taskCount),
  };
  const getters = Object.entries(shown).map(([name, column]): [string, PropertyDescriptor] => [
    name,
    { get: () => read(column), enumerable: true },
  ]);
  const others = {
    get step() {
      return observer.step;
    },
    stepSeconds,
    machines: state.machines,
    history: (machine: number) => pastLoads(observer, machine),
    taskHistory: ({ id }: TaskView) => pastUse(observer, id),
    tasksOn: (machine: number, which: Which = "all") => tasksOn(observer, machine, which),
    coldest: (task: TaskView, passes: (machine: number) => boolean = () => true) =>
      cold.coldest((machine) => passes(machine) && cluster.fits(task, machine))[0] ?? -1,
    fits: (task: TaskView, machine: number) =>
      hasRoom(state, machine, task.memory, task.cpuRequest, cpuOvercommit),
  };
  const cluster = Object.defineProperties(others, Object.fromEntries(getters)) as ClusterView;
  return { cluster: Object.freeze(cluster), columns: Object.values(shown) };
}

function read(shown: Shown): Column {
  if (!shown.isRead) update(shown);
  shown.isRead = true;
  return shown.copy;
}

function update({ own, copy, compute }: Shown): void {
  compute?.();
  copy.set(own);
}

/** Copies the engine's current columns to the view. */
export function refreshView({ columns }: PolicyView): void {
  for (const shown of columns) if (shown.isRead) update(shown);
}

/** Does the same for one machine, if nothing else has changed. */
export function refreshMachine({ columns }: PolicyView, machine: number): void {
  for (const { own, copy, isRead } of columns) if (isRead) copy[machine] = own[machine];
}

/** Returns an execution as a policy sees it while it waits for a machine. */
export function arrivingTask({ state, executions }: Observer, execution: number): TaskView {
  return {
    id: execution,
    latencyCritical: executions.taskClass[execution] === LATENCY_CRITICAL,
    priority: executions.priority[execution],
    cpu: NEW_TASK_USE * executions.cpuRequest[execution],
    cpuRequest: executions.cpuRequest[execution],
    memory: state.peakMemory[execution],
    machine: -1,
    traceMachine: executions.machine[execution],
    age: 0,
  };
}

function tasksOn(observer: Observer, machine: number, which: Which): TaskView[] {
  const { first, slots } = observer.state;
  // The one switch for all policies: where LC tasks may move, they are among the tasks that a policy moves.
  const lcStays = observer.source.model.moveLatencyCritical === 0;
  requireMachine(observer, machine);
  if (!WHICH.includes(which)) throw new InputError(`unknown tasks: ${which}; give ${WHICH.join(" or ")}`);
  const tasks: TaskView[] = [];
  for (let slot = first[machine]; slot >= 0; slot = slots.next[slot]) {
    if (slots.migrating[slot] === 1) continue;
    if (which === "best-effort" && slots.latencyCritical[slot] === 1 && lcStays) continue;
    tasks.push(taskOf(observer, slot));
  }
  return tasks.sort((a, b) => a.id - b.id);
}

/** Returns the CPU of a task as policies see it. */
function seenCpu({ state, source, visible }: Observer, slot: number): number {
  const { placedAt, cpuRequest } = state.slots;
  if (placedAt[slot] > visible.step) return NEW_TASK_USE * cpuRequest[slot];
  return source.model.staleness > 0 ? visible.taskCpu[slot] : observedCpu(state.demand, slot);
}

function taskOf(observer: Observer, slot: number): TaskView {
  const { state, executions, step } = observer;
  const { slots } = state;
  const execution = slots.execution[slot];
  return {
    id: execution,
    latencyCritical: slots.latencyCritical[slot] === 1,
    priority: executions.priority[execution],
    cpu: seenCpu(observer, slot),
    cpuRequest: slots.cpuRequest[slot],
    memory: slots.memory[slot],
    machine: slots.machine[slot],
    traceMachine: executions.machine[execution],
    age: step - slots.placedAt[slot],
  };
}

function pastLoads(observer: Observer, machine: number): number[] {
  const { source, observations, past } = observer;
  requireMachine(observer, machine);
  const { history } = source.model;
  const count = Math.min(observations, history);
  return Array.from(
    { length: count },
    (_, i) => past[machine * history + ((observations - count + i) % history)],
  );
}

function requireMachine({ state }: Observer, machine: number): void {
  if (machine in state.first) return;
  throw new InputError(`no machine ${machine}; machines are numbered from 0 to ${state.machines - 1}`);
}

function pastUse({ state, visible, taskPast }: Observer, execution: number): number[] {
  if (taskPast === undefined) {
    throw new InputError("no task history is kept: give the policy a taskHistory, the number of steps");
  }
  const slot = state.slotOf[execution];
  return slot < 0 ? [] : observationsUpTo(taskPast, visible.step, slot);
}
