/** The clock loop: one workload, one policy, one run. */
import { performance } from "node:perf_hooks";
import { InputError } from "../errors.js";
import type { BestEffortCap, Policy, RebalanceFunction } from "../policies/policy.js";
import { randomStream } from "../random.js";
import type { Workload } from "../trace/workload.js";
import { createAdmitter } from "./admit.js";
import { createArrivals } from "./arrivals.js";
import { createForesight } from "./foresee.js";
import { createLcTails } from "./lc-tails.js";
import { createManifest, type Manifest } from "./manifest.js";
import { createMembership } from "./membership.js";
import { bookTraffic, completeFlights, createMigrations, endTask, type MoveLog } from "./migrations.js";
import { createObserver } from "./observe.js";
import { createOutcomes } from "./outcomes.js";
import { createRecorder } from "./record.js";
import type { Counts, MachineHistory, MoveColumns, StepColumns, TaskColumns, Timing } from "./run.js";
import { resolveSettings, type SimulationOptions } from "./settings.js";
import { lcSlo, traceDemand } from "./slo.js";
import { createState } from "./state.js";
import { createStepper } from "./step.js";
import { summarize, type Summary } from "./summary.js";

export interface Run {
  readonly policy: string;
  readonly summary: Summary;
  readonly steps: StepColumns;
  readonly tasks: TaskColumns;
  readonly moves: MoveColumns;
  readonly machines: MachineHistory | undefined;
  readonly counts: Counts;
  readonly manifest: Manifest;
  readonly timing: Timing;
}

/** Seconds after a machine left within which the trace may say that a run on it ended. */
const EVICTION_DELAY = 60;

/**
 * Replays a workload under a policy and returns what came of it. Each step: finish tasks, place arrivals, read
 * demand, share CPU, account, record, let the policy rebalance, start the migrations that guards and network
 * admit. The same workload, policy and options give the same result to the bit; `timing` alone differs.
 * Throws InputError for options out of range and for moves or placements that name no task or machine.
 */
