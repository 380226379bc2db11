/** Lists the runs of an experiment. */
import { InputError } from "../base/errors.js";
import { resolveParameters } from "../base/parameters.js";
import type { PolicyModule, ResolvedPolicy } from "../policies/index.js";
import { RUN_METRICS, hasRunFigure } from "../simulate/metrics/catalogue.js";
import type { LoadedMetric } from "../simulate/metrics/load.js";
import { MODEL } from "../simulate/model.js";
import { resolveChoices, type Settings, type SimulationOptions } from "../simulate/settings.js";
import { SCHEDULE_METRIC_NAMES, type ScheduleMetricName } from "../architectures/metrics.js";
import type { ArchitectureRun } from "../architectures/scheduled-workload.js";
import { parseTrace } from "../traces/trace-spec.js";
import type { OpenOptions } from "../workload/open-options.js";
import { resolveOptions } from "../traces/synthetic/options.js";
import { parseSyntheticOptions } from "../traces/synthetic/spec.js";
import { dealSettings, describeOwner, ownParameter, type Owner, type Setting } from "./deal-settings.js";
import type { Design, NamedTrace, SweptSetting } from "./design.js";

/** Everything that determines a workload: the trace and how it is opened. */
export interface WorkloadChoice {
  readonly trace: string;
  readonly open: Pick<OpenOptions, "machines" | "steps" | "lcRule" | "seed" | "shape" | "onError">;
  /** Present where the workload is one of several windows of the trace. */
  readonly window?: { readonly row: number; readonly count: number; readonly steps?: number };
}

/** Returns a text that is equal for equal choices. */
export function workloadKey({ trace, open, window }: WorkloadChoice): string {
  const { machines, steps, lcRule, seed, shape, onError } = open;
  return JSON.stringify([trace, machines, steps, lcRule, seed, shape, onError, window]);
}

/** One run of an experiment. All defaults are filled in, except those that depend on the opened trace. */
export interface Scenario {
  readonly workload: WorkloadChoice;
  readonly policy: {
    readonly name: string;
    readonly parameters: Readonly<Record<string, number>>;
    readonly module?: PolicyModule;
  };
  readonly simulation: Omit<Settings, "steps">;
  /** Absent: the workload is simulated as it was opened. */
  readonly architecture?: ArchitectureRun;
  /** The experiment's settings that affect this run. */
  readonly settings: Readonly<Record<string, number>>;
  /** Absent: all built-in metrics. */
  readonly metrics?: readonly ChosenMetric[];
  /** Metrics of the schedule; absent without an architecture. */
  readonly scheduleMetrics?: readonly ScheduleMetricName[];
}

/** A metric by its name, with its module where it is user-defined. */
export interface ChosenMetric {
  readonly name: string;
  readonly hasFigure: boolean;
  readonly module?: LoadedMetric["module"];
}

/** Returns the names of a run's metrics, in the order of the table's columns. */
export function figuresOf({
  metrics,
  scheduleMetrics = [],
}: Pick<Scenario, "metrics" | "scheduleMetrics">): readonly string[] {
  const simulated =
    metrics === undefined
      ? RUN_METRICS
      : metrics.filter(({ hasFigure }) => hasFigure).map(({ name }) => name);
  return [...simulated, ...scheduleMetrics];
}

/** The largest number of runs of an experiment, because their table must fit into memory. */
const MOST_RUNS = 100_000;

/**
 * Returns the runs of an experiment in the order of its table: by trace, machines, steps, LC rule, sharing,
 * migration, order of tasks, architecture, policy, the keys of `set` in their order, and last seed or window,
 * which changes fastest. Throws InputError for a value out of range and for too many runs.
 */
export function listScenarios(design: Design): Scenario[] {
  const { architectures } = design;
  const placings: readonly Placing[] = architectures?.owners.map((owner) => ({
    owner,
    jobs: architectures.jobs,
  })) ?? [undefined];
  const contenders = placings.flatMap((placing) =>
    design.policies.map((policy) => {
      const owners = placing === undefined ? [policy] : [policy, placing.owner];
      return { placing, policy, swept: settingsOf(owners, design.set) };
    }),
  );
  checkCount(
    design,
    contenders.map(({ swept }) => swept),
  );
  const measured = {
    ...(design.metrics && { metrics: design.metrics.map(chosenMetric) }),
    ...(architectures && { scheduleMetrics: design.scheduleMetrics ?? SCHEDULE_METRIC_NAMES }),
  };
  const scenarios: Scenario[] = [];
  for (const trace of design.traces)
    for (const machines of design.machines)
      for (const steps of design.steps)
        for (const lcRule of design.lcRules) {
          const { shape, onError } = design;
          const replicates = listReplicates(design, trace, { machines, steps, lcRule, shape, onError });
          if (trace.workload === undefined) for (const { workload } of replicates) checkSynthetic(workload);
          for (const sharing of design.sharing)
            for (const migration of design.migration)
              for (const order of design.order)
                for (const { placing, policy, swept } of contenders)
                  for (const settings of combine(swept)) {
                    const choose = createChooser(policy, placing, settings, { sharing, migration, order });
                    for (const replicate of replicates) scenarios.push({ ...choose(replicate), ...measured });
                  }
        }
  return scenarios;
}

