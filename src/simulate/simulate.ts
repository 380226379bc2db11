/** The clock loop: one workload, one policy, one run. */
import { performance } from "node:perf_hooks";
import { resolveParameters } from "../parameters.js";
import { createPolicy, resolvePolicy, type PolicyChoice } from "../policies/index.js";
import type { Policy } from "../policies/policy.js";
import { requireSound } from "../trace/check.js";
import type { Workload } from "../trace/workload.js";
import { createManifest, type Manifest } from "./manifest.js";
import type { MoveLog } from "./migrations.js";
import { taskColumns } from "./outcomes.js";
import { meanUtilization } from "./record.js";
import { createReplay, replayStep, type Replay } from "./replay.js";
import type { Counts, MachineHistory, MoveColumns, StepColumns, TaskColumns, Timing } from "./run.js";
import { resolveSettings, type SimulationOptions } from "./settings.js";
import { lcSlo, traceDemand } from "./slo.js";
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

/** Steps between two reports of progress. */
const REPORT_EVERY = 32;

/**
 * Replays a workload under a policy and returns what came of it. Each step: finish tasks, place arrivals,
 * read demand, share CPU, account, record, let the policy rebalance, start the migrations that guards and
 * network admit. The same workload, policy and options give the same result to the bit; `timing` alone
 * differs. Throws InputError for a workload that does not hold together, for what is no policy, for options that
 * are unknown or out of range and for moves or placements that name no task or machine.
 *
 * @param policy A built-in policy's name, what `definePolicy`, `createPolicy` or `loadPolicy` returns, a policy of
 *   one's own, or its `rebalance` alone.
 */
export function simulate(workload: Workload, policy: PolicyChoice, options: SimulationOptions = {}): Run {
  const { named, parameters } = makePolicy(policy, options.policyParameters);
  requireSound(workload);
  const settings = resolveSettings(workload, options);
  const { steps } = settings;
  const began = performance.now();
  const demand = traceDemand(workload, steps);
  const slo = lcSlo(workload, demand.lc, settings.model);
  const replay = createReplay(workload, named, {
    settings,
    slo,
    keepMachines: options.keepMachines ?? false,
  });
  for (let step = 0; step < steps; step++) {
    replayStep(replay, step);
    if ((step + 1) % REPORT_EVERY === 0 || step === steps - 1) {
      options.onProgress?.({ phase: named.name, done: step + 1, total: steps, unit: "steps" });
    }
  }
  const { recorder, migrations } = replay;
  const parts = {
    policy: named.name,
    steps: recorder.columns,
    tasks: taskColumns(replay.outcomes, replay.state, migrations.log),
    moves: moveColumns(migrations.log),
    counts: countsOf(replay),
  };
  const seconds = (performance.now() - began) / 1000;
  return {
    ...parts,
    machines: recorder.machines,
    summary: summarize(workload, settings, {
      ...parts,
      meanUtilization: meanUtilization(recorder),
      totals: recorder.totals,
      peaks: replay.observer.peaks,
      beInTrace: demand.bestEffort.reduce((sum, cpu) => sum + cpu, 0),
      slo,
    }),
    manifest: createManifest(workload, named, settings, parameters),
    timing: timingOf(replay, seconds),
  };
}

/** Makes the policy for this run; one that was made before has the parameters that the caller says. */
function makePolicy(
  choice: PolicyChoice,
  given: Readonly<Record<string, number>> = {},
): { readonly named: Policy; readonly parameters: Readonly<Record<string, number>> } {
  const definition = resolvePolicy(choice);
  if (typeof choice !== "string" && !("create" in choice)) {
    return { named: createPolicy(definition), parameters: given };
  }
  const parameters = resolveParameters(`policy ${definition.name}`, definition.parameters, given);
  return { named: createPolicy(definition, parameters), parameters };
}

function countsOf({ arrivals, outcomes, state, admitter }: Replay): Counts {
  return {
    ...arrivals.counts,
    ended: outcomes.count,
    waiting: arrivals.waiting.length,
    running: state.taskCount.reduce((sum, count) => sum + count, 0),
    refused: admitter.refused,
  };
}

function timingOf({ decisions, taskSteps }: Replay, seconds: number): Timing {
  decisions.sort((a, b) => a - b);
  return {
    simulateSeconds: seconds,
    taskSteps,
    taskStepsPerSecond: taskSteps / seconds,
    decisionP50: decisions[Math.floor(decisions.length * 0.5)] ?? 0,
    decisionP99: decisions[Math.floor(decisions.length * 0.99)] ?? 0,
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
