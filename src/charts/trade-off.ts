import { InputError } from "../errors.js";
import { isBound } from "../simulate/manifest.js";
import type { Run } from "../simulate/simulate.js";
import { RUN_METRICS, type RunMetricName, findMetric } from "../simulate/metrics/catalogue.js";
import { describeRuns, joinTexts, TAIL_IS_MODELLED } from "./captions.js";
import { column, policyColumn } from "./columns.js";
import type { Figure, JsonObject } from "./figure.js";
import { axisTitle, LABELS } from "./labels.js";
import { checkRuns } from "./lines-over-time.js";
import { isModelledTail } from "./over-time.js";
import { paretoFront } from "./pareto.js";
import { seriesStyle } from "./theme.js";

export interface TradeOffOptions {
  /** Summary figures on the axes; less is better in both. Defaults "migrationGb" and "gini". */
  readonly x?: RunMetricName;
  readonly y?: RunMetricName;
}

/**
 * Returns the chart of what a policy costs against what it brings, one point per policy; the Pareto front (policies
 * that no other one beats in both) is a line through filled points, the rest are hollow. A bound is never on it.
 * Throws InputError for no run or an unknown figure.
 */
export function tradeOff(
  runs: readonly Run[],
  { x = "migrationGb", y = "gini" }: TradeOffOptions = {},
): Figure {
  checkRuns(runs);
  for (const name of [x, y]) {
    if (!RUN_METRICS.includes(name)) {
      throw new InputError(`unknown figure: ${name}; known: ${RUN_METRICS.join(", ")}`);
    }
  }
  const [horizontal, vertical] = [LABELS[x], LABELS[y]];
  const xs = runs.map(({ summary }) => summary[x] * horizontal.scale);
  const ys = runs.map(({ summary }) => summary[y] * vertical.scale);
  // A bound would beat every policy and leave none on the front.
  const front = paretoFront(
    xs.map((x, row) => (isBound(runs[row]) ? NaN : x)),
    ys,
  );
  return {
    name: `trade-off-${x}-${y}`,
    title: {
      en: `${vertical.label.en} against ${lowerFirst(horizontal.label.en)}`,
      zh: `${vertical.label.zh}与${horizontal.label.zh}的权衡`,
    },
    caption: joinTexts(
      {
        en:
          `Each point is one policy over the whole run. Horizontal: ${findMetric(x).description}. ` +
          `Vertical: ${findMetric(y).description}. Less is better in both; the line joins the policies ` +
          "that no other one beats in both (Pareto front, filled points).",
        zh: `每个点为一种策略的整次仿真结果。横轴：${horizontal.label.zh}；纵轴：${vertical.label.zh}；两者均越小越好。连线为帕累托前沿（实心点）：没有其他策略在两方面同时更优。`,
      },
      ...([x, y].some(isModelledTail) ? [TAIL_IS_MODELLED] : []),
      describeRuns(runs),
    ),
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: { en: "Pareto front", zh: "帕累托前沿" },
        x: front.map((row) => xs[row]),
        y: front.map((row) => ys[row]),
        line: { color: "#888888", width: 1, dash: "solid", simplify: false },
        hoverinfo: "skip",
      },
      ...runs.map(({ policy }, row): JsonObject => {
        const { color, symbol } = seriesStyle(row);
        return {
          type: "scatter",
          mode: "markers",
          name: policy,
          x: [Number.isFinite(xs[row]) ? xs[row] : null],
          y: [Number.isFinite(ys[row]) ? ys[row] : null],
          marker: {
            color: front.includes(row) ? color : "#ffffff",
            symbol,
            size: 8,
            line: { color, width: 1.4 },
          },
          cliponaxis: false,
          hovertemplate: `${policy}<br>%{x:.4~g} ${horizontal.unit}<br>%{y:.4~g} ${vertical.unit}<extra></extra>`,
        };
      }),
    ],
    layout: {
      xaxis: { title: axisTitle(horizontal), range: padded(xs), showgrid: true },
      yaxis: { title: axisTitle(vertical), range: padded(ys) },
    },
    aspect: 0.62,
    table: {
      name: "trade-off",
      caption: { en: "Trade-off", zh: "权衡" },
      columns: [
        policyColumn(runs.map(({ policy }) => policy)),
        column(x, horizontal.label, horizontal.unit, xs),
        column(y, vertical.label, vertical.unit, ys),
        column(
          "onFront",
          { en: "On the Pareto front", zh: "位于帕累托前沿" },
          "",
          runs.map((_, row) => Number(front.includes(row))),
        ),
      ],
    },
  };
}

/** Lower-cases the first letter of a word, not of an abbreviation such as LC. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Returns a range that holds the values and whole markers. */
export function padded(values: readonly number[]): [number, number] {
  const defined = values.filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(...defined), Math.max(...defined)];
  const room = defined.length === 0 || high === low ? Math.abs(high) * 0.1 || 1 : (high - low) * 0.08;
  return defined.length === 0 ? [0, 1] : [low - room, high + room];
}
