/** An experiment as a user writes it (`Experiment`), and with every value as a list (`Design`). */
import { SHARING, type Sharing } from "../cluster/share.js";
import { MIGRATION_MODELS, type MigrationModel } from "../cluster/migration/presets.js";
import { InputError } from "../base/errors.js";
import { resolveParameters } from "../base/parameters.js";
import { keysOf, refuseUnknownKeys } from "../base/known-keys.js";
import { loadPolicy, type PolicyChoice, type PolicyKey, type ResolvedPolicy } from "../policies/index.js";
import { chooseMetrics, type MetricName } from "../simulate/metrics/catalogue.js";
import { loadMetric, type LoadedMetric } from "../simulate/metrics/load.js";
import type { Metric } from "../simulate/metrics/metric.js";
import { MODEL, type ModelOptions } from "../simulate/model.js";
import { parseTrace } from "../traces/trace-spec.js";
import type { ScheduleMetricName } from "../architectures/metrics.js";
import type { MachineShape, OnError } from "../workload/open-options.js";
import { ORDERS, type Order } from "../workload/task-order.js";
import { LC_RULES, type LcRule, type Workload } from "../workload/workload.js";
import {
  isScheduleMetric,
  readArchitectures,
  type ArchitectureKeys,
  type DesignArchitectures,
} from "./architectures.js";
import { dealSettings, describeOwner, refuseTwoSettings, type Owner, type Setting } from "./deal-settings.js";
import {
  listOf,
  numberIn,
  oneOf,
  oneOrMore,
  shown,
  wholeNumber,
  type OneOrMore,
  type Reader,
} from "./read-values.js";

/**
 * A parameter of the model, of all policies and architectures that have it (`hot`), or of one of them
 * (`threshold.hot`).
 */
export type SettingKey = keyof ModelOptions | PolicyKey;

/**
 * Describes what is simulated. Each value is one value or a list, and every combination of the listed values
 * is one run. All policies share the replicates (common random numbers): each policy has the same workload
 * and draws from random streams with the same seed.
 *
 * `schedlab sweep` takes the same object as a JSON file, where traces, policies and metrics are names or
 * paths.
 */
export interface Experiment extends ArchitectureKeys {
  /** Traces as on the command line, or workloads: one, a list, or an object with a name for each. */
  readonly trace: OneOrMore<string> | Workload | readonly Workload[] | Readonly<Record<string, Workload>>;
  /** Names of built-in policies, paths of modules (`./drain.mjs`), or user-defined policies. */
  readonly policies: OneOrMore<PolicyChoice>;
  /**
   * Seeds of the replicates, for both workload and simulation: whole numbers, or `{ from: 1, count: 10 }`.
   * Default 1.
   */
  readonly seeds?: OneOrMore<number> | { readonly from: number; readonly count: number };
  /** Number of consecutive windows of the trace that serve as replicates instead of several seeds. */
  readonly windows?: number;
  /** Steps per window. Default: the steps of the trace divided by the number of windows, rounded down. */
  readonly windowSteps?: number;
  readonly machines?: OneOrMore<number | "all">;
  readonly steps?: OneOrMore<number>;
  readonly lcRule?: OneOrMore<LcRule>;
  /** How traces are opened (`openWorkload`); one value for all traces. */
  readonly shape?: "auto" | "any" | MachineShape;
  readonly onError?: OnError;
  readonly sharing?: OneOrMore<Sharing>;
  readonly migration?: OneOrMore<MigrationModel>;
  readonly order?: OneOrMore<Order>;
  /**
   * Parameters and their values. A parameter of a policy or an architecture multiplies only its runs.
   */
  readonly set?: { readonly [Key in SettingKey | (string & {})]?: OneOrMore<number> };
  /** As in `simulate`: names select built-in metrics; user-defined metrics and paths of modules are added. */
  readonly metrics?: OneOrMore<MetricName | (string & {}) | Metric>;
}