export function simulate(
  workload: Workload,
  policy: Policy | RebalanceFunction,
  options: SimulationOptions = {},
): Run {
  const named: Policy =
    typeof policy === "function" ? { name: policy.name || "custom", rebalance: policy } : policy;
  const settings = resolveSettings(workload, options);
  const { seed, steps, sharing, migration, model } = settings;
  const { stepSeconds } = workload;
  const began = performance.now();

  const state = createState(workload);
  const migrations = createMigrations(state.machines, model);
  const stepper = createStepper(state, workload.usage, {
    sharing,
    stepSeconds,
    migrationOverhead: migration === "free" ? 0 : model.migrationOverhead,
    smoothing: model.smoothing,
  });
  const demand = traceDemand(workload, steps);
  const slo = lcSlo(workload, demand.lc, model);
  const tails = createLcTails(state, stepper.machine, { sharing, model });
  const observer = createObserver(state, workload, stepper.machine, {
    model,
    tails,
    slo,
    taskHistory: named.taskHistory,
  });
  const outcomes = createOutcomes(state, workload);
  const arrivals = createArrivals(state, workload, observer, {
    policy: named,
    model,
    random: randomStream(seed, "placement"),
    onPlaced(run, slot, step) {
      outcomes.placed(run, step);
      stepper.renew(slot);
    },
  });
  const admitter = createAdmitter(state, migrations, observer.view, workload.usage, {
    policy: named.name,
    migration,
    model,
    stepSeconds,
  });
  const applyMachineEvents = createMembership(state, workload, migrations);
  const recorder = createRecorder(state, stepper.machine, stepper.totals, {
    steps,
    stepSeconds,
    model,
    tails,
    slo,
    keepMachines: options.keepMachines ?? false,
  });
  const policyRandom = randomStream(seed, "policy");
  const decisions: number[] = [];
  const { flights } = migrations;
  const foresight = createForesight(observer.view, state, workload, flights);
  let taskSteps = 0;

  function evict(slot: number, time: number): void {
    const run = state.slots.run[slot];
    outcomes.left(run, state.slots.machine[slot]);
    const { machine, end } = workload.runs;
    // Where the trace ended the run with its machine, the resubmission is a run of its own.
    if (machine[run] === state.slots.machine[slot] && end[run] <= time + EVICTION_DELAY) {
      outcomes.ended(run, end[run]);
    } else {
      outcomes.evicted(run);
      arrivals.requeue(run);
    }
  }

  function setCaps(caps: readonly BestEffortCap[]): void {
    for (const { machine, cap } of caps) {
      if (!(machine in state.cpu) || !(cap >= 0 && cap <= 1)) {
        throw new InputError(`invalid best-effort cap of policy ${named.name}: ${cap} on machine ${machine}`);
      }
      stepper.machine.bestEffortCap[machine] = cap;
    }
  }

  function decide(step: number): number {
    if ((step + 1) % model.interval !== 0) return 0;
    const start = performance.now();
    const moves =
      named.rebalanceForeseeing?.(foresight, policyRandom) ??
      named.rebalance?.(observer.view, policyRandom) ??
      [];
    const caps = named.control?.(observer.view, policyRandom) ?? [];
    decisions.push((performance.now() - start) / 1000);
    setCaps(caps);
    return admitter.admit(moves, step);
  }

  function finishEnded(now: number): number {
    const { slots, count } = stepper.ended;
    for (let i = 0; i < count; i++) {
      const slot = slots[i];
      outcomes.finished(slot, now);
      endTask(migrations, state, slot);
    }
    return count;
  }

  for (let step = 0; step < steps; step++) {
    const now = step * stepSeconds;
    const before = { ...arrivals.counts };
    observer.setStep(step);
    applyMachineEvents(now + stepSeconds, evict);
    arrivals.place(step);
    stepper.readDemand(flights, step);
    stepper.share(flights, step);
    stepper.advance(flights, step);
    taskSteps += stepper.totals.lcTasks + stepper.totals.beTasks;
    const bytes = bookTraffic(migrations, now, stepSeconds);
    tails.measure();
    observer.observe(step);
    const ended = finishEnded(now);
    const movesCompleted = completeFlights(migrations, state, now + stepSeconds);
    const movesStarted = decide(step);
    const lost = arrivals.waitingDemand(step);
    recorder.record({
      step,
      waiting: arrivals.waiting.length,
      arrived: arrivals.counts.arrived - before.arrived,
      evicted: arrivals.counts.evicted - before.evicted,
      ended,
      waitingLcCpu: lost.cpu,
      waitingLcTasks: lost.tasks,
      movesStarted,
      movesCompleted,
      bytes,
    });
    if (step % 32 === 31 || step === steps - 1) {
      options.onProgress?.({ phase: named.name, done: step + 1, total: steps, unit: "steps" });
    }
  }

  const tasks = outcomes.columns(migrations.log);
  const moves = moveColumns(migrations.log);
  const counts: Counts = {
    ...arrivals.counts,
    ended: outcomes.count(),
    waiting: arrivals.waiting.length,
    running: state.taskCount.reduce((sum, count) => sum + count, 0),
    refused: admitter.refused,
  };
  const seconds = (performance.now() - began) / 1000;
  decisions.sort((a, b) => a - b);
  const parts = { policy: named.name, steps: recorder.columns, tasks, moves, counts };
  return {
    ...parts,
    machines: recorder.machines,
    summary: summarize(workload, settings, {
      ...parts,
      meanUtilization: recorder.meanUtilization(),
      totals: recorder.totals,
      beInTrace: demand.bestEffort.reduce((sum, cpu) => sum + cpu, 0),
      slo,
    }),
    manifest: createManifest(workload, named, settings, options.policyParameters ?? {}),
    timing: {
      simulateSeconds: seconds,
      taskSteps,
      taskStepsPerSecond: taskSteps / seconds,
      decisionP50: decisions[Math.floor(decisions.length * 0.5)] ?? 0,
      decisionP99: decisions[Math.floor(decisions.length * 0.99)] ?? 0,
    },
  };
}

function moveColumns(log: MoveLog): MoveColumns {
  return {
    step: Int32Array.from(log.step),
    run: Int32Array.from(log.run),
    from: Int32Array.from(log.from),
    to: Int32Array.from(log.to),
    start: Float64Array.from(log.start),
    seconds: Float64Array.from(log.seconds),
    downtime: Float64Array.from(log.downtime),
    stalled: Float64Array.from(log.stalled),
    bytes: Float64Array.from(log.bytes),
    outcome: Uint8Array.from(log.outcome),
  };
}
