/** Labels of metrics on axes, in English and Chinese (the thesis's terms). */
import { METRICS, type MetricName } from "../simulate/metrics/catalogue.js";
import type { Metric } from "../simulate/metrics/metric.js";
import { MODEL } from "../simulate/model.js";
import { SCHEDULE_METRICS } from "../architectures/metrics.js";
import { InputError } from "../base/errors.js";
import { didYouMean } from "../base/nearest.js";
import { toText, type Text } from "../base/text.js";
import { POLICY, withUnit } from "./columns.js";

/** Label, unit and scale of an axis: drawn values are the computed values times `scale`, in `unit`. */
export interface Quantity {
  readonly label: Text;
  readonly unit: string;
  readonly scale: number;
}

function quantityOfMetric({ label, unit = "", scale = 1 }: Metric): Quantity {
  return { label: toText(label), unit, scale };
}

/** The labels of the built-in metrics. */
export const LABELS = Object.fromEntries(
  METRICS.map((metric) => [metric.name, quantityOfMetric(metric)]),
) as Readonly<Record<MetricName, Quantity>>;

/** The labels of the metrics of schedules. */
const SCHEDULES: Readonly<Record<string, Quantity>> = SCHEDULE_METRICS;

/** The labels of columns in our tables that are not metrics. */
const OTHERS: Readonly<Record<string, Quantity>> = {
  policy: { label: POLICY, unit: "", scale: 1 },
  architecture: { label: { en: "Architecture", zh: "架构" }, unit: "", scale: 1 },
  step: { label: { en: "Step", zh: "步" }, unit: "", scale: 1 },
  time: { label: { en: "Time", zh: "时间" }, unit: "h", scale: 1 / 3600 },
};

/** Labels a parameter by its key; the units of policies' parameters are not known here. */
function quantityOfSetting(key: string): Quantity {
  const parameters: Readonly<Record<string, { readonly unit: string } | undefined>> = MODEL;
  return { label: toText(key), unit: parameters[key]?.unit ?? "", scale: 1 };
}

/** A metric of a table: the name of its column, or a user-defined metric itself, which has its own label. */
export type MetricColumn = MetricName | (string & {}) | Metric;

/** Returns the name of the column. */
export function columnOf(metric: MetricColumn): string {
  return typeof metric === "string" ? metric : metric.name;
}

/** Returns label, unit and scale of a column. Unknown columns are labelled by their names. */
export function quantityOfColumn(metric: MetricColumn): Quantity {
  if (typeof metric !== "string") return quantityOfMetric(metric);
  const known: Readonly<Record<string, Quantity>> = { ...OTHERS, ...SCHEDULES, ...LABELS };
  if (Object.hasOwn(known, metric)) return known[metric];
  return metric.startsWith("set.")
    ? quantityOfSetting(metric.slice("set.".length))
    : { label: toText(metric), unit: "", scale: 1 };
}

/** Returns the description of a metric as a part of a sentence; for other columns, their names. */
export function meaningOf(metric: MetricColumn): string {
  if (typeof metric !== "string") return metric.description;
  const descriptions: Readonly<Record<string, { readonly description: string } | undefined>> =
    SCHEDULE_METRICS;
  return (
    METRICS.find(({ name }) => name === metric)?.description ?? descriptions[metric]?.description ?? metric
  );
}

/** Returns whether less or more of a metric is better; undefined where it does not say. */
export function betterOf(metric: MetricColumn): Metric["better"] {
  const found = typeof metric === "string" ? METRICS.find(({ name }) => name === metric) : metric;
  return found?.better;
}

/** Whether a metric comes from a model of requests rather than from CPU counted in the simulation. */
export function isModelled(metric: MetricColumn): boolean {
  const found = typeof metric === "string" ? METRICS.find(({ name }) => name === metric) : metric;
  return found?.modelled === true;
}

/**
 * Returns the metric with this name. Throws InputError where a run does not have it, or has it only in the
 * other kind.
 *
 * @param kind "step": the metric must have a column in `steps`; "run": it must have a value for the whole
 * run.
 */
export function metricOfRuns(
  runs: readonly { readonly metrics: readonly Metric[] }[],
  name: string,
  kind: "step" | "run",
): Metric {
  const has = (metric: Metric): boolean =>
    kind === "step" ? metric.step !== undefined : metric.run !== "none";
  for (const { metrics } of runs) {
    const known = metrics.filter(has).map((metric) => metric.name);
    if (known.includes(name)) continue;
    throw new InputError(`unknown metric: ${name}${didYouMean(name, known)}; known: ${known.join(", ")}`);
  }
  return runs[0].metrics.find((metric) => metric.name === name)!;
}

export function axisTitle({ label, unit }: Quantity): Text {
  return withUnit(label, unit);
}
