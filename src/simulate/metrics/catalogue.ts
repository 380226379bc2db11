/** The only list of all built-in metrics. */
import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { didYouMean } from "../../base/nearest.js";
import { BALANCE_METRICS } from "./balance.js";
import { BE_METRICS } from "./best-effort.js";
import { CPU_METRICS } from "./cpu.js";
import { LC_METRICS } from "./latency-critical.js";
import type { Text } from "../../base/text.js";
import type { Metric } from "./metric.js";
import { isRange } from "./range.js";
import { MIGRATION_METRICS } from "./migration.js";
import { TASK_METRICS } from "./tasks.js";

const CATALOGUE = {
  ...CPU_METRICS,
  ...BALANCE_METRICS,
  ...LC_METRICS,
  ...BE_METRICS,
  ...TASK_METRICS,
  ...MIGRATION_METRICS,
} as const;

type Catalogue = typeof CATALOGUE;
/** The name of a built-in metric. */
export type MetricName = keyof Catalogue;
/** The names of the metrics that have a column in `steps`. */
export type StepMetricName = {
  [Name in MetricName]: Catalogue[Name] extends { readonly step: unknown } ? Name : never;
}[MetricName];
/** The names of the metrics that have a value for the whole run. */
export type RunMetricName = {
  [Name in MetricName]: Catalogue[Name] extends { readonly run: "none" } ? never : Name;
}[MetricName];

/**
 * The metrics of each step, one row per step. `time` is the start of the step, in s from the start of the
 * simulation.
 */
export type StepColumns<Names extends string = StepMetricName> = Readonly<
  Record<"step" | "time" | Names, Float64Array>
>;

/** The metrics of a whole run, as one row. */
export type Summary<Names extends string = RunMetricName> = { readonly policy: string } & Readonly<
  Record<Names, number>
>;

/** The built-in metrics in the order in which tables show them. */
export const METRICS: readonly (Metric & { readonly name: MetricName })[] = (
  Object.keys(CATALOGUE) as MetricName[]
).map((name) => ({ name, ...CATALOGUE[name] }));

/** Names of the metrics in `steps`, and in the summary. */
export const STEP_METRICS = METRICS.filter(({ step }) => step !== undefined).map(
  ({ name }) => name as StepMetricName,
);
export const RUN_METRICS = METRICS.filter(hasRunFigure).map(({ name }) => name as RunMetricName);

/** The metrics of printed tables and of differences, unless the user chooses others. */
export const COMPARED: readonly RunMetricName[] = [
  "utilization",
  "gini",
  "giniBound",
  "lcViolations",
  "lcHarmed",
  "lcTail",
  "beThroughput",
  "beSlowdown",
  "migrations",
  "migrationGb",
];

/** The name of a built-in metric, or the user's own metric. */
export type MetricChoice = MetricName | Metric;

/** Columns in tables of runs and steps that are not metrics. */
const TAKEN: readonly string[] = [
  ...[
    "step",
    "time",
    "policy",
    "architecture",
    "trace",
    "seed",
    "firstStep",
    "level",
    "machines",
    "steps",
    "lcRule",
    "usage",
    "sharing",
    "order",
  ],
  ...["migration", "metric", "mean", "low", "high", "count", "difference", "pairs", "p", "verdict"],
];

/**
 * Returns the chosen metrics: names select built-in metrics (without any name: all of them), objects are
 * added. Throws InputError for an unknown name, a name given twice, and an object that is not a metric.
 */
export function chooseMetrics(choices: readonly MetricChoice[]): readonly Metric[] {
  const own = choices.filter((choice) => typeof choice !== "string");
  const names = choices.filter((choice) => typeof choice === "string");
  own.forEach(checkMetric);
  const chosen = [...(names.length === 0 ? METRICS : names.map(findMetric)), ...own];
  const twice = chosen.find(({ name }, i) => chosen.findIndex((other) => other.name === name) < i);
  if (twice !== undefined)
    throw new InputError(`two metrics called ${twice.name}; give one of them another name`);
  return chosen;
}

