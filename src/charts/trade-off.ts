import { InputError } from "../errors.js";
import { isBound } from "../simulate/manifest.js";
import type { Run } from "../simulate/simulate.js";
import { SUMMARY_COLUMNS, type SummaryColumn } from "../simulate/summary.js";
import { points } from "./build/points.js";
import { aboutTail, describeRuns, joinTexts } from "./captions.js";
import type { Figure, JsonObject } from "./figure.js";
import { SUMMARY_LABELS } from "./labels.js";
import { paretoFront } from "./pareto.js";
import { checkRuns } from "./run-rows.js";
import { say } from "./words/say.js";

export interface TradeOffOptions {
  /** Summary figures on the axes; less is better in both. Defaults "migrationGb" and "gini". */
  readonly x?: SummaryColumn;
  readonly y?: SummaryColumn;
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
  for (const name of [x, y]) {
    if (!(name in SUMMARY_COLUMNS)) {
      throw new InputError(`unknown figure: ${name}; known: ${Object.keys(SUMMARY_COLUMNS).join(", ")}`);
    }
  }
  const [horizontal, vertical] = [SUMMARY_LABELS[x], SUMMARY_LABELS[y]];
  const front = paretoFront(
    // A bound would beat every policy and leave none on the front.
    runs.map((run) => (isBound(run) ? NaN : run.summary[x])),
    runs.map(({ summary }) => summary[y]),
  );
  const rows = runs.map(({ policy, summary }, row) => ({
    policy,
    [x]: summary[x],
    [y]: summary[y],
    onFront: Number(front.includes(row)),
    isBeaten: !front.includes(row),
  }));
  const figure = points(rows, {
    x,
    y,
    color: "policy",
    hollow: "isBeaten",
    labels: { onFront: say(({ tradeOff: words }) => words.onFront) },
    columns: ["policy", x, y, "onFront"],
    axes: { [x]: { showgrid: true } },
    name: `trade-off-${x}-${y}`,
    title: say(({ tradeOff: words }, of) => words.title(of(vertical.label), of(horizontal.label))),
    caption: joinTexts(
      say(({ tradeOff: words }, of) =>
        words.caption(
          { label: of(horizontal.label), meaning: SUMMARY_COLUMNS[x] },
          { label: of(vertical.label), meaning: SUMMARY_COLUMNS[y] },
        ),
      ),
      aboutTail(x, y),
    ),
    source: describeRuns(runs),
  });
  const line: JsonObject = {
    type: "scatter",
    mode: "lines",
    name: say(({ tradeOff: words }) => words.front),
    x: front.map((row) => runs[row].summary[x] * horizontal.scale),
    y: front.map((row) => runs[row].summary[y] * vertical.scale),
    line: { color: "#888888", width: 1, dash: "solid", simplify: false },
    hoverinfo: "skip",
  };
  return { ...figure, data: [line, ...figure.data] };
}
