import { isBound } from "../simulate/manifest.js";
import type { Run } from "../simulate/simulate.js";
import type { RunMetricName } from "../simulate/metrics/catalogue.js";
import { points } from "./build/points.js";
import { aboutTail, describeRuns, joinTexts } from "./captions.js";
import type { Figure, JsonObject } from "./figure.js";
import { metricOfRuns } from "./labels.js";
import { paretoFront } from "./pareto.js";
import { checkRuns } from "./run-rows.js";
import { say } from "./words/say.js";

export interface TradeOffOptions {
  /** Summary figures on the axes; less is better in both. Defaults "migrationGb" and "gini". */
  readonly x?: RunMetricName | (string & {});
  readonly y?: RunMetricName | (string & {});
}

/**
 * Returns the chart of what a policy costs against what it brings, one point per policy; the Pareto front
 * (policies that no other one beats in both) is a line through filled points, the rest are hollow. A bound is
 * never on it. Throws InputError for no run or an unknown figure.
 */
export function tradeOff(
  runs: readonly Run[],
  { x = "migrationGb", y = "gini" }: TradeOffOptions = {},
): Figure {
  checkRuns(runs);
  const [horizontal, vertical] = [metricOfRuns(runs, x, "run"), metricOfRuns(runs, y, "run")];
  const figureOf = ({ summary }: Run, name: string): number =>
    (summary as unknown as Readonly<Record<string, number>>)[name];
  const front = paretoFront(
    // A bound would beat every policy and leave none on the front.
    runs.map((run) => (isBound(run) ? NaN : figureOf(run, x))),
    runs.map((run) => figureOf(run, y)),
  );
  const rows = runs.map((run, row) => ({
    policy: run.policy,
    [x]: figureOf(run, x),
    [y]: figureOf(run, y),
    onFront: Number(front.includes(row)),
    isBeaten: !front.includes(row),
  }));
  const figure = points(rows, {
    x,
    y,
    color: "policy",
    hollow: "isBeaten",
    labels: { [x]: horizontal, [y]: vertical, onFront: say(({ tradeOff: words }) => words.onFront) },
    columns: ["policy", x, y, "onFront"],
    axes: { [x]: { showgrid: true } },
    name: `trade-off-${x}-${y}`,
    title: say(({ tradeOff: words }, of) => words.title(of(vertical.label), of(horizontal.label))),
    caption: joinTexts(
      say(({ tradeOff: words }, of) =>
        words.caption(
          { label: of(horizontal.label), meaning: horizontal.description },
          { label: of(vertical.label), meaning: vertical.description },
        ),
      ),
      aboutTail(horizontal, vertical),
    ),
    source: describeRuns(runs),
  });
  const line: JsonObject = {
    type: "scatter",
    mode: "lines",
    name: say(({ tradeOff: words }) => words.front),
    x: front.map((row) => figureOf(runs[row], x) * (horizontal.scale ?? 1)),
    y: front.map((row) => figureOf(runs[row], y) * (vertical.scale ?? 1)),
    line: { color: "#888888", width: 1, dash: "solid", simplify: false },
    hoverinfo: "skip",
  };
  return { ...figure, data: [line, ...figure.data] };
}
