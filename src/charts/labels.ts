/** What the figures of a run are called on an axis, in English and Chinese (the thesis's terms). */
import { METRICS, type MetricName } from "../simulate/metrics/catalogue.js";
import type { Metric } from "../simulate/metrics/metric.js";
import { InputError } from "../errors.js";
import { didYouMean } from "../nearest.js";
import { toText, type Text } from "../text.js";
import { withUnit } from "./columns.js";

/** A quantity on an axis: drawn values are the computed ones times `scale`, in `unit`. */
export interface Quantity {
  readonly label: Text;
  readonly unit: string;
  readonly scale: number;
}

/** Returns what a metric is called on an axis. */
export function quantityOf({ label, unit = "", scale = 1 }: Metric): Quantity {
  return { label: toText(label), unit, scale };
}

/** What the built-in metrics are called. */
export const LABELS = Object.fromEntries(
  METRICS.map((metric) => [metric.name, quantityOf(metric)]),
) as Readonly<Record<MetricName, Quantity>>;

/**
 * Returns the metric of a name among those of the runs, of which all have it. Throws InputError where one has not,
 * and where the metric has no such figure.
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
