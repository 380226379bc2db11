/** One run of an experiment: its workload, and what comes of it. */
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
import { longTables, type LongTables, type TableName } from "./long-tables.js";
import { simulatedOf, type RunResult } from "./result-table.js";
import { figuresOf, type Scenario, type WorkloadChoice } from "./scenarios.js";

/** What came of a run, and all that it rests on. */
export interface EndedRun {
  readonly result: RunResult;
  readonly manifest: Manifest;
  /** What it cost the computer; absent where the run was kept by an earlier sweep. */
  readonly timing?: Timing;
  /** Those that were asked for. */
  readonly tables?: LongTables;
  /** Equal for equal machines of a trace on disk; undefined for a generated one. */
  readonly sample?: string;
}

/** What cannot cross to another thread: policies and metrics of one's own that are no modules. */
export interface OwnParts {
  readonly policies: readonly ResolvedPolicy[];
  readonly metrics: readonly Metric[];
}

const NOTHING: OwnParts = { policies: [], metrics: [] };

/**
 * Opens the workload of a run. Errors as `openWorkload`, and InputError for windows longer than the trace.
 */
export async function openChoice(
  { trace, open, window }: WorkloadChoice,
  { shared }: { readonly shared: boolean } = { shared: false },
): Promise<Workload> {
  const whole = await (shared ? openShared : openWorkload)(trace, open);
  return window === undefined ? whole : windowOf(whole, window);
}

export interface ScenarioOptions {
  /** Tables to bring along. Default: none. */
  readonly tables?: readonly TableName[];
  /** Policies and metrics of this thread, which are found by name. */
  readonly own?: OwnParts;
  readonly onProgress?: OnProgress;
}

/**
 * Does one run. Errors as `simulate`, and InputError where a module is not the one that the experiment was
 * planned with.
 */
export async function runScenario(
  workload: Workload,
  scenario: Scenario,
  { tables = [], own = NOTHING, onProgress }: ScenarioOptions = {},
): Promise<EndedRun> {
  const { policy, simulation } = scenario;
  const run = simulate(workload, await policyOf(scenario, own), {
    ...simulation,
    policyParameters: policy.parameters,
    metrics: await metricsOf(scenario, own),
    keepMachines: tables.includes("machines"),
    onProgress,
  });
  return {
    result: resultOf(run, scenario),
    manifest: run.manifest,
    timing: run.timing,
    ...sampleOf(workload, scenario),
    ...(tables.length > 0 && { tables: longTables(run, workload, tables) }),
  };
}

/**
 * Returns what tells apart the machines that a seed picked from a trace on disk; nothing where none was
 * picked.
 */
export function sampleOf(
  { machines }: Workload,
  { workload: { trace, open } }: Scenario,
): { readonly sample?: string } {
  if (open.seed === undefined || trace.startsWith("synthetic")) return {};
  return { sample: createHash("sha256").update(machines.id.join()).digest("hex") };
}

/**
 * Returns the policy of a scenario. Throws InputError where its module is not the one that the experiment was
 * planned with.
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

/** Before it is loaded: a worker is to run no code but that of the experiment. */
async function checkModule({ reference, sha256 }: PolicyModule): Promise<void> {
  if ((await hashReference(reference)) === sha256) return;
  throw new InputError(
    `the module ${reference} is not the same here as where the experiment was started; copy it anew`,
  );
}

function resultOf({ summary, manifest }: Run, scenario: Scenario): RunResult {
  const values = summary as unknown as Readonly<Record<string, number>>;
  const figures = Object.fromEntries(figuresOf(scenario).map((name) => [name, values[name]]));
  return { ...simulatedOf(manifest, scenario), figures };
}
