/** Writes down each step's figures. */
import { coefficientOfVariation, jain, quantileOfSorted } from "../metrics/fairness.js";
import { giniOfSorted, giniWeighted } from "../metrics/gini.js";
import { createWaterFilling } from "../metrics/bound.js";
import { shortfall, SLO_FACTOR } from "../metrics/qos.js";
import { createSpreadSort } from "../sort.js";
import type { LcTails } from "./lc-tails.js";
import type { ModelValues } from "./model.js";
import { STEP_COLUMNS, type MachineHistory, type StepColumn } from "./run.js";
import type { ClusterState } from "./state.js";
import type { MachineStep, StepTotals } from "./step.js";

/** What the clock loop knows of a step and the machines' loads do not say. */
export interface StepFacts {
  step: number;
  waiting: number;
  arrived: number;
  ended: number;
  evicted: number;
  waitingLcCpu: number;
  waitingLcTasks: number;
  movesStarted: number;
  movesCompleted: number;
  bytes: number;
}

/** Sums over the run: CPU of the reference machine times steps, and task-steps. */
export interface RunTotals {
  lcWanted: number;
  lcLost: number;
  lcTaskSteps: number;
  lcViolations: number;
  beServed: number;
}

export interface Recorder {
  readonly columns: Record<StepColumn, Float64Array>;
  readonly machines: MachineHistory | undefined;
  readonly totals: RunTotals;
  /** Each machine's delivered utilization, mean over the steps in which it was up; NaN where it never was. */
  meanUtilization(): Float64Array;
  record(facts: StepFacts): void;
}

