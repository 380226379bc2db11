/** The state of one simulation, and one step of its clock. */
import { performance } from "node:perf_hooks";
import type { ForesightView, Move, Policy } from "../policies/policy.js";
import { randomStream, type Random } from "../base/random.js";
import type { Workload } from "../workload/workload.js";
import { admit, createAdmitter, type Admitter } from "./admit.js";
import { askCaps, askMoves, type Asked } from "./ask-policy.js";
import {
  createArrivals,
  isDelayed,
  placeArrivals,
  requeue,
  waitingCount,
  waitingDemand,
  type Arrivals,
} from "./arrivals.js";
import { createForesight } from "./foresee.js";
import { createLcTails, noteTails, type LcTails } from "./lc-tails.js";
import { applyMachineEvents, createMembership, type Membership } from "./membership.js";
import { bookTraffic, completeFlights, createMigrations, endTask, type Migrations } from "./migrations.js";
import { createObserver, notePeaks, observe, type Observer } from "./observe.js";
import { createOrderState, noteOver } from "./order.js";
import { createOutcomes, noteEnded, noteFinished, type Outcomes } from "./outcomes.js";
import { createRecorder, recordStep, type Recorded, type Recorder } from "./record.js";
import type { Settings } from "./settings.js";
import { createState, type ClusterState } from "./state.js";
import type { StepFacts } from "./step-loads.js";
import { advance, createStepper, readDemand, shareMachines, type Stepper } from "./step.js";
import { createView, refreshView, type PolicyView } from "./view.js";

/**
 * The state of one simulation: a plain object that functions change (docs/architecture.md, "State in the
 * clock loop", says why).
 */
export interface Replay {
  readonly workload: Workload;
  readonly policy: Policy;
  readonly settings: Settings;
  readonly state: ClusterState;
  readonly migrations: Migrations;
  readonly stepper: Stepper;
  readonly tails: LcTails;
  readonly observer: Observer;
  readonly view: PolicyView;
  readonly foresight: ForesightView;
  readonly outcomes: Outcomes;
  readonly arrivals: Arrivals;
  readonly membership: Membership;
  readonly admitter: Admitter;
  readonly recorder: Recorder;
  /** Random numbers for the policy. */
  readonly random: Random;
  /** Seconds that each decision took. */
  readonly decisions: number[];
  /** Tasks on machines, summed over the steps. */
  taskSteps: number;
}

/** The facts of a step before the policy has decided. */
export type UndecidedStep = Omit<StepFacts, "migrationsStarted">;

/** The trace may report the end of an execution up to this many seconds after its machine left. */
const EVICTION_DELAY = 60;

/** Returns a simulation before its first step. `slo` is the limit for LC tails (slo.ts). */
export function createReplay(
  workload: Workload,
  policy: Policy,
  { settings, slo, ...recorded }: { settings: Settings; slo: number } & Recorded,
): Replay {
  const { seed, steps, sharing, migration, model, order } = settings;
  const { stepSeconds, usage } = workload;
  const state = createState(workload, model.smoothing);
  const migrations = createMigrations(state.machines, model);
  const stepper = createStepper(state, {
    sharing,
    stepSeconds,
    migrationOverhead: migration === "free" ? 0 : model.migrationOverhead,
  });
  const { machine, totals } = stepper;
  const tails = createLcTails(state, machine, { sharing, model });
  const observed = { machine, tails, slo, model };
  const observer = createObserver(state, workload.executions, observed, policy.taskHistory);
  const view = createView(observer, stepSeconds);
  const outcomes = createOutcomes(workload);
  const random = randomStream(seed, "placement");
  const placing = { state, workload, observer, outcomes, policy, view, model, random };
  const { load } = observer.seen;
  const moving = { state, migrations, load, usage, migration, model, stepSeconds };
  return {
    workload,
    policy,
    settings,
    state,
    migrations,
    stepper,
    tails,
    observer,
    view,
    foresight: createForesight(view.cluster, state, workload, migrations.flights),
    outcomes,
    arrivals: createArrivals(placing, order === "enforced" ? createOrderState(workload) : undefined),
    membership: createMembership(workload.machineEvents),
    admitter: createAdmitter(moving),
    recorder: createRecorder({ state, machine, totals, tails }, { steps, stepSeconds, model, slo }, recorded),
    random: randomStream(seed, "policy"),
    decisions: [],
    taskSteps: 0,
  };
}

/**
 * Simulates a step: machines leave and join, arrivals are placed, demand is read, CPU is shared, progress and
 * traffic are counted; then the policy decides, and the moves that the guards and the network admit start. To
 * be called for every step in order.
 */
