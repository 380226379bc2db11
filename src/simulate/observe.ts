/** What policies see of the cluster: smoothed, stale, read-only. */
import { createLoadOrder } from "../cluster/load-order.js";
import { InputError } from "../errors.js";
import type { ClusterView, Policy, TaskView } from "../policies/policy.js";
import { LATENCY_CRITICAL, type Workload } from "../trace/workload.js";
import type { LcTails } from "./lc-tails.js";
import type { ModelValues } from "./model.js";
import { hasRoom, type ClusterState } from "./state.js";
import type { MachineStep } from "./step.js";
import { createTaskHistory } from "./task-history.js";

/**
 * Share of its CPU request that a task is taken to use until it is observed: used over requested in the 2011
 * cell was .33 (production) to .42 (the other tiers) (Tirmazi et al., EuroSys 2020, Figs. 2 and 4).
 */
const NEW_TASK_USE = 0.4;

export interface Observer {
  readonly view: ClusterView;
  /** Takes in the step that was just simulated. */
  observe(step: number): void;
  /** Notes a placement, so that the next decision of the same step sees it. */
  notePlacement(run: number, machine: number): void;
  /** Sets the step that the view speaks of. */
  setStep(step: number): void;
  /** The run as a policy sees it while it waits for a machine. */
  arriving(run: number): TaskView;
}

/** Loads of all machines and CPU of all tasks, as observed after one step. */
interface Snapshot {
  step: number;
  readonly load: Float64Array;
  readonly lcLoad: Float64Array;
  readonly steal: Float64Array;
  readonly lcTail: Float64Array;
  /** Load guessed for what was placed during the step after. */
  readonly placed: Float64Array;
  taskCpu: Float64Array;
}