/** All values of each key of an experiment; undefined means the default. */
export interface Design {
  readonly traces: readonly NamedTrace[];
  readonly machines: readonly (number | "all" | undefined)[];
  readonly steps: readonly (number | undefined)[];
  readonly lcRules: readonly (LcRule | undefined)[];
  readonly shape: Experiment["shape"];
  readonly onError: OnError | undefined;
  readonly sharing: readonly (Sharing | undefined)[];
  readonly migration: readonly (MigrationModel | undefined)[];
  readonly order: readonly (Order | undefined)[];
  readonly policies: readonly ResolvedPolicy[];
  /** Undefined: starts and machines stay as recorded, and there are no metrics of schedules. */
  readonly architectures: DesignArchitectures | undefined;
  /** In the order given. */
  readonly set: readonly SweptSetting[];
  readonly seeds: readonly (number | undefined)[];
  readonly windows: { readonly count: number; readonly steps: number | undefined } | undefined;
  /** Undefined means all built-in metrics. */
  readonly metrics: readonly LoadedMetric[] | undefined;
  /** The chosen metrics of schedules; undefined means all of them, where there are architectures. */
  readonly scheduleMetrics: readonly ScheduleMetricName[] | undefined;
}

/**
 * A trace with its name in tables; `workload` is present where the user gave a workload instead of a name.
 */
export interface NamedTrace {
  readonly name: string;
  readonly workload?: Workload;
}

export interface SweptSetting {
  readonly key: string;
  readonly values: readonly number[];
}

const KEYS = keysOf<Experiment>({
  trace: true,
  policies: true,
  architectures: true,
  jobs: true,
  seeds: true,
  windows: true,
  windowSteps: true,
  machines: true,
  steps: true,
  lcRule: true,
  shape: true,
  onError: true,
  sharing: true,
  migration: true,
  order: true,
  set: true,
  metrics: true,
});

/** The largest number of seeds in a range; a larger number is treated as a typing error. */
const MOST_SEEDS = 100_000;

/**
 * Returns the design of an experiment and loads the modules that it names. Throws InputError for unknown
 * keys, names and policies, values of the wrong type, a value given twice, and modules that cannot be loaded.
 *
 * @param keyOfSet The term for a key of `set` in error messages.
 */
export async function readDesign(
  experiment: Experiment,
  { keyOfSet = "key of set" }: { readonly keyOfSet?: string } = {},
): Promise<Design> {
  const given: unknown = experiment;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new InputError(`invalid experiment: ${shown(given)}; give an object in braces`);
  refuseUnknownKeys(given, KEYS, "key of the experiment");
  const traces = readTraces(experiment.trace);
  const policies = await readPolicies(experiment.policies);
  const architectures = readArchitectures(experiment);
  if (traces.some(({ workload }) => workload !== undefined)) refuseOpening(experiment);
  return {
    traces,
    machines: orDefault(listOf(experiment, "machines", machineCount)),
    steps: orDefault(listOf(experiment, "steps", wholeNumber(1))),
    lcRules: orDefault(listOf(experiment, "lcRule", oneOf(LC_RULES))),
    shape: readShape(experiment.shape),
    onError: listOf(experiment, "onError", oneOf(["fail", "skip"] as const)).at(0),
    sharing: orDefault(listOf(experiment, "sharing", oneOf(SHARING))),
    migration: orDefault(listOf(experiment, "migration", oneOf(MIGRATION_MODELS))),
    order: orDefault(listOf(experiment, "order", oneOf(ORDERS))),
    policies,
    architectures,
    set: readSet(experiment, [...policies, ...(architectures?.owners ?? [])], keyOfSet),
    seeds: readSeeds(experiment),
    windows: readWindows(experiment),
    ...(await readMetrics(experiment.metrics, architectures)),
  };
}

/**
 * Parses an experiment from JSON. Throws InputError for text that is not JSON.
 *
 * @param name The file's name in error messages.
 */