export function createRecorder(
  state: ClusterState,
  machine: MachineStep,
  totals: StepTotals,
  {
    steps,
    stepSeconds,
    model,
    tails,
    slo,
    keepMachines,
  }: {
    steps: number;
    stepSeconds: number;
    model: ModelValues;
    tails: LcTails;
    slo: number;
    keepMachines: boolean;
  },
): Recorder {
  const n = state.machines;
  const columns = Object.fromEntries(
    Object.keys(STEP_COLUMNS).map((name) => [name, new Float64Array(steps)]),
  ) as Record<StepColumn, Float64Array>;
  const history = keepMachines ? { machines: n, cpu: new Float32Array(n * steps).fill(NaN) } : undefined;
  const utilization = new Float64Array(n);
  const memoryShare = new Float64Array(n);
  const up = { count: 0, cpu: 0, memory: 0, equal: true, list: new Int32Array(n) };
  const pinned = new Float64Array(n);
  const capacities = new Float64Array(n);
  const waterFilling = createWaterFilling(n);
  const sort = createSpreadSort(n);
  const runTotals: RunTotals = { lcWanted: 0, lcLost: 0, lcTaskSteps: 0, lcViolations: 0, beServed: 0 };
  const total = { utilization: new Float64Array(n), steps: new Int32Array(n) };

  function countUp(): void {
    up.count = 0;
    up.cpu = 0;
    up.memory = 0;
    up.equal = true;
    for (let m = 0; m < n; m++) {
      if (state.cpu[m] === 0) continue;
      if (up.count > 0 && state.cpu[m] !== state.cpu[up.list[0]]) up.equal = false;
      up.list[up.count++] = m;
      up.cpu += state.cpu[m];
      up.memory += state.memory[m];
    }
  }

  const sum = (column: Float64Array): number => {
    let total = 0;
    for (let m = 0; m < n; m++) total += column[m];
    return total;
  };

  /** Writes figures of the machines that are up side by side, in order of number, and returns the filled parts. */
  function gather(): {
    used: Float64Array;
    lcPinned: Float64Array;
    weights: Float64Array;
    memory: Float64Array;
  } {
    const { lcServed, beServed, memoryUsed, lcWanted } = machine;
    const { count, list } = up;
    for (let i = 0; i < count; i++) {
      const m = list[i];
      const capacity = state.cpu[m];
      utilization[i] = Math.min(1, (lcServed[m] + beServed[m]) / capacity);
      pinned[i] = Math.min(lcWanted[m], capacity);
      capacities[i] = capacity;
      memoryShare[i] = memoryUsed[m] / state.memory[m];
    }
    return {
      used: utilization.subarray(0, count),
      lcPinned: pinned.subarray(0, count),
      weights: capacities.subarray(0, count),
      memory: memoryShare.subarray(0, count),
    };
  }

  function recordBalance(at: number, beWanted: number): void {
    const { used, lcPinned, weights, memory } = gather();
    for (let i = 0; i < up.count; i++) {
      const m = up.list[i];
      total.utilization[m] += used[i];
      total.steps[m]++;
      if (history !== undefined) history.cpu[at * n + m] = used[i];
    }
    columns.gini[at] = up.equal ? NaN : giniWeighted(used, weights);
    columns.giniBound[at] = waterFilling(lcPinned, weights, beWanted);
    sort(memory);
    columns.giniMemory[at] = giniOfSorted(memory);
    // Order does not matter from here on.
    sort(used);
    if (up.equal) columns.gini[at] = giniOfSorted(used);
    columns.jain[at] = jain(used);
    columns.cov[at] = coefficientOfVariation(used);
    columns.p5[at] = quantileOfSorted(used, 0.05);
    columns.p25[at] = quantileOfSorted(used, 0.25);
    columns.p50[at] = quantileOfSorted(used, 0.5);
    columns.p75[at] = quantileOfSorted(used, 0.75);
    columns.p95[at] = quantileOfSorted(used, 0.95);
  }

  function recordTails(at: number): void {
    let load = 0;
    let slowdown = 0;
    let violated = 0;
    let harmed = 0;
    for (let i = 0; i < up.count; i++) {
      const m = up.list[i];
      const wanted = machine.lcWanted[m];
      if (wanted === 0) continue;
      const tail = tails.slowdown[m];
      load += wanted;
      slowdown += wanted * tail;
      if (tail > slo) violated += wanted;
      // Alone the tail is at least 1: below the factor nothing can be harmed.
      if (tail <= SLO_FACTOR) continue;
      if (tail > SLO_FACTOR * tails.alone(m)) harmed += wanted;
    }
    columns.lcTail[at] = slowdown / load;
    columns.lcTailViolations[at] = violated / load;
    columns.lcHarmed[at] = harmed / load;
  }

  function record(facts: StepFacts): void {
    countUp();
    const at = facts.step;
    const lcServed = sum(machine.lcServed);
    const beServed = sum(machine.beServed);
    const lcWanted = sum(machine.lcWanted);
    const beWanted = sum(machine.beWanted);
    let contended = 0;
    for (let m = 0; m < n; m++) contended += machine.contended[m];
    const lcAsked = lcWanted + facts.waitingLcCpu;
    const lcTasks = totals.lcTasks + facts.waitingLcTasks;
    const lcViolations = totals.lcViolations + facts.waitingLcTasks;
    // Rounding can make the sum of what was served exceed the sum of what was wanted by a hair.
    const lcLost = Math.max(0, lcAsked - lcServed);
    runTotals.lcWanted += lcAsked;
    runTotals.lcLost += lcLost;
    runTotals.lcTaskSteps += lcTasks;
    runTotals.lcViolations += lcViolations;
    runTotals.beServed += beServed;
    columns.step[at] = at;
    columns.time[at] = at * stepSeconds;
    columns.machines[at] = up.count;
    columns.runningLc[at] = totals.lcTasks;
    columns.runningBe[at] = totals.beTasks;
    columns.waiting[at] = facts.waiting;
    columns.arrived[at] = facts.arrived;
    columns.ended[at] = facts.ended;
    columns.evicted[at] = facts.evicted;
    columns.utilization[at] = (lcServed + beServed) / up.cpu;
    columns.lcUtilization[at] = lcServed / up.cpu;
    columns.beUtilization[at] = beServed / up.cpu;
    columns.demand[at] = (lcWanted + beWanted) / up.cpu;
    columns.memoryUtilization[at] = sum(machine.memoryUsed) / up.memory;
    columns.contended[at] = contended / up.count;
    columns.lcShortfall[at] = shortfall(lcAsked, lcServed);
    columns.lcViolations[at] =
      (totals.lcViolations + facts.waitingLcTasks) / (totals.lcTasks + facts.waitingLcTasks);
    columns.steal[at] = Math.max(0, beWanted - beServed) / up.cpu;
    columns.movesStarted[at] = facts.movesStarted;
    columns.movesCompleted[at] = facts.movesCompleted;
    columns.bytes[at] = facts.bytes;
    columns.linkShare[at] = facts.bytes / (((model.linkGbps * 1e9) / 8) * stepSeconds * up.count);
    columns.overhead[at] = sum(machine.overhead) / up.cpu;
    recordBalance(at, beWanted);
    recordTails(at);
  }

  const meanUtilization = (): Float64Array => total.utilization.map((sum, m) => sum / total.steps[m]);

  return { columns, machines: history, totals: runTotals, meanUtilization, record };
}
