import type { Run } from "../simulate/simulate.js";
import { median } from "../metrics/statistics.js";
import { findMetric } from "../simulate/metrics/catalogue.js";
import { lines } from "./build/lines.js";
import { aboutTail, describeRuns, joinTexts } from "./captions.js";
import type { Figure, Text } from "./figure.js";
import { quantityOfColumn } from "./labels.js";
import { checkNames, checkRuns } from "./run-rows.js";
import { short } from "./sentence-numbers.js";
import { words } from "./words/say.js";

/** Metrics of the quality of service (QoS) of latency-critical tasks. */
export type QosColumn = "lcShortfall" | "lcViolations" | "lcTail" | "lcTailViolations" | "lcHarmed";

/**
 * Returns the chart of a QoS metric's distribution over the steps, one line per policy: for each value, the
 * share of steps in which the metric was at most this value. Throws InputError for no run.
 */
export function qosDistribution(runs: readonly Run[], name: QosColumn = "lcTail"): Figure {
  checkRuns(runs);
  checkNames(runs.map(({ policy }) => policy));
  const { label, description } = findMetric(name);
  const rows = runs.flatMap(({ policy, steps }) => {
    const { x, share } = cumulative(steps[name]);
    return Array.from(x, (value, i) => ({ policy, [name]: value, share: share[i] }));
  });
  const figure = lines(rows.length > 0 ? rows : [{ policy: runs[0].policy, [name]: 0, share: NaN }], {
    x: name,
    y: "share",
    color: "policy",
    stairs: true,
    labels: { share: { label: words.qos.share, unit: "%", scale: 100 } },
    axes: { share: { title: words.qos.axis, range: [0, 101], dtick: 25 } },
    name: `${name}-distribution`,
    title: words.qos.title(label),
    caption: joinTexts(words.qos.caption(label, description), aboutTail(name)),
    source: describeRuns(runs),
    aspect: 0.6,
  });
  return { ...figure, says: saysOf(runs, name) };
}

/** Says the medians of the lowest and of the highest run. */
function saysOf(runs: readonly Run[], name: QosColumn): Text {
  const { label, unit, scale } = quantityOfColumn(name);
  const medians = runs
    .map(({ policy, steps }) => ({
      policy,
      value: scale * median(Float64Array.from(steps[name]).filter(Number.isFinite)),
    }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => a.value - b.value);
  if (medians.length === 0) return words.qos.saysNothing(label);
  const [low, high] = [medians[0], medians[medians.length - 1]];
  const written = ({ value }: { value: number }): string => `${short(value)}${unit && ` ${unit}`}`;
  return medians.length === 1 || written(low) === written(high)
    ? words.qos.saysSame(label, written(low))
    : words.qos.says(label, written(low), low.policy, written(high), high.policy);
}

/** The largest number of points of a curve; each is a quantile. */
const MOST_POINTS = 200;

/** Returns the empirical distribution of the defined values: at most `MOST_POINTS` order statistics. */
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
