/** The cluster's loads as policies see them: smoothed, and delayed as the model says. */
import { createLoadOrder, type LoadOrder } from "../cluster/load-order.js";
import type { Policy } from "../policies/policy.js";
import { LATENCY_CRITICAL, type ExecutionColumns } from "../workload/workload.js";
import { observedCpu } from "./demand.js";
import { lcSlowdowns, type LcTails } from "./lc-tails.js";
import type { ModelValues } from "./model.js";
import type { ClusterState } from "./state.js";
import type { MachineStep } from "./step.js";
import { createTaskHistory, noteTasks, type TaskHistory } from "./task-history.js";

/**
 * Assumed CPU use of a task, as a share of its request, until the task is observed. In the 2011 cell, used
 * over requested CPU was 0.33 (production) to 0.42 (other tiers) (Tirmazi et al., EuroSys 2020, Figs. 2 and
 * 4).
 */
export const NEW_TASK_USE = 0.4;

export interface Observer {
  readonly state: ClusterState;
  readonly executions: ExecutionColumns;
  readonly source: ObservedStep;
  /** The current step as policies see it. */
  step: number;
  /** Number of observed steps. */
  observations: number;
  readonly smooth: Snapshot;
  /** The last `staleness` + 1 snapshots. */
  readonly ring: readonly Snapshot[];
  /** The oldest of these snapshots, and a copy of it with later placements added, which policies see. */
  visible: Snapshot;
  readonly seen: Snapshot;
  /** Machines in order of the load in `seen`. */
  readonly cold: LoadOrder;
  /** The last `history` loads of each machine that policies saw, as a ring buffer. */
  readonly past: Float64Array;
  readonly taskPast: TaskHistory | undefined;
  /** Highest load and steal time of any machine when the policy decided; NaN before the first decision. */
  readonly peaks: Peaks;
}

export interface Peaks {
  load: number;
  steal: number;
}

/** The source of the observations, and the parameters for taking them. */
export interface ObservedStep {
  readonly machine: MachineStep;
  readonly tails: LcTails;
  readonly slo: number;
  readonly model: ModelValues;
}

/** Loads of all machines and CPU of all tasks, as observed after one step. */
interface Snapshot {
  step: number;
  readonly load: Float64Array;
  readonly lcLoad: Float64Array;
  readonly steal: Float64Array;
  readonly lcTail: Float64Array;
  /** Estimated load of the tasks placed during the next step. */
  readonly placed: Float64Array;
  taskCpu: Float64Array;
}

export function createObserver(
  state: ClusterState,
  executions: ExecutionColumns,
  source: ObservedStep,
  taskHistory: Policy["taskHistory"],
): Observer {
  const n = state.machines;
  const { staleness, history } = source.model;
  const ring = Array.from({ length: staleness + 1 }, () => createSnapshot(n));
  const seen = createSnapshot(n);
  return {
    state,
    executions,
    source,
    step: 0,
    observations: 0,
    smooth: createSnapshot(n),
    ring,
    visible: ring[0],
    seen,
    cold: createLoadOrder(state.cpu, seen.load),
    past: new Float64Array(n * history),
    taskPast:
      taskHistory === undefined ? undefined : createTaskHistory(state, { length: taskHistory, staleness }),
    peaks: { load: NaN, steal: NaN },
  };
}

/** Observes the step that was just simulated. */
export function observe(observer: Observer, step: number): void {
  const { ring, taskPast } = observer;
  smoothLoads(observer);
  if (taskPast !== undefined) noteTasks(taskPast, step);
  const newest = ring[observer.observations % ring.length];
  takeSnapshot(observer, newest, step);
  observer.observations++;
  observer.visible =
    observer.observations < ring.length ? ring[0] : ring[observer.observations % ring.length];
  publish(observer);
  remember(observer);
}

function smoothLoads({ state, source, smooth, observations }: Observer): void {
  const { lcWanted, beWanted, beServed } = source.machine;
  const weight = observations === 0 ? 1 : source.model.smoothing;
  for (let m = 0; m < state.machines; m++) {
    const capacity = state.cpu[m];
    const share = capacity > 0 ? 1 / capacity : 0;
    smooth.load[m] += weight * ((lcWanted[m] + beWanted[m]) * share - smooth.load[m]);
    smooth.lcLoad[m] += weight * (lcWanted[m] * share - smooth.lcLoad[m]);
    smooth.steal[m] += weight * ((beWanted[m] - beServed[m]) * share - smooth.steal[m]);
  }
  if (needsPastTails(source)) smoothTails(source, smooth.lcTail, weight);
}

/** Whether policies see more of the tails than those of the last step. */
function needsPastTails({ model }: ObservedStep): boolean {
  return model.smoothing < 1 || model.staleness > 0;
}

function smoothTails({ tails, slo }: ObservedStep, lcTail: Float64Array, weight: number): void {
  const slowdown = lcSlowdowns(tails);
  for (let m = 0; m < lcTail.length; m++) {
    const last = slowdown[m] / slo;
    lcTail[m] = weight === 1 ? last : lcTail[m] + weight * (last - lcTail[m]);
  }
}

/** Returns the tails of the machines over the SLO as policies see them; valid until the next step. */
export function seenTails({ source, seen }: Observer): Float64Array {
  if (!needsPastTails(source)) smoothTails(source, seen.lcTail, 1);
  return seen.lcTail;
}

function takeSnapshot({ state, source, smooth }: Observer, newest: Snapshot, step: number): void {
  const { slots } = state;
  copySnapshot(smooth, newest);
  newest.step = step;
  if (source.model.staleness === 0) return;
  if (newest.taskCpu.length < slots.high) newest.taskCpu = new Float64Array(slots.execution.length);
  for (let slot = 0; slot < slots.high; slot++)
    if (slots.machine[slot] >= 0) newest.taskCpu[slot] = observedCpu(state.demand, slot);
}

/** Updates `seen`: the oldest snapshot, plus the placements since then. */
function publish({ state, ring, visible, seen, cold }: Observer): void {
  copySnapshot(visible, seen);
  for (const snapshot of ring) {
    if (snapshot.step < visible.step) continue;
    for (let m = 0; m < state.machines; m++) seen.load[m] += snapshot.placed[m];
  }
  cold.reset();
}

function remember({ state, source, observations, visible, past }: Observer): void {
  const { history } = source.model;
  const at = (observations - 1) % history;
  for (let m = 0; m < state.machines; m++) past[m * history + at] = visible.load[m];
}

/** Updates the peaks with the loads that the policy sees now. */
export function notePeaks({ state, seen, peaks }: Observer): void {
  for (let m = 0; m < state.machines; m++) {
    if (!(state.cpu[m] > 0)) continue;
    // In this form every number replaces NaN.
    if (!(seen.load[m] <= peaks.load)) peaks.load = seen.load[m];
    if (!(seen.steal[m] <= peaks.steal)) peaks.steal = seen.steal[m];
  }
}

/** Adds the estimated load of a placement, so that the next decision of the same step sees it. */
export function notePlacement(observer: Observer, execution: number, machine: number): void {
  const { state, executions, ring, seen, observations } = observer;
  const capacity = state.cpu[machine];
  if (capacity === 0) return;
  const guess = (NEW_TASK_USE * executions.cpuRequest[execution]) / capacity;
  seen.load[machine] += guess;
  observer.cold.update(machine);
  if (executions.taskClass[execution] === LATENCY_CRITICAL) seen.lcLoad[machine] += guess;
  ring[(observations + ring.length - 1) % ring.length].placed[machine] += guess;
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
