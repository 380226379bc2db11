import type { ColumnTable } from "arquero";
import { means } from "../study/differences.js";
import { describeTable, isBoundName, joinTexts, aboutTail } from "./captions.js";
import { column, numbers, policyColumn } from "./columns.js";
import type { Figure, JsonObject } from "./figure.js";
import { axisTitle, columnOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { oneSetting } from "./one-setting.js";
import { nonDominated, paretoFront } from "./pareto.js";
import { seriesStyle } from "./theme.js";
import { padded } from "./build/channels.js";
import { lowerFirst } from "./words/en.js";

export interface ReplicatedTradeOffOptions {
  /** Figures on the axes; less is better in both. Defaults "migrationGb" and "gini". */
  readonly x?: MetricColumn;
  readonly y?: MetricColumn;
  /**
   * Figures by which a policy may be beaten, less being better in all. Default "gini", "lcViolations",
   * "migrationGb".
   */
  readonly objectives?: readonly MetricColumn[];
}

/**
 * Returns the chart of what policies cost against what they bring, over repetitions: the means with their
 * 95 % intervals. Filled points: policies whose means no other beats in all objectives at once; the line is
 * the Pareto front of the two axes alone. Bounds are in neither. Throws InputError for an unknown figure and
 * runs that differ
 * in a setting. `runs` is a table such as `experiment` gives.
 */
export function replicatedTradeOff(
  runs: ColumnTable,
  {
    x = "migrationGb",
    y = "gini",
    objectives = ["gini", "lcViolations", "migrationGb"],
  }: ReplicatedTradeOffOptions = {},
): Figure {
  const [horizontal, vertical] = [quantityOfColumn(x), quantityOfColumn(y)];
  const [xs, ys] = [scaledMeans(runs, x), scaledMeans(runs, y)];
  const policies = xs.map(({ policy }) => policy);
  // A bound would beat every policy and leave none.
  const ofPolicies = (rows: readonly Scaled[]): number[] =>
    meansOf(rows).map((mean, row) => (isBoundName(policies[row]) ? NaN : mean));
  const front = paretoFront(ofPolicies(xs), ofPolicies(ys));
  const best = nonDominated(objectives.map((metric) => ofPolicies(scaledMeans(runs, metric))));
  const list = (language: "en" | "zh"): string =>
    objectives
      .map((metric) => quantityOfColumn(metric).label[language])
      .join(language === "en" ? ", " : "、");
  return {
    name: `trade-off-intervals-${columnOf(x)}-${columnOf(y)}`,
    title: {
      en: `${vertical.label.en} against ${lowerFirst(horizontal.label.en)}, with intervals`,
      zh: `${vertical.label.zh}与${horizontal.label.zh}的权衡（含区间）`,
    },
    caption: joinTexts(
      {
        en:
          "Each point is one policy: means over the repetitions, bars their 95 % bootstrap " +
          "intervals (from five repetitions on). Less is better in both. Filled: no other policy " +
          `is at least as good in all of ${list("en")} and better in one; the line is the Pareto ` +
          "front of the two axes.",
        zh: `每个点为一种策略多次重复的均值，误差棒为 95% 自助法区间（至少五次重复）。两轴均越小越好。实心点：没有其他策略在${list("zh")}上全面更优；连线为两轴的帕累托前沿。`,
      },
      aboutTail(x, y, ...objectives),
      describeTable(runs),
    ),
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: { en: "Pareto front", zh: "帕累托前沿" },
        x: front.map((row) => xs[row].mean),
        y: front.map((row) => ys[row].mean),
        line: { color: "#888888", width: 1, dash: "solid", simplify: false },
        hoverinfo: "skip",
      },
      ...policies.map((policy, row): JsonObject => {
        const { color, symbol } = seriesStyle(row);
        return {
          type: "scatter",
          mode: "markers",
          name: policy,
          x: numbers([xs[row].mean]),
          y: numbers([ys[row].mean]),
          error_x: arms(xs[row], color),
          error_y: arms(ys[row], color),
          marker: {
            color: best.includes(row) ? color : "#ffffff",
            symbol,
            size: 7,
            line: { color, width: 1.3 },
          },
          cliponaxis: false,
          hovertemplate: `${policy}<br>%{x:.4~g} ${horizontal.unit}<br>%{y:.4~g} ${vertical.unit}<extra></extra>`,
        };
      }),
    ],
    layout: {
      xaxis: { title: axisTitle(horizontal), range: padded(xs.flatMap(endsOf)), showgrid: true },
      yaxis: { title: axisTitle(vertical), range: padded(ys.flatMap(endsOf)) },
    },
    aspect: 0.7,
    table: {
      name: "trade-off",
      caption: { en: "Trade-off", zh: "权衡" },
      columns: [
        policyColumn(policies),
        ...(
          [
            [x, xs],
            [y, ys],
          ] as const
        ).flatMap(([metric, rows]) => {
          const { label, unit } = quantityOfColumn(metric);
          return [
            column(columnOf(metric), label, unit, meansOf(rows)),
            column(
              `${columnOf(metric)}Low`,
              LOW,
              unit,
              rows.map(({ low }) => low),
            ),
            column(
              `${columnOf(metric)}High`,
              HIGH,
              unit,
              rows.map(({ high }) => high),
            ),
          ];
        }),
        column(
          "isBest",
          { en: "Not beaten in all objectives", zh: "未被全面超越" },
          "",
          policies.map((_, row) => Number(best.includes(row))),
        ),
      ],
    },
  };
}

const LOW = { en: "Interval, low", zh: "区间下端" };
const HIGH = { en: "Interval, high", zh: "区间上端" };

interface Scaled {
  readonly policy: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function scaledMeans(runs: ColumnTable, metric: MetricColumn): Scaled[] {
  const { scale } = quantityOfColumn(metric);
  const rows = oneSetting(means(runs, { metrics: [columnOf(metric)] })).objects() as Scaled[];
  return rows.map(({ policy, mean, low, high }) => ({
    policy,
    mean: mean * scale,
    low: low * scale,
    high: high * scale,
  }));
}

function meansOf(rows: readonly Scaled[]): number[] {
  return rows.map(({ mean }) => mean);
}

function endsOf({ mean, low, high }: Scaled): number[] {
  return [mean, low, high];
}

function arms({ mean, low, high }: Scaled, color: string): JsonObject {
  return {
    type: "data",
    symmetric: false,
    array: numbers([high - mean]),
    arrayminus: numbers([mean - low]),
    color,
    thickness: 1,
    width: 2.5,
  };
}
