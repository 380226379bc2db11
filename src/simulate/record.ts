/** Writes down each step's figures. */
import { coefficientOfVariation, jain, quantileOfSorted } from "../metrics/fairness.js";
import { giniOfSorted, giniWeighted } from "../metrics/gini.js";
import { createWaterFilling, type WaterFilling } from "../metrics/bound.js";
import { shortfall, SLO_FACTOR } from "../metrics/qos.js";
import { createSpreadSort, type SpreadSort } from "../sort.js";
import { tailAlone, type LcTails } from "./lc-tails.js";
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
  readonly cluster: RecordedCluster;
  readonly scale: RecordScale;
  /** Machines that are up in the step, and the sums of their capacities. */
  readonly up: UpMachines;
  /** By machine: the sum of its utilization, and the number of steps in which it was up. */
  readonly utilizationSum: Float64Array;
  readonly stepsUp: Int32Array;
  readonly scratch: Scratch;
}

/** What is recorded: the books, and what the stepper and the tail model made of the step. */
export interface RecordedCluster {
  readonly state: ClusterState;
  readonly machine: MachineStep;
  readonly totals: StepTotals;
  readonly tails: LcTails;
}

export interface RecordScale {
  readonly steps: number;
  readonly stepSeconds: number;
  readonly model: ModelValues;
  readonly slo: number;
}

interface UpMachines {
  count: number;
  cpu: number;
  memory: number;
  /** Whether all have the same CPU. */
  equal: boolean;
  readonly list: Int32Array;
}

/** Figures of the machines that are up side by side, in order of number. */
interface UpFigures {
  readonly used: Float64Array;
  readonly lcPinned: Float64Array;
  readonly weights: Float64Array;
  readonly memory: Float64Array;
}

interface Scratch extends UpFigures {
  readonly waterFilling: WaterFilling;
  readonly sort: SpreadSort;
}

export function createRecorder(
  cluster: RecordedCluster,
  scale: RecordScale,
  keepMachines: boolean,
): Recorder {
  const n = cluster.state.machines;
  const { steps } = scale;
  return {
    columns: Object.fromEntries(
      Object.keys(STEP_COLUMNS).map((name) => [name, new Float64Array(steps)]),
    ) as Record<StepColumn, Float64Array>,
    machines: keepMachines ? { machines: n, cpu: new Float32Array(n * steps).fill(NaN) } : undefined,
    totals: { lcWanted: 0, lcLost: 0, lcTaskSteps: 0, lcViolations: 0, beServed: 0 },
    cluster,
    scale,
    up: { count: 0, cpu: 0, memory: 0, equal: true, list: new Int32Array(n) },
    utilizationSum: new Float64Array(n),
    stepsUp: new Int32Array(n),
    scratch: {
      used: new Float64Array(n),
      lcPinned: new Float64Array(n),
      weights: new Float64Array(n),
      memory: new Float64Array(n),
      waterFilling: createWaterFilling(n),
      sort: createSpreadSort(n),
    },
  };
}

/** Returns each machine's delivered utilization, mean over the steps in which it was up; NaN where it never was. */
export function meanUtilization({ utilizationSum, stepsUp }: Recorder): Float64Array {
  return utilizationSum.map((sum, m) => sum / stepsUp[m]);
}