/** Returns the metrics, preceded by those that they need (`needs`). Throws InputError for an unknown need. */
export function withNeeds(metrics: readonly Metric[]): readonly Metric[] {
  const names = new Set(metrics.map(({ name }) => name));
  const needed = new Set(metrics.flatMap(({ needs = [] }) => needs).filter((name) => !names.has(name)));
  // Needed metrics come first, because a user's own metric may reorder the loads of the step.
  return [...Array.from(needed, findMetric), ...metrics];
}

/** Returns a built-in metric. Throws InputError for an unknown name. */
export function findMetric(name: string): Metric {
  const found = METRICS.find((metric) => metric.name === name);
  if (found !== undefined) return found;
  const known = METRICS.map((metric) => metric.name);
  throw new InputError(`unknown metric: ${name}${didYouMean(name, known)}; known: ${known.join(", ")}`);
}

/** Returns the metric of a choice. Errors as `chooseMetrics`. */
export function metricOf(choice: string | Metric): Metric {
  if (typeof choice === "string") return findMetric(choice);
  checkMetric(choice);
  return choice;
}

function checkMetric(metric: Metric): void {
  const { name, label, short, description, range, step, run, better, scale, unit, needs } = metric;
  const fail = (problem: string): never => {
    throw new InputError(
      `invalid metric ${typeof name === "string" ? name : ""}: ${problem}`.replace(" :", ":"),
    );
  };
  if (typeof name !== "string" || !/^[A-Za-z]\w*$/.test(name))
    fail("give it a name of letters and digits, such as hottest");
  if (TAKEN.includes(name)) fail("a column of the tables has this name; choose another name");
  if (typeof label !== "string" && typeof (label as Partial<Text> | undefined)?.en !== "string")
    fail('give it a label, such as "Hottest machine"');
  if (short !== undefined && typeof (short as unknown) !== "string") fail("its short must be a text");
  if (typeof description !== "string") fail("give it a description of what exactly it is");
  if (range !== undefined && !isRange(range))
    fail("its range must be a list of the least and the greatest value, such as [0, 1]");
  if (typeof step !== "function" && typeof run !== "function")
    fail(
      "give it a function: step(loads) for a value of each step, or run(run) for a value of the whole run",
    );
  if (run !== undefined && run !== "none" && typeof run !== "function")
    fail('its run must be a function or "none"');
  if (better !== undefined && !["less", "more"].includes(better)) fail("its better must be less or more");
  if (scale !== undefined && !(Number.isFinite(scale) && scale !== 0))
    fail("its scale must be a number other than 0");
  if (unit !== undefined && typeof (unit as unknown) !== "string") fail("its unit must be a text");
  if (needs !== undefined && !Array.isArray(needs)) fail("its needs must be a list of names");
  refuseUnknownKeys(metric, METRIC_KEYS, `key of metric ${name}`);
}

const METRIC_KEYS = keysOf<Required<Metric>>({
  name: true,
  label: true,
  short: true,
  description: true,
  range: true,
  unit: true,
  scale: true,
  better: true,
  modelled: true,
  step: true,
  run: true,
  needs: true,
});

/** Whether the metric is built in, not a user's own. */
export function isBuiltIn(metric: Metric): boolean {
  return METRICS.some((other) => other === metric);
}

/** Names of the user's own metrics among the choices. */
type OwnNames<Choices extends readonly MetricChoice[]> = Extract<Choices[number], Metric>["name"];

/** The metrics of `All` that the choices select. */
type Named<Choices extends readonly MetricChoice[], All extends MetricName> = [
  Extract<Choices[number], string>,
] extends [never]
  ? All
  : Extract<Choices[number], All>;

/** The chosen metrics that have a column in `steps`, and those that have a value for the whole run. */
export type StepNames<Choices extends readonly MetricChoice[]> =
  Named<Choices, StepMetricName> | OwnNames<Choices>;
export type RunNames<Choices extends readonly MetricChoice[]> =
  Named<Choices, RunMetricName> | OwnNames<Choices>;

/** Whether the metric has a value for the whole run. */
export function hasRunFigure({ run }: Metric): boolean {
  return run !== "none";
}