export function parseExperiment(text: string, name: string): Experiment {
  try {
    return JSON.parse(text) as Experiment;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const at = /at position (\d+)/.exec(reason)?.[1];
    const line = at === undefined ? "" : `, line ${text.slice(0, Number(at)).split("\n").length}`;
    throw new InputError(`${name}: invalid JSON${line}: ${reason}`, { cause: error });
  }
}

function orDefault<T>(values: readonly T[]): readonly (T | undefined)[] {
  return values.length === 0 ? [undefined] : values;
}

const machineCount: Reader<number | "all"> = (value) => {
  const count = value === "all" ? value : wholeNumber(1)(value);
  return typeof count === "object" ? { give: `${count.give} or "all"` } : count;
};

function readTraces(trace: Experiment["trace"]): readonly NamedTrace[] {
  const given: unknown = trace;
  if (given === undefined || given === null) throw new InputError("no trace; give one or a list of them");
  if (isWorkload(trace)) return [{ name: trace.source, workload: trace }];
  if (Array.isArray(trace) && trace.length > 0 && trace.every(isWorkload))
    return trace.map((workload, i) => ({ name: `${workload.source} ${i + 1}`, workload }));
  if (typeof trace === "object" && !Array.isArray(trace)) {
    if (Object.keys(trace).length === 0) throw new InputError("empty trace; give at least one workload");
    return Object.entries(trace as Readonly<Record<string, unknown>>).map(([name, workload]) => {
      if (isWorkload(workload)) return { name, workload };
      throw new InputError(`invalid trace ${name}: ${shown(workload)}; give a workload`);
    });
  }
  const names = listOf({ trace }, "trace", aTrace);
  for (const name of names) parseTrace(name);
  return names.map((name) => ({ name }));
}

const aTrace: Reader<string> = (value) =>
  typeof value === "string" ? value : { give: "the name of a trace, or a workload" };

function isWorkload(value: unknown): value is Workload {
  if (typeof value !== "object" || value === null) return false;
  const { source, executions, usage, machines } = value as Partial<Record<keyof Workload, unknown>>;
  return (
    typeof source === "string" && [executions, usage, machines].every((part) => typeof part === "object")
  );
}

/** Refuses keys that only take effect when a trace is opened. */
function refuseOpening(experiment: Experiment): void {
  for (const key of ["machines", "steps", "lcRule", "shape", "onError", "windows"] as const) {
    if (experiment[key] === undefined) continue;
    const remedy =
      key === "windows" ? "save the workload and give the file's name" : `open the trace with ${key}`;
    throw new InputError(
      `${key} has no effect on a workload that is already open; ${remedy}, or give the trace's name`,
    );
  }
}

async function readPolicies(choices: Experiment["policies"]): Promise<readonly ResolvedPolicy[]> {
  const given: unknown = choices;
  if (given === undefined || given === null) throw new InputError("no policies; give one or a list of them");
  const list = oneOrMore<PolicyChoice>(choices);
  if (list.length === 0) throw new InputError("empty policies; give at least one");
  const policies = await Promise.all(list.map(loadPolicy));
  const names = policies.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new InputError(
      `two policies have the name ${twice}; give each policy once, under a different name`,
    );
  return policies;
}

async function readMetrics(
  metrics: Experiment["metrics"],
  architectures: DesignArchitectures | undefined,
): Promise<Pick<Design, "metrics" | "scheduleMetrics">> {
  if (metrics === undefined) return { metrics: undefined, scheduleMetrics: undefined };
  if ((metrics as unknown) === null) throw new InputError("invalid metrics: null; give names or metrics");
  const choices = oneOrMore(metrics);
  if (choices.length === 0) throw new InputError("empty metrics; give at least one, or leave the key out");
  const scheduleMetrics = choices.filter(isScheduleMetric);
  if (scheduleMetrics.length > 0 && architectures === undefined)
    throw new InputError(`metric ${scheduleMetrics[0]} is of a schedule; give architectures as well`);
  const loaded = await Promise.all(choices.filter((choice) => !isScheduleMetric(choice)).map(loadMetric));
  if (loaded.length === 0) return { metrics: [], scheduleMetrics };
  const own = loaded.filter(({ isBuiltIn }) => !isBuiltIn);
  const named = loaded.filter(({ isBuiltIn }) => isBuiltIn).map(({ metric }) => metric.name as MetricName);
  const chosen = chooseMetrics([...named, ...own.map(({ metric }) => metric)]);
  return {
    metrics: chosen.map((metric) => own.find((one) => one.metric === metric) ?? { metric, isBuiltIn: true }),
    scheduleMetrics,
  };
}

