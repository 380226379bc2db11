import { refuseUnknownKeys } from "../base/known-keys.js";
import type { ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { LC_METRICS } from "../simulate/metrics/latency-critical.js";
import { differences, type DifferenceRow, type Verdict } from "../study/differences.js";
import { arrange } from "./build/arrange.js";
import { intervals } from "./build/intervals.js";
import { aboutTail, joinTexts } from "./captions.js";
import { withUnit } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { betterOf, columnOf, meaningOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { oneSetting } from "./one-setting.js";
import { words } from "./words/words.js";

export interface ForestOptions {
  /** One metric, or several for a panel each. Default "gini". */
  readonly metric?: MetricColumn | readonly MetricColumn[];
  /** Default "no-migration". */
  readonly baseline?: string;
  /** The columns that distinguish replicates, as for `differences`. Default: `seed` and `firstStep`. */
  readonly over?: readonly string[];
}

const LOOKS: Readonly<Record<Verdict, { readonly color: string; readonly symbol: string }>> = {
  lower: { color: "#0072B2", symbol: "triangle-left" },
  higher: { color: "#D55E00", symbol: "triangle-right" },
  "no difference": { color: "#9a9a9a", symbol: "circle-open" },
  "too few replicates": { color: "#9a9a9a", symbol: "x-thin-open" },
};

/**
 * Returns the forest plot of a metric's paired differences from the baseline, one row per policy in order of
 * the difference, with 95 % intervals; gray where no difference is shown. Several metrics get a panel each,
 * with rows in the order of the first. `runs` is a table from `experiment`, with one setting of each policy.
 * Throws the same errors as `differences`, and InputError for no metric and for runs that differ in a
 * setting.
 */
export function forestPlot(
  runs: ColumnTable,
  { metric = "gini", baseline = "no-migration", over, ...rest }: ForestOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["metric", "baseline", "over"], "option of forestPlot");
  const metrics = isList(metric) ? metric : [metric];
  if (metrics.length === 0) throw new InputError("no metric to draw: give at least one");
  const names = metrics.map(columnOf);
  const table = oneSetting(differences(runs, { baseline, over, metrics: names }));
  const rows = table.objects() as DifferenceRow[];
  const ofMetric = (name: string): DifferenceRow[] => rows.filter((row) => row.metric === name);
  const order = ofMetric(names[0])
    .sort((a, b) => (a.difference || 0) - (b.difference || 0))
    .map(({ policy }) => policy);
  const panels = metrics.map((one) => panelOf(ofMetric(columnOf(one)), one, { runs, baseline, order }));
  const says = saysOf(metrics, ofMetric, baseline);
  if (!isList(metric)) return { ...panels[0], says };
  const titled = panels.map((panel, i) => inRow(panel, metrics[i]));
  return arrange(titled, {
    name: "differences",
    title: words.forest.titleOfAll(baseline),
    says,
    across: metrics.length,
    share: "y",
    aspect: (0.115 * metrics.length * (order.length + 0.7)) / 4 + 0.1,
  });
}

function isList(metric: MetricColumn | readonly MetricColumn[]): metric is readonly MetricColumn[] {
  return Array.isArray(metric);
}

/** Returns the panel with its metric as title, and with what fits below it: few ticks and the unit. */
function inRow(panel: Figure, metric: MetricColumn): Figure {
  const { label, unit } = quantityOfColumn(metric);
  const { xaxis, ...layout } = panel.layout;
  const title = withUnit(words.forest.delta, unit === "%" ? "pp" : unit);
  return {
    ...panel,
    title: label,
    layout: { ...layout, xaxis: { ...(xaxis as JsonObject), title, nticks: 4, tickangle: 0 } },
  };
}

function panelOf(
  rows: readonly DifferenceRow[],
  metric: MetricColumn,
  { runs, baseline, order }: { runs: ColumnTable; baseline: string; order: readonly string[] },
): Figure {
  const { label, unit: own, scale } = quantityOfColumn(metric);
  const unit = own === "%" ? "pp" : own;
  const { forest } = words;
  return intervals(rows, {
    x: "difference",
    y: "policy",
    low: "low",
    high: "high",
    color: "verdict",
    reference: 0,
    name: `difference-${columnOf(metric)}`,
    title: forest.title(label, baseline),
    caption: forest.caption(baseline),
    method: joinTexts(forest.method(rows.length), forest.figure(label, meaningOf(metric)), aboutTail(metric)),
    source: runs,
    labels: { difference: { label: forest.difference, unit, scale }, p: forest.p, verdict: forest.verdict },
    names: forest.verdicts,
    order: { policy: order, verdict: Object.keys(LOOKS) },
    looks: LOOKS,
    axes: { difference: { title: withUnit(forest.axis(label), unit), showgrid: true } },
    columns: ["policy", "difference", "low", "high", "p", "verdict"],
  });
}

/**
 * Says how many policies are better than the baseline in the first metric (lower, where the metric does not
 * say what is better), and how many of these are worse in another one.
 */
function saysOf(
  metrics: readonly MetricColumn[],
  ofMetric: (name: string) => readonly DifferenceRow[],
  baseline: string,
): Text {
  const { forest } = words;
  const [first, ...others] = metrics;
  const rows = ofMetric(columnOf(first));
  if (rows.every(({ verdict }) => verdict === "too few replicates")) return forest.tooFew;
  const wanted = betterOf(first) === "more" ? "higher" : "lower";
  const better = rows.filter(({ verdict }) => verdict === wanted).map(({ policy }) => policy);
  const said =
    columnOf(first) === "gini"
      ? forest.saysEven(better.length, rows.length, baseline)
      : forest.says(
          better.length,
          rows.length,
          quantityOfColumn(first).label,
          forest.compared[wanted],
          baseline,
        );
  const bad = worseAmong(better, others, ofMetric).filter(({ count }) => count > 0);
  const asked = worseAmong([], others, ofMetric).map(({ label }) => label);
  if (better.length === 0 || asked.length === 0) return forest.end(said);
  return bad.length === 0
    ? forest.noneWorse(said, words.build.or(asked))
    : forest.someWorse(said, words.build.list(bad.map(({ label, count }) => forest.worseIn(count, label))));
}

/** Returns how many of these policies are worse in each metric; the metrics of LC work are one. */
function worseAmong(
  policies: readonly string[],
  metrics: readonly MetricColumn[],
  ofMetric: (name: string) => readonly DifferenceRow[],
): { label: Text; count: number }[] {
  const isWorse = (policy: string, metric: MetricColumn): boolean => {
    const worse = betterOf(metric) === "more" ? "lower" : "higher";
    return ofMetric(columnOf(metric)).some((row) => row.policy === policy && row.verdict === worse);
  };
  const isLc = (metric: MetricColumn): boolean => Object.hasOwn(LC_METRICS, columnOf(metric));
  const groups = [
    ...metrics.filter((metric) => !isLc(metric)).map((metric) => [metric]),
    ...[metrics.filter(isLc)].filter(({ length }) => length > 0),
  ];
  return groups.map((group) => ({
    label: isLc(group[0]) ? words.forest.lcWork : quantityOfColumn(group[0]).label,
    count: policies.filter((policy) => group.some((metric) => isWorse(policy, metric))).length,
  }));
}
