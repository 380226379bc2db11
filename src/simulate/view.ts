/** The cluster as policies see it: what was observed, and the engine's books, read-only. */
import { InputError } from "../errors.js";
import type { ClusterView, TaskView } from "../policies/policy.js";
import { LATENCY_CRITICAL } from "../trace/workload.js";
import { NEW_TASK_USE, type Observer } from "./observe.js";
import { hasRoom } from "./state.js";
import { observationsUpTo } from "./task-history.js";

/** Returns the view. Its columns are the engine's own: they change as the simulation goes on. */
export function createView(observer: Observer, stepSeconds: number): ClusterView {
  const { state, seen, cold } = observer;
  const { cpuOvercommit } = observer.source.model;
  const view: ClusterView = {
    get step() {
      return observer.step;
    },
    stepSeconds,
    machines: state.machines,
    cpuCapacity: state.cpu,
    memoryCapacity: state.memory,
    load: seen.load,
    lcLoad: seen.lcLoad,
    steal: seen.steal,
    lcTail: seen.lcTail,
    freeMemory: state.freeMemory,
    cpuRequested: state.cpuRequested,
    taskCount: state.taskCount,
    history: (machine) => pastLoads(observer, machine),
    taskHistory: ({ id }) => pastUse(observer, id),
    tasksOn: (machine, which = "all") => tasksOn(observer, machine, which),
    coldest: (task, passes = () => true) =>
      cold.coldest((machine) => passes(machine) && view.fits(task, machine))[0] ?? -1,
    fits: (task, machine) => hasRoom(state, machine, task.memory, task.cpuRequest, cpuOvercommit),
  };
  return view;
}

/** Returns a run as a policy sees it while it waits for a machine. */
export function arrivingTask({ state, runs }: Observer, run: number): TaskView {
  return {
    id: run,
    latencyCritical: runs.taskClass[run] === LATENCY_CRITICAL,
    priority: runs.priority[run],
    cpu: NEW_TASK_USE * runs.cpuRequest[run],
    cpuRequest: runs.cpuRequest[run],
    memory: state.peakMemory[run],
    machine: -1,
    traceMachine: runs.machine[run],
    age: 0,
  };
}

function tasksOn(observer: Observer, machine: number, which: "all" | "best-effort"): TaskView[] {
  const { first, slots } = observer.state;
  const tasks: TaskView[] = [];
  for (let slot = first[machine]; slot >= 0; slot = slots.next[slot]) {
    if (slots.migrating[slot] === 1) continue;
    if (which === "best-effort" && slots.latencyCritical[slot] === 1) continue;
    tasks.push(taskOf(observer, slot));
  }
  return tasks.sort((a, b) => a.id - b.id);
}

function taskOf({ state, runs, source, visible, step }: Observer, slot: number): TaskView {
  const { slots } = state;
  const run = slots.run[slot];
  const isObserved = slots.placedAt[slot] <= visible.step;
  const seenCpu = source.model.staleness > 0 ? visible.taskCpu : slots.observed;
  return {
    id: run,
    latencyCritical: slots.latencyCritical[slot] === 1,
    priority: runs.priority[run],
    cpu: isObserved ? seenCpu[slot] : NEW_TASK_USE * slots.cpuRequest[slot],
    cpuRequest: slots.cpuRequest[slot],
    memory: slots.memory[slot],
    machine: slots.machine[slot],
    traceMachine: runs.machine[run],
    age: step - slots.placedAt[slot],
  };
}

function pastLoads({ source, observations, past }: Observer, machine: number): number[] {
  const { history } = source.model;
  const count = Math.min(observations, history);
  return Array.from(
    { length: count },
    (_, i) => past[machine * history + ((observations - count + i) % history)],
  );
}

function pastUse({ state, visible, taskPast }: Observer, run: number): number[] {
  if (taskPast === undefined) {
    throw new InputError("no task history is kept: give the policy a taskHistory, the number of steps");
  }
  const slot = state.slotOf[run];
  return slot < 0 ? [] : observationsUpTo(taskPast, visible.step, slot);
}
