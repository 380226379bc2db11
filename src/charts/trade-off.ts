import { refuseUnknownKeys } from "../base/known-keys.js";
import { isBound } from "../simulate/manifest.js";
import type { Run } from "../simulate/simulate.js";
import type { RunMetricName } from "../simulate/metrics/catalogue.js";
import { points } from "./build/points.js";
import { aboutTail, joinTexts, originOfRuns } from "./captions.js";
import type { Figure, JsonObject } from "./figure.js";
import { metricOfRuns } from "./labels.js";
import { paretoFront } from "./pareto.js";
import { checkRuns } from "./run-rows.js";
import { words } from "./words/words.js";

export interface TradeOffOptions {
  /** Summary metrics on the axes; lower is better in both. Defaults "migrationGb" and "gini". */
  readonly x?: RunMetricName | (string & {});
  readonly y?: RunMetricName | (string & {});
}

/**
 * Returns the trade-off chart of two metrics with one point per policy. The Pareto front (policies that no
 * other policy dominates in both) is a line through filled points; the other points are hollow. Bounds are
 * never on the front. Throws InputError for no run or an unknown metric.
 */
export function tradeOff(
  runs: readonly Run[],
  { x = "migrationGb", y = "gini", ...rest }: TradeOffOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["x", "y"], "option of tradeOff");
  checkRuns(runs);
  const [horizontal, vertical] = [metricOfRuns(runs, x, "run"), metricOfRuns(runs, y, "run")];
  const [xs, ys] = [x, y].map((name) => runs.map((run) => figureOf(run, name)));
  // Exclude bounds, since a bound would dominate all policies.
  const front = paretoFront(
    xs.map((value, row) => (isBound(runs[row]) ? NaN : value)),
    ys,
  );
  const rows = runs.map(({ policy }, row) => ({
    policy,
    [x]: xs[row],
    [y]: ys[row],
    onFront: Number(front.includes(row)),
    isBeaten: !front.includes(row),
  }));
  const figure = points(rows, {
    x,
    y,
    color: "policy",
    hollow: "isBeaten",
    labels: { [x]: horizontal, [y]: vertical, onFront: words.tradeOff.onFront },
    columns: ["policy", x, y, "onFront"],
    axes: { [x]: { showgrid: true } },
    name: `trade-off-${x}-${y}`,
    title: words.tradeOff.title(vertical.label, horizontal.label),
    caption: words.tradeOff.caption,
    method: joinTexts(
      words.tradeOff.method(horizontal.label, horizontal.description, vertical.label, vertical.description),
      aboutTail(horizontal, vertical),
    ),
    ...originOfRuns(runs),
  });
  const { scale: across = 1 } = horizontal;
  const { scale: up = 1 } = vertical;
  return withFront(
    figure,
    front.map((row) => ({ x: xs[row] * across, y: ys[row] * up })),
  );
}

function figureOf({ summary }: Run, name: string): number {
  return (summary as unknown as Readonly<Record<string, number>>)[name];
}

/** Returns the chart with a line through these places, below its points. */
export function withFront(
  figure: Figure,
  places: readonly { readonly x: number; readonly y: number }[],
): Figure {
  const line: JsonObject = {
    type: "scatter",
    mode: "lines",
    name: words.tradeOff.front,
    x: places.map(({ x }) => x),
    y: places.map(({ y }) => y),
    line: { color: "#888888", width: 1, dash: "solid", simplify: false },
    hoverinfo: "skip",
  };
  return { ...figure, data: [line, ...figure.data] };
}
