/** Does one run of an experiment: opens its workload and simulates it. */
import { createHash } from "node:crypto";
import { InputError } from "../base/errors.js";
import { hashReference } from "../base/own-module/load-export.js";
import { loadPolicy, type PolicyModule, type ResolvedPolicy } from "../policies/index.js";
import { loadMetric } from "../simulate/metrics/load.js";
import type { Metric } from "../simulate/metrics/metric.js";
import type { MetricChoice, MetricName } from "../simulate/metrics/catalogue.js";
import type { Manifest } from "../simulate/manifest.js";
import type { Timing } from "../simulate/run.js";
import { simulate, type Run } from "../simulate/simulate.js";
import type { OnProgress } from "../base/progress.js";
import { openShared, openWorkload } from "../traces/open.js";
import { windowOf } from "../workload/windows.js";
import type { Workload } from "../workload/workload.js";
import type { ScheduledWorkload } from "../architectures/scheduled-workload.js";
import { scheduledBy } from "./architectures.js";
import type { LongTables, TableName } from "./long-tables.js";
import { simulatedOf, type RunResult } from "./result-table.js";
import { figuresOf, type Scenario, type WorkloadChoice } from "./scenarios.js";

/** The result of a run and everything that the result depends on. */
export interface EndedRun {
  readonly result: RunResult;
  readonly manifest: Manifest;
  /** The time that the run took; absent where an earlier sweep did the run. */
  readonly timing?: Timing;
  /** The requested tables. */
  readonly tables?: LongTables;
  /** Equal where the same machines of a trace on disk were kept; undefined for a generated trace. */
  readonly sample?: string;
}

/**
 * Policies and metrics that cannot be sent to another thread: user-defined objects that are not from modules.
 */
export interface OwnParts {
  readonly policies: readonly ResolvedPolicy[];
  readonly metrics: readonly Metric[];
}

const NOTHING: OwnParts = { policies: [], metrics: [] };

/**
 * Opens the workload of a run. Throws the same errors as `openWorkload`, and InputError for windows longer
 * than the trace.
 */
export async function openChoice(
  { trace, open, window }: WorkloadChoice,
  { shared }: { readonly shared: boolean } = { shared: false },
): Promise<Workload> {
  // The workloads of many seeds would fill the cache, so that others were removed from it.
  const options = { ...open, cache: open.seed === undefined };
  const whole = await (shared ? openShared : openWorkload)(trace, options);
  return window === undefined ? whole : windowOf(whole, window);
}

export interface ScenarioOptions {
  /** Tables to return. Default: none. */
  readonly tables?: readonly TableName[];
  /** User-defined policies and metrics of this thread, found by name. */
  readonly own?: OwnParts;
  readonly onProgress?: OnProgress;
}

/**
 * Does one run. Throws the same errors as `simulate`, and InputError where a module has changed since the
 * experiment was planned.
 */
export async function runScenario(
  workload: Workload,
  scenario: Scenario,
  { tables = [], own = NOTHING, onProgress }: ScenarioOptions = {},
): Promise<EndedRun> {
  const { policy, simulation } = scenario;
  const { workload: placed, metrics } = placedWorkload(workload, scenario);
  const run = simulate(placed, await policyOf(scenario, own), {
    ...simulation,
    policyParameters: policy.parameters,
    metrics: await metricsOf(scenario, own),
    keepMachines: tables.includes("machines"),
    onProgress,
  });
  // Loading the library of tables takes longer than a small run.
  const { longTables } = tables.length > 0 ? await import("./long-tables.js") : {};
  return {
    result: resultOf(run, metrics, scenario),
    manifest: run.manifest,
    timing: run.timing,
    ...sampleOf(workload, scenario),
    ...(longTables && { tables: longTables(run, placed, tables) }),
  };
}

/** Returns the workload as the scenario's architecture places its tasks, and the metrics of the schedule. */
export function placedWorkload(
  workload: Workload,
  { architecture }: Scenario,
): { readonly workload: Workload; readonly metrics: Partial<ScheduledWorkload["metrics"]> } {
  return architecture === undefined ? { workload, metrics: {} } : scheduledBy(workload, architecture);
}

/**
 * Returns a hash of the machines that a seed selected from a trace on disk; nothing where the seed selects
 * none.
 */
export function sampleOf(
  { machines }: Workload,
  { workload: { trace, open } }: Scenario,
): { readonly sample?: string } {
  if (open.seed === undefined || trace.startsWith("synthetic")) return {};
  return { sample: createHash("sha256").update(machines.id.join()).digest("hex") };
}

/**
 * Returns the policy of a scenario. Throws InputError where its module has changed since the experiment was
 * planned.
 */
export async function policyOf(
  { policy: { name, module } }: Scenario,
  own: OwnParts = NOTHING,
): Promise<ResolvedPolicy> {
  const mine = own.policies.find((policy) => policy.name === name);
  if (mine !== undefined) return mine;
  if (module === undefined) return loadPolicy(name);
  await checkModule(module);
  return loadPolicy(module.reference);
}

async function metricsOf({ metrics }: Scenario, own: OwnParts): Promise<readonly MetricChoice[]> {
  if (metrics === undefined) return [];
  return Promise.all(
    metrics.map(async ({ name, module }) => {
      const mine = own.metrics.find((metric) => metric.name === name);
      if (mine !== undefined) return mine;
      if (module === undefined) return name as MetricName;
      await checkModule(module);
      return (await loadMetric(module.reference)).metric;
    }),
  );
}

/** Checks a module before it is loaded: a worker must run no other code than the experiment's. */
async function checkModule({ reference, sha256 }: PolicyModule): Promise<void> {
  if ((await hashReference(reference)) === sha256) return;
  throw new InputError(
    `the module ${reference} differs from the one where the experiment was started; copy it again`,
  );
}

function resultOf(
  { summary, manifest }: Run,
  metrics: Partial<ScheduledWorkload["metrics"]>,
  scenario: Scenario,
): RunResult {
  const values = { ...summary, ...metrics } as unknown as Readonly<Record<string, number>>;
  const figures = Object.fromEntries(figuresOf(scenario).map((name) => [name, values[name]]));
  return { ...simulatedOf(manifest, scenario), figures };
}