function readSeeds(experiment: Experiment): readonly (number | undefined)[] {
  const { seeds } = experiment;
  if (typeof seeds !== "object" || (seeds as unknown) === null || Array.isArray(seeds))
    return orDefault(listOf(experiment, "seeds", wholeNumber(0)));
  const range = seeds as { readonly from: number; readonly count: number };
  refuseUnknownKeys(range, ["from", "count"], "key of seeds");
  const from = numberIn(range, "from", "seeds", wholeNumber(0));
  const count = numberIn(range, "count", "seeds", wholeNumber(1));
  if (count > MOST_SEEDS)
    throw new InputError(`invalid count of seeds: ${count}; give at most ${MOST_SEEDS}`);
  return Array.from({ length: count }, (_, k) => from + k);
}

function readShape(shape: Experiment["shape"]): Experiment["shape"] {
  if (shape === undefined || shape === "auto" || shape === "any") return shape;
  if (typeof (shape as unknown) !== "object" || (shape as unknown) === null || Array.isArray(shape))
    throw new InputError(`invalid shape: ${shown(shape)}; give auto, any, or an object with cpu and memory`);
  refuseUnknownKeys(shape, ["cpu", "memory"], "key of shape");
  for (const key of ["cpu", "memory"]) numberIn(shape, key, "shape", aNumber);
  return shape;
}

function readWindows(experiment: Experiment): Design["windows"] {
  const count = listOf(experiment, "windows", wholeNumber(1)).at(0);
  const steps = listOf(experiment, "windowSteps", wholeNumber(1)).at(0);
  if (count === undefined) {
    if (steps === undefined) return undefined;
    throw new InputError(`windowSteps is ${steps}, but windows is missing; give windows as well`);
  }
  const { seeds } = experiment;
  if (typeof seeds === "object") {
    throw new InputError(`several seeds and ${count} windows cannot be combined; ` + "give one of the two");
  }
  return { count, steps };
}

function readSet(
  experiment: Experiment,
  owners: readonly Owner[],
  keyOfSet: string,
): readonly SweptSetting[] {
  const given: unknown = experiment.set;
  if (given === undefined) return [];
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new InputError(`invalid set: ${shown(given)}; give an object in braces`);
  const keys = Object.keys(given).filter((key) => Reflect.get(given, key) !== undefined);
  const swept = keys.map((key) => ({ key, values: listOf(given, key, aNumber) }));
  const first = swept.map(({ key, values }) => ({ key, value: values[0] }));
  dealSettings(first, owners, keyOfSet);
  for (const setting of swept.flatMap(({ key, values }) => values.map((value) => ({ key, value }))))
    checkRange(setting, owners);
  refuseTwoSettings(
    swept.map(({ key }) => key),
    owners,
  );
  return swept;
}

/** Throws InputError where the value is out of the range of the parameters that the key sets. */
function checkRange(setting: Setting, owners: readonly Owner[]): void {
  const { model, parameters } = dealSettings([setting], owners);
  resolveParameters("the model", MODEL, model);
  for (const owner of owners)
    resolveParameters(describeOwner(owner), owner.parameters, parameters[owner.name]);
}

const aNumber: Reader<number> = (value) =>
  typeof value === "number" && Number.isFinite(value) ? value : { give: "a number" };