export function createObserver(
  state: ClusterState,
  workload: Workload,
  machineStep: MachineStep,
  {
    model,
    tails,
    slo,
    taskHistory,
  }: { model: ModelValues; tails: LcTails; slo: number; taskHistory: Policy["taskHistory"] },
): Observer {
  const n = state.machines;
  const { staleness, smoothing, history, cpuOvercommit } = model;
  const { slots } = state;
  const { runs } = workload;
  const ring: Snapshot[] = Array.from({ length: staleness + 1 }, () => createSnapshot(n));
  const smooth = createSnapshot(n);
  const seen = createSnapshot(n);
  const past = new Float64Array(n * history);
  const taskPast =
    taskHistory === undefined ? undefined : createTaskHistory(slots, { length: taskHistory, staleness });
  let observations = 0;
  let step = 0;
  let visible = ring[0];
  const cold = createLoadOrder(state.cpu, seen.load);

  function observe(now: number): void {
    const { lcWanted, beWanted, beServed } = machineStep;
    const weight = observations === 0 ? 1 : smoothing;
    for (let m = 0; m < n; m++) {
      const capacity = state.cpu[m];
      const share = capacity > 0 ? 1 / capacity : 0;
      smooth.load[m] += weight * ((lcWanted[m] + beWanted[m]) * share - smooth.load[m]);
      smooth.lcLoad[m] += weight * (lcWanted[m] * share - smooth.lcLoad[m]);
      smooth.steal[m] += weight * ((beWanted[m] - beServed[m]) * share - smooth.steal[m]);
      smooth.lcTail[m] += weight * (tails.slowdown[m] / slo - smooth.lcTail[m]);
    }
    taskPast?.note(now);
    const newest = ring[observations % ring.length];
    copySnapshot(smooth, newest);
    newest.step = now;
    if (staleness > 0) {
      if (newest.taskCpu.length < slots.high) newest.taskCpu = new Float64Array(slots.run.length);
      newest.taskCpu.set(slots.observed.subarray(0, slots.high));
    }
    observations++;
    visible = ring[observations % ring.length];
    if (observations < ring.length) visible = ring[0];
    publish();
    remember();
  }

  /** What is seen now: the oldest snapshot, and what was placed since. */
  function publish(): void {
    copySnapshot(visible, seen);
    for (const snapshot of ring) {
      if (snapshot.step < visible.step) continue;
      for (let m = 0; m < n; m++) seen.load[m] += snapshot.placed[m];
    }
    cold.reset();
  }

  function remember(): void {
    const at = (observations - 1) % history;
    for (let m = 0; m < n; m++) past[m * history + at] = visible.load[m];
  }

  function notePlacement(run: number, machine: number): void {
    const capacity = state.cpu[machine];
    if (capacity === 0) return;
    const guess = (NEW_TASK_USE * runs.cpuRequest[run]) / capacity;
    seen.load[machine] += guess;
    cold.update(machine);
    if (runs.taskClass[run] === LATENCY_CRITICAL) seen.lcLoad[machine] += guess;
    const newest = ring[(observations + ring.length - 1) % ring.length];
    newest.placed[machine] += guess;
  }

  function taskOf(slot: number): TaskView {
    const run = slots.run[slot];
    const observed = slots.placedAt[slot] <= visible.step;
    const seenCpu = staleness > 0 ? visible.taskCpu : slots.observed;
    return {
      id: run,
      latencyCritical: slots.latencyCritical[slot] === 1,
      priority: runs.priority[run],
      cpu: observed ? seenCpu[slot] : NEW_TASK_USE * slots.cpuRequest[slot],
      cpuRequest: slots.cpuRequest[slot],
      memory: slots.memory[slot],
      machine: slots.machine[slot],
      traceMachine: runs.machine[run],
      age: step - slots.placedAt[slot],
    };
  }

  function arriving(run: number): TaskView {
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

  const view: ClusterView = {
    get step() {
      return step;
    },
    stepSeconds: workload.stepSeconds,
    machines: n,
    cpuCapacity: state.cpu,
    memoryCapacity: state.memory,
    load: seen.load,
    lcLoad: seen.lcLoad,
    steal: seen.steal,
    lcTail: seen.lcTail,
    freeMemory: state.freeMemory,
    cpuRequested: state.cpuRequested,
    taskCount: state.taskCount,
    history(machine) {
      const count = Math.min(observations, history);
      return Array.from(
        { length: count },
        (_, i) => past[machine * history + ((observations - count + i) % history)],
      );
    },
    taskHistory({ id }) {
      if (taskPast === undefined) {
        throw new InputError("no task history is kept: give the policy a taskHistory, the number of steps");
      }
      const slot = state.slotOf[id];
      return slot < 0 ? [] : taskPast.upTo(visible.step, slot);
    },
    tasksOn(machine, which = "all") {
      const tasks: TaskView[] = [];
      for (let slot = state.first[machine]; slot >= 0; slot = slots.next[slot]) {
        if (slots.migrating[slot] === 1) continue;
        if (which === "best-effort" && slots.latencyCritical[slot] === 1) continue;
        tasks.push(taskOf(slot));
      }
      return tasks.sort((a, b) => a.id - b.id);
    },
    coldest: (task, passes = () => true) =>
      cold.coldest((machine) => passes(machine) && view.fits(task, machine))[0] ?? -1,
    fits: (task, machine) => hasRoom(state, machine, task.memory, task.cpuRequest, cpuOvercommit),
  };

  return { view, observe, notePlacement, setStep: (value) => void (step = value), arriving };
}

function createSnapshot(machines: number): Snapshot {
  return {
    step: -1,
    load: new Float64Array(machines),
    lcLoad: new Float64Array(machines),
    steal: new Float64Array(machines),
    lcTail: new Float64Array(machines),
    placed: new Float64Array(machines),
    taskCpu: new Float64Array(0),
  };
}

function copySnapshot(from: Snapshot, to: Snapshot): void {
  to.load.set(from.load);
  to.lcLoad.set(from.lcLoad);
  to.steal.set(from.steal);
  to.lcTail.set(from.lcTail);
  to.placed.fill(0);
}
