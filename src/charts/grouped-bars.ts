/** Bars side by side: some series, in some categories. */
import { InputError } from "../errors.js";
import { column } from "./columns.js";
import { plotted, scaleOf } from "./curves.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { axisTitle, type Quantity } from "./labels.js";
import { seriesStyle } from "./theme.js";

export interface BarSeries {
  readonly name: Text;
  /** A value a category. */
  readonly values: readonly number[];
}

export interface GroupedBarsOptions {
  /** Fit for a file name. */
  readonly name: string;
  readonly title: Text;
  readonly caption: Text;
  /** What the categories are. */
  readonly category: Text;
  /** What the series are, for the table. */
  readonly series: Text;
  readonly y: Quantity;
  /** Default "linear"; on a logarithmic axis what is not above 0 has no bar. */
  readonly scale?: "linear" | "log";
}

/** Hatchings that tell bars apart in gray print. */
const PATTERNS = ["", "/", "x", "-", ".", "\\", "+", "|"] as const;

/**
 * Returns the chart of the series, whose values are multiplied by the scale of `y`. Throws InputError where there is no
 * series or no category, and where a series has not one value for each category.
 */
export function groupedBars(
  categories: readonly Text[],
  bars: readonly BarSeries[],
  { name, title, caption, category, series, y, scale = "linear" }: GroupedBarsOptions,
): Figure {
  if (categories.length === 0 || bars.length === 0)
    throw new InputError("no bars to draw: give at least one series and one category");
  for (const { name: of, values } of bars) {
    if (values.length === categories.length) continue;
    throw new InputError(`${of.en} has ${values.length} values: give one for each of ${categories.length}`);
  }
  const scaled = bars.map(({ values }) => values.map((value) => value * y.scale));
  return {
    name,
    title,
    caption,
    data: bars.map((bar, i): JsonObject => ({
      type: "bar",
      name: bar.name,
      x: categories,
      y: plotted(scaled[i], scale),
      marker: {
        color: seriesStyle(i).color,
        line: { color: "#111111", width: 0.6 },
        pattern: {
          shape: PATTERNS[i % PATTERNS.length],
          size: 5,
          solidity: 0.2,
          fillmode: "overlay",
          fgcolor: seriesStyle(i).color === "#000000" ? "#ffffff" : "#111111",
        },
      },
      hovertemplate: `%{fullData.name}<br>%{x}: %{y:.4~g} ${y.unit}<extra></extra>`,
    })),
    layout: {
      barmode: "group",
      bargap: 0.25,
      xaxis: { title: category, type: "category", tickangle: categories.length > 4 ? -35 : 0, nticks: 0 },
      yaxis: { title: axisTitle(y), ...scaleOf(scale, scaled.flat()) },
    },
    aspect: categories.length > 4 ? 0.75 : 0.62,
    table: {
      name,
      caption: title,
      columns: [
        column(
          "category",
          category,
          "",
          bars.flatMap(() => categories.map(({ en }) => en)),
        ),
        column(
          "series",
          series,
          "",
          bars.flatMap((bar) => bar.values.map(() => bar.name.en)),
        ),
        column("value", y.label, y.unit, scaled.flat()),
      ],
    },
  };
}