function checkCount(design: Design, bearing: readonly (readonly SweptSetting[])[]): void {
  const { traces, machines, steps, lcRules, sharing, migration, order, seeds, windows } = design;
  const combinations = bearing.reduce((sum, swept) => sum + product(swept.map(({ values }) => values)), 0);
  const replicates = windows?.count ?? seeds.length;
  const choices = product([traces, machines, steps, lcRules, sharing, migration, order]);
  const runs = choices * replicates * combinations;
  if (runs > MOST_RUNS)
    throw new InputError(`too many runs: ${runs}; at most ${MOST_RUNS} in one experiment`);
}

function chosenMetric({ metric, module }: LoadedMetric): ChosenMetric {
  return { name: metric.name, hasFigure: hasRunFigure(metric), ...(module && { module }) };
}

/** Returns the swept settings that affect the policy or the architecture. */
function settingsOf(owners: readonly Owner[], set: readonly SweptSetting[]): SweptSetting[] {
  const isOwned = (key: string): boolean => owners.some((owner) => ownParameter(key, owner) !== undefined);
  return set.filter(({ key }) => Object.hasOwn(MODEL, key) || isOwned(key));
}

function product(lists: readonly (readonly unknown[])[]): number {
  return lists.reduce((count, { length }) => count * length, 1);
}

/** Returns every choice of one value for each key, the last key changing fastest. */
function combine(set: readonly SweptSetting[]): Setting[][] {
  return set.reduce<Setting[][]>(
    (chosen, { key, values }) =>
      chosen.flatMap((before) => values.map((value) => [...before, { key, value }])),
    [[]],
  );
}

interface Replicate {
  readonly seed: number | undefined;
  readonly workload: WorkloadChoice;
}

/**
 * Returns the replicates over seeds or windows. Each window's simulation seed is 1 above that of the window
 * before.
 */
function listReplicates(
  { seeds, windows }: Design,
  { name: trace, workload }: NamedTrace,
  open: WorkloadChoice["open"],
): Replicate[] {
  if (windows !== undefined) {
    const [seed = 1] = seeds;
    return Array.from({ length: windows.count }, (_, row) => ({
      seed: seed + row,
      workload: { trace, open: { ...open, seed }, window: { row, ...windows } },
    }));
  }
  const isPicked = workload === undefined && picksBySeed(trace, open.machines);
  return seeds.map((seed) => ({
    seed,
    workload: { trace, open: { ...open, seed: isPicked ? seed : undefined } },
  }));
}

/**
 * Whether the seed selects machines. A saved workload that is kept whole is the same for every seed, so it
 * needs to be opened only once.
 */
function picksBySeed(trace: string, machines: number | "all" | undefined): boolean {
  return parseTrace(trace).format !== "arrow" || typeof machines === "number";
}

/** The architecture that places the tasks; undefined: they stay as recorded. */
type Placing = { readonly owner: Owner; readonly jobs: ArchitectureRun["jobs"] } | undefined;

function createChooser(
  policy: ResolvedPolicy,
  placing: Placing,
  settings: readonly Setting[],
  choices: Pick<SimulationOptions, "sharing" | "migration" | "order">,
): (replicate: Replicate) => Scenario {
  const { name, module } = policy;
  const owners = placing === undefined ? [policy] : [policy, placing.owner];
  const { model, parameters: given } = dealSettings(settings, owners, "key of set");
  const valuesOf = (owner: Owner): Record<string, number> =>
    resolveParameters(describeOwner(owner), owner.parameters, given[owner.name]);
  const parameters = valuesOf(policy);
  const resolved = resolveChoices({ ...choices, model });
  const named = Object.fromEntries(settings.map(({ key, value }) => [key, value]));
  const placed = placing && {
    name: placing.owner.name,
    parameters: valuesOf(placing.owner),
    jobs: placing.jobs,
  };
  return ({ seed = resolved.seed, workload }) => ({
    workload,
    ...(placed && { architecture: { ...placed, seed } }),
    policy: { name, parameters, ...(module && { module }) },
    simulation: { ...resolved, seed },
    settings: named,
  });
}

/** Checks the options of a generated trace early; other traces can be checked only when they are opened. */
function checkSynthetic({ trace, open }: WorkloadChoice): void {
  const parsed = parseTrace(trace);
  if (parsed.format === "synthetic") resolveOptions(parseSyntheticOptions(parsed.options, open));
}
