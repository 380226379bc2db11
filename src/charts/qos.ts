import type { Run } from "../simulate/simulate.js";
import { findMetric } from "../simulate/metrics/catalogue.js";
import { describeRuns, joinTexts, TAIL_IS_MODELLED } from "./captions.js";
import { column, numbers, policyColumn } from "./columns.js";
import type { Figure, Text } from "./figure.js";
import { axisTitle, LABELS } from "./labels.js";
import { checkRuns, lineTrace } from "./lines-over-time.js";
import { figureOverTime, isModelledTail } from "./over-time.js";

/** Figures of the quality of service (QoS) of latency-critical tasks. */
export type QosColumn = "lcShortfall" | "lcViolations" | "lcTail" | "lcTailViolations" | "lcHarmed";

/** Returns the chart of a QoS figure over time, one line per policy. Throws InputError for no run. */
export function qosOverTime(runs: readonly Run[], name: QosColumn = "lcViolations"): Figure {
  return figureOverTime(runs, name);
}

/**
 * Returns the chart of how a QoS figure is distributed over the steps: for each value, the share of steps in which
 * it was at most that. One line per policy. Throws InputError for no run.
 */
export function qosDistribution(runs: readonly Run[], name: QosColumn = "lcTail"): Figure {
  checkRuns(runs);
  const quantity = LABELS[name];
  const curves = runs.map((run) => {
    const { x, share } = cumulative(run.steps[name]);
    return {
      policy: run.policy,
      x: x.map((value) => value * quantity.scale),
      share: share.map((s) => s * 100),
    };
  });
  return {
    name: `${name}-distribution`,
    title: { en: `${quantity.label.en}: distribution`, zh: `${quantity.label.zh}的分布` },
    caption: joinTexts(
      {
        en:
          "Share of steps in which the figure was at most the value on the horizontal axis. The " +
          `figure: ${findMetric(name).description}.`,
        zh: `${quantity.label.zh}不超过横轴取值的步数占比。`,
      },
      ...(isModelledTail(name) ? [TAIL_IS_MODELLED] : []),
      describeRuns(runs),
    ),
    data: curves.map(({ policy, x, share }, i) => ({
      ...lineTrace(policy, i),
      x: numbers(x),
      y: numbers(share),
      hovertemplate: `${policy}<br>≤ %{x:.4~g} ${quantity.unit}: %{y:.1f} %<extra></extra>`,
    })),
    layout: {
      xaxis: { title: axisTitle(quantity) },
      yaxis: { title: { en: "Steps (%)", zh: "步数占比（%）" }, range: [0, 101], dtick: 25 },
    },
    aspect: 0.6,
    table: {
      name: `${name}-distribution`,
      caption: quantity.label,
      columns: [
        policyColumn(curves.flatMap(({ policy, x }) => Array.from(x, () => policy))),
        column(
          name,
          quantity.label,
          quantity.unit,
          curves.flatMap(({ x }) => Array.from(x)),
        ),
        column(
          "share",
          SHARE,
          "%",
          curves.flatMap(({ share }) => Array.from(share)),
        ),
      ],
    },
  };
}

const SHARE: Text = { en: "Share of steps at or below", zh: "不超过该值的步数占比" };

/** Points of a curve at most: a quantile each. */
const MOST_POINTS = 200;

/** Returns the empirical distribution of the values that are defined, thinned to `MOST_POINTS` order statistics. */
export function cumulative(values: ArrayLike<number>): { x: Float64Array; share: Float64Array } {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const n = sorted.length;
  const points = Math.min(n, MOST_POINTS);
  const rank = Array.from({ length: points }, (_, i) => Math.ceil(((i + 1) * n) / points));
  return {
    x: Float64Array.from(rank, (r) => sorted[r - 1]),
    share: Float64Array.from(rank, (r) => r / n),
  };
}