export function replayStep(replay: Replay, step: number): void {
  const facts = simulateStep(replay, step);
  finishStep(replay, facts, isDue(replay, step) ? decide(replay, step) : []);
}

/** Simulates a step up to the policy's decision. Call `finishStep` with the policy's moves afterwards. */
export function simulateStep(replay: Replay, step: number): UndecidedStep {
  const { state, migrations, stepper, observer, arrivals } = replay;
  const { flights } = migrations;
  const { stepSeconds } = replay.workload;
  const now = step * stepSeconds;
  const { arrived, evicted } = arrivals.counts;
  observer.step = step;
  applyMachineEvents(replay.membership, replay, now + stepSeconds, (slot, time) => {
    evict(replay, slot, time);
  });
  placeArrivals(arrivals, step);
  readDemand(stepper, flights, step);
  shareMachines(stepper, flights, step);
  advance(stepper, flights, step);
  replay.taskSteps += stepper.totals.lcTasks + stepper.totals.beTasks;
  const bytes = bookTraffic(migrations, now, stepSeconds);
  noteTails(replay.tails, state);
  observe(observer, step);
  const ended = finishEnded(replay, step);
  const migrationsCompleted = completeFlights(migrations, state, now + stepSeconds);
  const lost = waitingDemand(arrivals, step);
  return {
    step,
    waiting: waitingCount(arrivals),
    arrived: arrivals.counts.arrived - arrived,
    evicted: arrivals.counts.evicted - evicted,
    ended,
    waitingLcCpu: lost.cpu,
    waitingLcTasks: lost.tasks,
    migrationsCompleted,
    bytes,
  };
}

/**
 * Starts those of the checked moves that the guards and the network admit, records the step, and returns how
 * many moves were started.
 */
export function finishStep(replay: Replay, facts: UndecidedStep, moves: readonly Move[]): number {
  const migrationsStarted = admit(replay.admitter, moves, facts.step);
  recordStep(replay.recorder, { ...facts, migrationsStarted });
  return migrationsStarted;
}

/** Whether the policy decides after the step. */
export function isDue({ settings }: Replay, step: number): boolean {
  return (step + 1) % settings.model.interval === 0;
}

/** Shows the policy the cluster as it is after the step. */
export function prepareDecision({ observer, view }: Replay): void {
  notePeaks(observer);
  refreshView(view);
}

function evict({ workload, state, outcomes, arrivals }: Replay, slot: number, time: number): void {
  const { machine, end } = workload.executions;
  const execution = state.slots.execution[slot];
  outcomes.machine[execution] = state.slots.machine[slot];
  // If the trace ends the execution together with its machine, the trace has the restart as another
  // execution. The end in the trace means nothing to an execution that arrived later.
  const isOfTrace = machine[execution] === state.slots.machine[slot] && !isDelayed(arrivals, execution);
  if (isOfTrace && end[execution] <= time + EVICTION_DELAY) {
    noteEnded(outcomes, execution, end[execution]);
    if (arrivals.order !== undefined) {
      const { stepSeconds } = workload;
      // Placements of the step in which the machine leaves are still to come.
      const next = Math.floor(time / stepSeconds) + 1;
      noteOver(arrivals.order, execution, Math.max(next, Math.ceil(end[execution] / stepSeconds)));
    }
    return;
  }
  outcomes.evictions[execution]++;
  requeue(arrivals, execution);
}

function finishEnded(replay: Replay, step: number): number {
  const { workload, state, migrations, stepper, outcomes, arrivals } = replay;
  const now = step * workload.stepSeconds;
  for (const slot of stepper.ended) {
    noteFinished(outcomes, workload, { state, slot, now });
    if (arrivals.order !== undefined) noteOver(arrivals.order, state.slots.execution[slot], step + 1);
    endTask(migrations, state, slot);
  }
  return stepper.ended.length;
}

/** Asks the policy, applies its caps on best-effort work, and returns its moves. */
function decide(replay: Replay, step: number): readonly Move[] {
  const { policy, view, foresight, random, stepper } = replay;
  const asked = askedAt(replay, step);
  prepareDecision(replay);
  const start = performance.now();
  const moves = askMoves(asked, view.cluster, foresight, random);
  if (policy.control !== undefined) refreshView(view);
  const caps = askCaps(asked, view.cluster, random);
  replay.decisions.push((performance.now() - start) / 1000);
  for (const { machine, cap } of caps) stepper.machine.bestEffortCap[machine] = cap;
  return moves;
}

/** Returns the context of a decision, for the checks of its answers. */
export function askedAt({ policy, state, workload }: Replay, step: number): Asked {
  return { policy, step, machines: state.machines, tasks: workload.executions.start.length };
}
