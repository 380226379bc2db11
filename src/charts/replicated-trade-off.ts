import { refuseUnknownKeys } from "../base/known-keys.js";
import type { ColumnTable } from "arquero";
import { means } from "../study/differences.js";
import { points } from "./build/points.js";
import { aboutTail, isBoundName, joinTexts } from "./captions.js";
import type { Figure, Text } from "./figure.js";
import { columnOf, quantityOfColumn, type MetricColumn, type Quantity } from "./labels.js";
import { oneSetting } from "./one-setting.js";
import { nonDominated, paretoFront } from "./pareto.js";
import { short } from "./sentence-numbers.js";
import { withFront } from "./trade-off.js";
import { words } from "./words/words.js";

export interface ReplicatedTradeOffOptions {
  /** Metrics on the axes; lower is better in both. Defaults "migrationGb" and "gini". */
  readonly x?: MetricColumn;
  readonly y?: MetricColumn;
  /**
   * Metrics by which policies are compared; lower is better. Default "gini", "lcViolations", "migrationGb".
   */
  readonly objectives?: readonly MetricColumn[];
}

/**
 * Returns the trade-off chart of policies over replicates: the means of two metrics with 95 % intervals.
 * Filled points are policies that no other policy dominates in the means of all objectives; the line is the
 * Pareto front of the two axes alone. Bounds are excluded from both. `runs` is a table from `experiment`.
 * Throws InputError for an unknown metric and for runs that differ in a setting.
 */
export function replicatedTradeOff(
  runs: ColumnTable,
  {
    x = "migrationGb",
    y = "gini",
    objectives = ["gini", "lcViolations", "migrationGb"],
    ...rest
  }: ReplicatedTradeOffOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["x", "y", "objectives"], "option of replicatedTradeOff");
  const [horizontal, vertical] = [quantityOfColumn(x), quantityOfColumn(y)];
  const [xs, ys] = [meansOf(runs, x), meansOf(runs, y)];
  const front = paretoFront(withoutBounds(xs), withoutBounds(ys));
  const best = nonDominated(objectives.map((metric) => withoutBounds(meansOf(runs, metric))));
  const [column, row] = [columnOf(x), columnOf(y)];
  const rows = xs.map(({ policy, mean, low, high }, i) => ({
    policy,
    [column]: mean,
    [`${column}Low`]: low,
    [`${column}High`]: high,
    [row]: ys[i].mean,
    [`${row}Low`]: ys[i].low,
    [`${row}High`]: ys[i].high,
    isBest: Number(best.includes(i)),
    isBeaten: !best.includes(i),
  }));
  const { tradeOff } = words;
  const figure = points(rows, {
    x: column,
    xLow: `${column}Low`,
    xHigh: `${column}High`,
    y: row,
    low: `${row}Low`,
    high: `${row}High`,
    color: "policy",
    hollow: "isBeaten",
    name: `trade-off-intervals-${column}-${row}`,
    title: tradeOff.titleOfMeans(vertical.label, horizontal.label),
    caption: tradeOff.captionOfMeans,
    method: joinTexts(
      tradeOff.methodOfMeans(objectives.map((metric) => quantityOfColumn(metric).label)),
      aboutTail(x, y, ...objectives),
    ),
    source: runs,
    labels: { [column]: horizontal, [row]: vertical, isBest: tradeOff.isBest },
    columns: Object.keys(rows[0]).filter((name) => name !== "isBeaten"),
    axes: { [column]: { showgrid: true } },
    aspect: 0.7,
  });
  const says = saysOf(
    rows.map(({ policy }) => policy),
    { xs, ys, horizontal, vertical },
  );
  return withFront(
    { ...figure, says },
    front.map((i) => ({ x: xs[i].mean * horizontal.scale, y: ys[i].mean * vertical.scale })),
  );
}

/** Says what the policy with the least y has on x. */
function saysOf(
  policies: readonly string[],
  {
    xs,
    ys,
    horizontal,
    vertical,
  }: { xs: readonly Mean[]; ys: readonly Mean[]; horizontal: Quantity; vertical: Quantity },
): Text {
  const means = withoutBounds(ys).map((mean) => (Number.isNaN(mean) ? Infinity : mean));
  const best = means.indexOf(Math.min(...means));
  const written = ({ unit, scale }: Quantity, value: number): string =>
    `${short(scale * value)}${unit && ` ${unit}`}`;
  return words.tradeOff.says(
    policies[best],
    vertical.label,
    written(vertical, ys[best].mean),
    horizontal.label,
    written(horizontal, xs[best].mean),
  );
}

interface Mean {
  readonly policy: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function meansOf(runs: ColumnTable, metric: MetricColumn): Mean[] {
  return oneSetting(means(runs, { metrics: [columnOf(metric)] })).objects() as Mean[];
}

/** Excludes bounds, since a bound would dominate all policies. */
function withoutBounds(rows: readonly Mean[]): number[] {
  return rows.map(({ policy, mean }) => (isBoundName(policy) ? NaN : mean));
}
