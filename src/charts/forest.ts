import type { ColumnTable } from "arquero";
import { differences, type Verdict } from "../study/differences.js";
import { describeTable, joinTexts, aboutTail } from "./captions.js";
import { column, numbers, POLICY, policyColumn, withUnit } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { columnOf, meaningOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { oneSetting } from "./one-setting.js";

export interface ForestOptions {
  /** Default "gini". */
  readonly metric?: MetricColumn;
  /** Default "no-migration". */
  readonly baseline?: string;
}

interface Look {
  readonly name: Text;
  readonly color: string;
  readonly symbol: string;
}

const LOOKS: Readonly<Record<Verdict, Look>> = {
  lower: { name: { en: "Lower", zh: "更低" }, color: "#0072B2", symbol: "triangle-left" },
  higher: { name: { en: "Higher", zh: "更高" }, color: "#D55E00", symbol: "triangle-right" },
  "no difference": {
    name: { en: "No difference shown", zh: "未见差异" },
    color: "#9a9a9a",
    symbol: "circle-open",
  },
  "too few repetitions": {
    name: { en: "Too few repetitions", zh: "重复次数不足" },
    color: "#9a9a9a",
    symbol: "x-thin-open",
  },
};

/**
 * Returns the forest plot of a figure's paired differences from the baseline, one row per policy, with 95 %
 * intervals; gray where no difference is shown. `runs` is a table such as `experiment` gives, with one setting of each policy.
 * Errors as `differences`, and InputError for runs that differ in a setting.
 */
export function forestPlot(
  runs: ColumnTable,
  { metric = "gini", baseline = "no-migration" }: ForestOptions = {},
): Figure {
  const quantity = quantityOfColumn(metric);
  const figure = columnOf(metric);
  const unit = quantity.unit === "%" ? "pp" : quantity.unit;
  const rows = differencesOf(runs, figure, baseline).map((row) => ({
    ...row,
    difference: row.difference * quantity.scale,
    low: row.low * quantity.scale,
    high: row.high * quantity.scale,
  }));
  const verdicts = (Object.keys(LOOKS) as Verdict[]).filter((verdict) =>
    rows.some((row) => row.verdict === verdict),
  );
  return {
    name: `difference-${figure}`,
    title: {
      en: `${quantity.label.en}: difference from ${baseline}`,
      zh: `${quantity.label.zh}：与 ${baseline} 的差异`,
    },
    caption: joinTexts(
      {
        en:
          `Differences from ${baseline}, paired by repetition: means and 95 % bootstrap intervals. ` +
          `Colored: different at 5 % after Holm's correction for the ${rows.length} policies; ` +
          "gray: no difference shown, which is not to say that there is none. The figure: " +
          `${meaningOf(metric)}.`,
        zh: `各策略与 ${baseline} 的配对差异：均值与 95% 自助法区间。彩色：经 Holm 校正（${rows.length} 种策略）后在 5% 水平上有差异；灰色：未见差异（不等于没有差异）。`,
      },
      aboutTail(metric),
      describeTable(runs),
    ),
    data: verdicts.map((verdict) => verdictTrace(rows, verdict, unit)),
    layout: {
      xaxis: {
        title: withUnit({ en: `Δ ${quantity.label.en}`, zh: `${quantity.label.zh}之差` }, unit),
        domain: [0.2, 1],
        showgrid: true,
      },
      yaxis: {
        title: POLICY,
        tickvals: rows.map((_, row) => row),
        ticktext: rows.map(({ policy }) => policy),
        range: [rows.length - 0.4, -0.6],
        showgrid: false,
      },
      shapes: [
        {
          type: "line",
          layer: "below",
          xref: "x",
          yref: "paper",
          x0: 0,
          x1: 0,
          y0: 0,
          y1: 1,
          line: { color: "#555555", width: 1, dash: "dash" },
        },
      ],
    },
    aspect: Math.max(0.45, 0.12 + 0.062 * rows.length),
    table: {
      name: `difference-${figure}`,
      caption: quantity.label,
      columns: [
        policyColumn(rows.map(({ policy }) => policy)),
        column(
          "difference",
          { en: "Difference", zh: "差异" },
          unit,
          rows.map(({ difference }) => difference),
        ),
        column(
          "low",
          { en: "Interval, low", zh: "区间下端" },
          unit,
          rows.map(({ low }) => low),
        ),
        column(
          "high",
          { en: "Interval, high", zh: "区间上端" },
          unit,
          rows.map(({ high }) => high),
        ),
        column(
          "p",
          { en: "p, Holm", zh: "p 值（Holm）" },
          "",
          rows.map(({ p }) => p),
        ),
        column(
          "verdict",
          { en: "Verdict", zh: "结论" },
          "",
          rows.map(({ verdict }) => verdict),
        ),
      ],
    },
  };
}

interface Difference {
  readonly policy: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly verdict: Verdict;
}

function differencesOf(runs: ColumnTable, metric: string, baseline: string): Difference[] {
  return oneSetting(differences(runs, { baseline, metrics: [metric] })).objects() as Difference[];
}

function verdictTrace(rows: readonly Difference[], verdict: Verdict, unit: string): JsonObject {
  const { name, color, symbol } = LOOKS[verdict];
  const shown = rows.flatMap((row, place) => (row.verdict === verdict ? [{ ...row, place }] : []));
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: numbers(shown.map(({ difference }) => difference)),
    y: shown.map(({ place }) => place),
    error_x: {
      type: "data",
      symmetric: false,
      array: numbers(shown.map(({ difference, high }) => high - difference)),
      arrayminus: numbers(shown.map(({ difference, low }) => difference - low)),
      color,
      thickness: 1.2,
      width: 2.5,
    },
    marker: { color, symbol, size: 6, line: { color, width: 1.2 } },
    text: shown.map(({ policy }) => policy),
    hovertemplate: `%{text}<br>%{x:.4~g} ${unit}<extra></extra>`,
  };
}
