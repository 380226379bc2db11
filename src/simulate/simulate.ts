/** The clock loop: one workload, one policy, one run. */
import { performance } from "node:perf_hooks";
import { withOneNaN } from "../base/columns/one-nan.js";
import { resolveParameters } from "../base/parameters.js";
import { createPolicy, resolvePolicy, type PolicyChoice, type PolicyModule } from "../policies/index.js";
import type { Policy } from "../policies/policy.js";
import { requireSound } from "../workload/check.js";
import type { Workload } from "../workload/workload.js";
import { arrivalTimes, waitingCount } from "./arrivals.js";
import { createManifest, type Manifest } from "./manifest.js";
import {
  chooseMetrics,
  withNeeds,
  type MetricChoice,
  type RunMetricName,
  type RunNames,
  type StepColumns,
  type StepMetricName,
  type StepNames,
  type Summary,
} from "./metrics/catalogue.js";
import type { Metric } from "./metrics/metric.js";
import type { MigrationLog } from "./migrations.js";
import { taskColumns } from "./outcomes.js";
import { meanUtilization } from "./record.js";
import { createReplay, replayStep, type Replay } from "./replay.js";
import type { Counts, MachineHistory, MigrationColumns, TaskColumns, Timing } from "./run.js";
import { resolveSettings, type SimulationOptions } from "./settings.js";
import { lcSlo } from "./slo.js";
import { summarize } from "./summary.js";
import { traceDemand } from "./trace-facts.js";

/** The result of a simulation. The type parameters name the metrics in `steps` and in `summary`. */
export interface Run<Steps extends string = StepMetricName, Figures extends string = RunMetricName> {
  readonly policy: string;
  readonly summary: Summary<Figures>;
  readonly steps: StepColumns<Steps>;
  /** The metrics in `steps` and `summary`, in the order of the columns. */
  readonly metrics: readonly Metric[];
  readonly tasks: TaskColumns;
  readonly migrations: MigrationColumns;
  readonly machines: MachineHistory | undefined;
  readonly counts: Counts;
  readonly manifest: Manifest;
  readonly timing: Timing;
}

/** Number of steps between two progress reports. */
const REPORT_EVERY = 32;

/**
 * Replays a workload under a policy and returns the run (`replayStep` lists what happens in a step). The same
 * workload, policy and options give exactly the same result; only `timing` differs. Throws InputError for an
 * inconsistent workload, an invalid policy, options that are unknown or out of range, and moves or placements
 * without a valid task or machine.
 *
 * @param policy A built-in policy's name, the result of `definePolicy`, `createPolicy` or `loadPolicy`, your
 * own policy, or only its `rebalance`.
 */
export function simulate<const Choices extends readonly MetricChoice[] = []>(
  workload: Workload,
  policy: PolicyChoice,
  options: SimulationOptions & { readonly metrics?: Choices } = {},
): Run<StepNames<Choices>, RunNames<Choices>> {
  const started = startRun(workload, policy, options);
  const { replay } = started;
  const { steps } = replay.settings;
  for (let step = 0; step < steps; step++) {
    replayStep(replay, step);
    if ((step + 1) % REPORT_EVERY === 0 || step === steps - 1) {
      options.onProgress?.({ phase: replay.policy.name, done: step + 1, total: steps, unit: "steps" });
    }
  }
  return finishRun(started);
}

/** A run before its last step, with further parts of its result. */
export interface StartedRun {
  readonly replay: Replay;
  readonly metrics: readonly Metric[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly module: PolicyModule | undefined;
  readonly slo: number;
  /** CPU that best-effort tasks use in the trace, summed over the steps. */
  readonly beInTrace: number;
  readonly began: number;
}

/** Returns a run before its first step; the caller simulates the steps. Errors as for `simulate`. */
export function startRun(workload: Workload, policy: PolicyChoice, options: SimulationOptions): StartedRun {
  const { named, ...origin } = makePolicy(policy, options.policyParameters);
  requireSound(workload);
  const settings = resolveSettings(workload, options);
  const metrics = chooseMetrics(options.metrics ?? []);
  const began = performance.now();
  const demand = traceDemand(workload, settings.steps);
  const slo = lcSlo(workload, demand.lc, settings.model);
  const replay = createReplay(workload, named, {
    settings,
    slo,
    metrics: withNeeds(metrics),
    keepMachines: options.keepMachines ?? false,
  });
  const beInTrace = demand.bestEffort.reduce((sum, cpu) => sum + cpu, 0);
  return { replay, metrics, ...origin, slo, beInTrace, began };
}

/** Returns the result of a run after its last step. */
export function finishRun({
  replay,
  metrics,
  parameters,
  module,
  slo,
  beInTrace,
  began,
}: StartedRun): Run<string, string> {
  const { workload, policy, settings, recorder, migrations, arrivals } = replay;
  const parts = {
    policy: policy.name,
    tasks: withOneNaN(
      taskColumns(replay.outcomes, replay.state, migrations.log, arrivals.order && arrivalTimes(arrivals)),
    ),
    migrations: migrationColumns(migrations.log),
    counts: countsOf(replay),
  };
  const seconds = (performance.now() - began) / 1000;
  const figures = summarize(metrics, {
    ...parts,
    workload,
    settings,
    steps: withOneNaN(recorder.columns),
    meanUtilization: meanUtilization(recorder),
    totals: recorder.totals,
    peaks: replay.observer.peaks,
    beInTrace,
    slo,
  });
  return {
    ...parts,
    metrics,
    machines: recorder.machines && withOneNaN(recorder.machines),
    steps: pick(recorder.columns, metrics),
    summary: { policy: policy.name, ...figures } as Summary<string>,
    manifest: createManifest(workload, policy, settings, parameters, module),
    timing: timingOf(replay, seconds),
  };
}

/** Makes the policy for this run. For a policy that exists already, the given parameters are only noted. */
function makePolicy(
  choice: PolicyChoice,
  given: Readonly<Record<string, number>> = {},
): { readonly named: Policy } & Pick<StartedRun, "parameters" | "module"> {
  const definition = resolvePolicy(choice);
  const { name, module } = definition;
  if (typeof choice !== "string" && !("create" in choice)) {
    return { named: createPolicy(definition), parameters: given, module };
  }
  const parameters = resolveParameters(`policy ${name}`, definition.parameters, given);
  return { named: createPolicy(definition, parameters), parameters, module };
}

/** Leaves out the metrics that were recorded only because other metrics need them. */
function pick(
  columns: Readonly<Record<string, Float64Array>>,
  metrics: readonly Metric[],
): Readonly<Record<string, Float64Array>> {
  const names = ["step", "time", ...metrics.flatMap(({ name, step }) => (step === undefined ? [] : [name]))];
  return Object.fromEntries(names.map((name) => [name, columns[name]]));
}

function countsOf({ arrivals, outcomes, state, admitter }: Replay): Counts {
  return {
    ...arrivals.counts,
    ended: outcomes.count,
    waiting: waitingCount(arrivals),
    held: arrivals.order?.held.length ?? 0,
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

function migrationColumns(log: MigrationLog): MigrationColumns {
  return {
    step: Int32Array.from(log.step),
    execution: Int32Array.from(log.execution),
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