/** Writes down a step. */
export function recordStep(recorder: Recorder, facts: StepFacts): void {
  const { columns, cluster, scale, up } = recorder;
  const { machine, totals } = cluster;
  countUp(up, cluster.state);
  const at = facts.step;
  const lcServed = sum(machine.lcServed);
  const beServed = sum(machine.beServed);
  const lcWanted = sum(machine.lcWanted);
  const beWanted = sum(machine.beWanted);
  const lcAsked = lcWanted + facts.waitingLcCpu;
  const lcTasks = totals.lcTasks + facts.waitingLcTasks;
  const lcViolations = totals.lcViolations + facts.waitingLcTasks;
  const run = recorder.totals;
  run.lcWanted += lcAsked;
  // Rounding can make the sum of what was served exceed the sum of what was wanted by a hair.
  run.lcLost += Math.max(0, lcAsked - lcServed);
  run.lcTaskSteps += lcTasks;
  run.lcViolations += lcViolations;
  run.beServed += beServed;
  columns.step[at] = at;
  columns.time[at] = at * scale.stepSeconds;
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
  columns.contended[at] = totals.contended / up.count;
  columns.lcShortfall[at] = shortfall(lcAsked, lcServed);
  columns.lcViolations[at] = lcViolations / lcTasks;
  columns.steal[at] = Math.max(0, beWanted - beServed) / up.cpu;
  columns.movesStarted[at] = facts.movesStarted;
  columns.movesCompleted[at] = facts.movesCompleted;
  columns.bytes[at] = facts.bytes;
  columns.linkShare[at] = facts.bytes / (((scale.model.linkGbps * 1e9) / 8) * scale.stepSeconds * up.count);
  columns.overhead[at] = sum(machine.overhead) / up.cpu;
  recordBalance(recorder, at, beWanted);
  recordTails(recorder, at);
}

function countUp(up: UpMachines, { machines, cpu, memory }: ClusterState): void {
  up.count = 0;
  up.cpu = 0;
  up.memory = 0;
  up.equal = true;
  for (let m = 0; m < machines; m++) {
    if (cpu[m] === 0) continue;
    if (up.count > 0 && cpu[m] !== cpu[up.list[0]]) up.equal = false;
    up.list[up.count++] = m;
    up.cpu += cpu[m];
    up.memory += memory[m];
  }
}

function sum(column: Float64Array): number {
  let total = 0;
  for (let m = 0; m < column.length; m++) total += column[m];
  return total;
}

function gather({ cluster, up, scratch }: Recorder): UpFigures {
  const { cpu, memory } = cluster.state;
  const { lcServed, beServed, memoryUsed, lcWanted } = cluster.machine;
  const { count, list } = up;
  for (let i = 0; i < count; i++) {
    const m = list[i];
    scratch.used[i] = Math.min(1, (lcServed[m] + beServed[m]) / cpu[m]);
    scratch.lcPinned[i] = Math.min(lcWanted[m], cpu[m]);
    scratch.weights[i] = cpu[m];
    scratch.memory[i] = memoryUsed[m] / memory[m];
  }
  return {
    used: scratch.used.subarray(0, count),
    lcPinned: scratch.lcPinned.subarray(0, count),
    weights: scratch.weights.subarray(0, count),
    memory: scratch.memory.subarray(0, count),
  };
}

function recordBalance(recorder: Recorder, at: number, beWanted: number): void {
  const { columns, up } = recorder;
  const { sort, waterFilling } = recorder.scratch;
  const { used, lcPinned, weights, memory } = gather(recorder);
  noteUtilization(recorder, at, used);
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

function noteUtilization(recorder: Recorder, at: number, used: Float64Array): void {
  const { utilizationSum, stepsUp, machines } = recorder;
  const { count, list } = recorder.up;
  for (let i = 0; i < count; i++) {
    const m = list[i];
    utilizationSum[m] += used[i];
    stepsUp[m]++;
    if (machines !== undefined) machines.cpu[at * machines.machines + m] = used[i];
  }
}

function recordTails({ columns, cluster, scale, up }: Recorder, at: number): void {
  const { machine, tails } = cluster;
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
    if (tail > scale.slo) violated += wanted;
    // Alone the tail is at least 1: below the factor nothing can be harmed.
    if (tail <= SLO_FACTOR) continue;
    if (tail > SLO_FACTOR * tailAlone(tails, m)) harmed += wanted;
  }
  columns.lcTail[at] = slowdown / load;
  columns.lcTailViolations[at] = violated / load;
  columns.lcHarmed[at] = harmed / load;
}
