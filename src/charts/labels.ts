/** What the figures of a run are called on an axis, in English and Chinese (the thesis's terms). */
import { METRICS, type MetricName } from "../simulate/metrics/catalogue.js";
import type { Metric } from "../simulate/metrics/metric.js";
import { MODEL } from "../simulate/model.js";
import { InputError } from "../base/errors.js";
import { didYouMean } from "../base/nearest.js";
import { toText, type Text } from "../base/text.js";
import { POLICY, withUnit } from "./columns.js";

/** A quantity on an axis: drawn values are the computed ones times `scale`, in `unit`. */
export interface Quantity {
  readonly label: Text;
  readonly unit: string;
  readonly scale: number;
}

/** Returns what a metric is called on an axis. */
function quantityOfMetric({ label, unit = "", scale = 1 }: Metric): Quantity {
  return { label: toText(label), unit, scale };
}

/** What the built-in metrics are called. */
export const LABELS = Object.fromEntries(
  METRICS.map((metric) => [metric.name, quantityOfMetric(metric)]),
) as Readonly<Record<MetricName, Quantity>>;

/** Columns that are no metrics, but that the lab's tables have. */
const OTHERS: Readonly<Record<string, Quantity>> = {
  policy: { label: POLICY, unit: "", scale: 1 },
  step: { label: { en: "Step", zh: "步" }, unit: "", scale: 1 },
  time: { label: { en: "Time", zh: "时间" }, unit: "h", scale: 1 / 3600 },
};

/** A parameter is called by its key; policies' own units are not known here. */
function quantityOfSetting(key: string): Quantity {
  const parameters: Readonly<Record<string, { readonly unit: string } | undefined>> = MODEL;
  return { label: toText(key), unit: parameters[key]?.unit ?? "", scale: 1 };
}

/**
 * A metric of a table: the name of a column, or where it is one's own, the metric, which brings its words
 * along.
 */
export type MetricColumn = string | Metric;

/** Returns the name of the column. */
export function columnOf(metric: MetricColumn): string {
  return typeof metric === "string" ? metric : metric.name;
}

/**
 * Returns what a column is called on an axis: one of the lab's tables by its label, any other by its name.
 */
export function quantityOfColumn(metric: MetricColumn): Quantity {
  if (typeof metric !== "string") return quantityOfMetric(metric);
  const known: Readonly<Record<string, Quantity>> = { ...OTHERS, ...LABELS };
  if (Object.hasOwn(known, metric)) return known[metric];
  return metric.startsWith("set.")
    ? quantityOfSetting(metric.slice("set.".length))
    : { label: toText(metric), unit: "", scale: 1 };
}

/** Returns what exactly a column is, half a sentence; of a column that is no metric, its name. */
export function meaningOf(metric: MetricColumn): string {
  if (typeof metric !== "string") return metric.description;
  return METRICS.find(({ name }) => name === metric)?.description ?? metric;
}

/** Whether a column rests on a model of requests rather than on CPU counted in the simulation. */
export function isModelled(metric: MetricColumn): boolean {
  const found = typeof metric === "string" ? METRICS.find(({ name }) => name === metric) : metric;
  return found?.modelled === true;
}

/**
 * Returns the metric of a name among those of the runs, of which all have it. Throws InputError where one has
 * not, and where the metric has no such figure.
 *
 * @param kind "step": it is to have a column in `steps`; "run": a figure of the whole run.
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
    throw new InputError(`unknown figure: ${name}${didYouMean(name, known)}; known: ${known.join(", ")}`);
  }
  return runs[0].metrics.find((metric) => metric.name === name)!;
}

/** Returns the axis title: the label with its unit. */
export function axisTitle({ label, unit }: Quantity): Text {
  return withUnit(label, unit);
}
