/** One simulation under way, and one step of its clock. */
import { performance } from "node:perf_hooks";
import { InputError } from "../errors.js";
import type { BestEffortCap, ClusterView, ForesightView, Policy } from "../policies/policy.js";
import { randomStream, type Random } from "../random.js";
import type { Workload } from "../trace/workload.js";
import { admit, createAdmitter, type Admitter } from "./admit.js";
import { createArrivals, placeArrivals, requeue, waitingDemand, type Arrivals } from "./arrivals.js";
import { createForesight } from "./foresee.js";
import { createLcTails, measureTails, type LcTails } from "./lc-tails.js";
import { applyMachineEvents, createMembership, type Membership } from "./membership.js";
import { bookTraffic, completeFlights, createMigrations, endTask, type Migrations } from "./migrations.js";
import { createObserver, notePeaks, observe, type Observer } from "./observe.js";
import { createOutcomes, noteEnded, noteFinished, type Outcomes } from "./outcomes.js";
import { createRecorder, recordStep, type Recorded, type Recorder } from "./record.js";
import type { Settings } from "./settings.js";
import { createState, type ClusterState } from "./state.js";
import { advance, createStepper, readDemand, shareMachines, type Stepper } from "./step.js";
import { createView } from "./view.js";

/**
 * All that one simulation holds. The functions that change it are not made anew for each run, so that V8 compiles them
 * once for all runs of a sweep.
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
  readonly view: ClusterView;
  readonly foresight: ForesightView;
  readonly outcomes: Outcomes;
  readonly arrivals: Arrivals;
  readonly membership: Membership;
  readonly admitter: Admitter;
  readonly recorder: Recorder;
  /** What the policy draws from. */
  readonly random: Random;
  /** Seconds that each decision took. */
  readonly decisions: number[];
  /** Tasks on machines, summed over the steps. */
  taskSteps: number;
}

/** Seconds after a machine left within which the trace may say that a run on it ended. */
const EVICTION_DELAY = 60;

/** Returns a simulation before its first step. `slo` is what LC tails are held against (slo.ts). */
export function createReplay(
  workload: Workload,
  policy: Policy,
  { settings, slo, ...recorded }: { settings: Settings; slo: number } & Recorded,
): Replay {
  const { seed, steps, sharing, migration, model } = settings;
  const { stepSeconds, usage } = workload;
  const state = createState(workload);
  const migrations = createMigrations(state.machines, model);
  const stepper = createStepper(state, usage, {
    sharing,
    stepSeconds,
    migrationOverhead: migration === "free" ? 0 : model.migrationOverhead,
    smoothing: model.smoothing,
  });
  const { machine, totals, window } = stepper;
  const tails = createLcTails(state, machine, { sharing, model });
  const observed = { machine, tails, slo, model };
  const observer = createObserver(state, workload.runs, observed, policy.taskHistory);
  const view = createView(observer, stepSeconds);
  const outcomes = createOutcomes(workload);
  const random = randomStream(seed, "placement");
  const placing = { state, workload, observer, window, outcomes, policy, view, model, random };
  const moving = { state, migrations, view, usage, policy: policy.name, migration, model, stepSeconds };
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
    foresight: createForesight(view, state, workload, migrations.flights),
    outcomes,
    arrivals: createArrivals(placing),
    membership: createMembership(workload.machineEvents),
    admitter: createAdmitter(moving),
    recorder: createRecorder({ state, machine, totals, tails }, { steps, stepSeconds, model, slo }, recorded),
    random: randomStream(seed, "policy"),
    decisions: [],
    taskSteps: 0,
  };
}

/**
 * Simulates a step: machines leave and join, arrivals are placed, demand is read, CPU shared, the step
 * accounted for; the policy decides, and the migrations that guards and network admit start. To be called
 * step by step.
 */
export function replayStep(replay: Replay, step: number): void {
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
  measureTails(replay.tails);
  observe(observer, step);
  const ended = finishEnded(replay, now);
  const movesCompleted = completeFlights(migrations, state, now + stepSeconds);
  const movesStarted = decide(replay, step);
  const lost = waitingDemand(arrivals, step);
  recordStep(replay.recorder, {
    step,
    waiting: arrivals.waiting.length,
    arrived: arrivals.counts.arrived - arrived,
    evicted: arrivals.counts.evicted - evicted,
    ended,
    waitingLcCpu: lost.cpu,
    waitingLcTasks: lost.tasks,
    movesStarted,
    movesCompleted,
    bytes,
  });
}

function evict({ workload, state, outcomes, arrivals }: Replay, slot: number, time: number): void {
  const { machine, end } = workload.runs;
  const run = state.slots.run[slot];
  outcomes.machine[run] = state.slots.machine[slot];
  // Where the trace ended the run with its machine, the resubmission is a run of its own.
  if (machine[run] === state.slots.machine[slot] && end[run] <= time + EVICTION_DELAY) {
    noteEnded(outcomes, run, end[run]);
    return;
  }
  outcomes.evictions[run]++;
  requeue(arrivals, run);
}

function finishEnded({ workload, state, migrations, stepper, outcomes }: Replay, now: number): number {
  const { slots, count } = stepper.ended;
  for (let i = 0; i < count; i++) {
    const slot = slots[i];
    noteFinished(outcomes, workload, { state, slot, now });
    endTask(migrations, state, slot);
  }
  return count;
}

/** Asks the policy, where it is due, and returns how many migrations start. */
function decide(replay: Replay, step: number): number {
  const { policy, settings, view, random } = replay;
  if ((step + 1) % settings.model.interval !== 0) return 0;
  notePeaks(replay.observer);
  const start = performance.now();
  const moves =
    policy.rebalanceForeseeing?.(replay.foresight, random) ?? policy.rebalance?.(view, random) ?? [];
  const caps = policy.control?.(view, random) ?? [];
  replay.decisions.push((performance.now() - start) / 1000);
  setCaps(replay, caps);
  return admit(replay.admitter, moves, step);
}

function setCaps({ policy, state, stepper }: Replay, caps: readonly BestEffortCap[]): void {
  for (const { machine, cap } of caps) {
    if (!(machine in state.cpu) || !(cap >= 0 && cap <= 1)) {
      throw new InputError(`invalid best-effort cap of policy ${policy.name}: ${cap} on machine ${machine}`);
    }
    stepper.machine.bestEffortCap[machine] = cap;
  }
}
