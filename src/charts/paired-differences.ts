import { InputError } from "../errors.js";
import type { Interval } from "../metrics/bootstrap.js";
import { joinTexts } from "./captions.js";
import { column, numbers } from "./columns.js";
import type { Figure, Text } from "./figure.js";
import { PALETTE } from "./theme.js";

export interface NamedDifference {
  readonly figure: string;
  /** Mean of what is subtracted. */
  readonly other: number;
  readonly difference: Interval;
}

export interface PairedOptions {
  /** What each figure is called. */
  readonly labels: Readonly<Record<string, Text>>;
  /** Which less which, over how many seeds. */
  readonly caption: Text;
}

/**
 * Returns the chart of paired differences, each relative to the mean of what is subtracted, with its interval: a row a
 * figure. Throws InputError for none, and for a figure whose reference is 0 or that has no label.
 */
export function pairedDifferenceChart(
  differences: readonly NamedDifference[],
  { labels, caption }: PairedOptions,
): Figure {
  if (differences.length === 0) throw new InputError("no differences to draw: give at least one");
  const rows = differences.map(({ figure, other, difference }) => {
    if (!(figure in labels)) throw new InputError(`figure ${figure} has no label: give one`);
    if (other === 0) throw new InputError(`mean of ${figure} is 0: it cannot be the reference`);
    const percent = (value: number): number => (100 * value) / Math.abs(other);
    return {
      figure,
      label: { en: labels[figure].en, zh: labels[figure].zh },
      mean: percent(difference.mean),
      low: percent(difference.low),
      high: percent(difference.high),
    };
  });
  const y = rows.map((_, i) => rows.length - 1 - i);
  return {
    name: "paired-differences",
    title: { en: "Paired differences", zh: "配对差异" },
    caption: joinTexts(
      {
        en:
          "Mean of the differences of runs that met the same luck, in percent of the reference's " +
          "mean, with 95 % bootstrap intervals.",
        zh: "相同随机条件下成对运行之差的均值，以参照方均值的百分比表示，附 95 % 自助法区间。",
      },
      caption,
    ),
    data: [
      {
        type: "scatter",
        mode: "markers",
        name: { en: "Difference", zh: "差异" },
        marker: { color: PALETTE[0], symbol: "circle", size: 6 },
        x: numbers(rows.map(({ mean }) => mean)),
        y,
        error_x: {
          type: "data",
          symmetric: false,
          array: numbers(rows.map(({ mean, high }) => high - mean)),
          arrayminus: numbers(rows.map(({ mean, low }) => mean - low)),
          color: PALETTE[0],
          thickness: 1.2,
          width: 3,
        },
        hovertemplate: "%{x:.2f} %<extra></extra>",
      },
    ],
    layout: {
      xaxis: { title: DIFFERENCE, zeroline: true, zerolinecolor: "#777777", zerolinewidth: 1 },
      yaxis: {
        title: FIGURE,
        tickvals: y,
        ticktext: rows.map(({ label }) => label),
        range: [-0.6, rows.length - 0.4],
      },
    },
    aspect: 0.75,
    table: {
      name: "paired-differences",
      caption: { en: "Paired differences", zh: "配对差异" },
      columns: [
        column(
          "figure",
          FIGURE,
          "",
          rows.map(({ figure }) => figure),
        ),
        column(
          "mean",
          DIFFERENCE,
          "%",
          rows.map(({ mean }) => mean),
        ),
        column(
          "low",
          { en: "Interval, low", zh: "区间下端" },
          "%",
          rows.map(({ low }) => low),
        ),
        column(
          "high",
          { en: "Interval, high", zh: "区间上端" },
          "%",
          rows.map(({ high }) => high),
        ),
      ],
    },
  };
}

const DIFFERENCE: Text = { en: "Difference (%)", zh: "差异（%）" };
const FIGURE: Text = { en: "Figure", zh: "指标" };
