import { InputError } from "../errors.js";
import { joinTexts } from "./captions.js";
import { column, numbers, policyColumn } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { axisTitle, type Quantity } from "./labels.js";
import { lineTrace } from "./lines-over-time.js";

/** One setting of a parameter under one policy: the mean over repetitions and the ends of its interval. */
export interface SensitivityRow {
  readonly policy: string;
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface SensitivityOptions {
  /** The parameter, with its unit. */
  readonly x: Quantity | Text;
  /** What was measured; the rows are multiplied by its scale. */
  readonly y: Quantity;
  /** What the intervals are, such as "95 % confidence, 10 seeds", and where the numbers come from. */
  readonly caption: Text;
  /** Horizontal axis. Default "linear"; "log" wants values above 0. */
  readonly scale?: "linear" | "log";
}

/**
 * Returns the chart of how a result depends on a parameter: one line per policy through the means, with intervals.
 * Rows may come in any order. Throws InputError for no rows, for an interval that does not hold its mean, and
 * for a value that a logarithmic axis cannot show.
 */
export function parameterSensitivity(
  rows: readonly SensitivityRow[],
  { x, y, caption, scale = "linear" }: SensitivityOptions,
): Figure {
  if (rows.length === 0) throw new InputError("no rows to draw: give at least one");
  rows.forEach((row) => {
    checkRow(row, scale);
  });
  const parameter: Quantity = "label" in x ? x : { label: x, unit: "", scale: 1 };
  const policies = [...new Set(rows.map(({ policy }) => policy))];
  const drawn = policies.flatMap((policy) =>
    rows
      .filter((row) => row.policy === policy)
      .sort((a, b) => a.x - b.x)
      .map((row) => ({
        policy,
        x: row.x * parameter.scale,
        mean: row.mean * y.scale,
        low: row.low * y.scale,
        high: row.high * y.scale,
      })),
  );
  return {
    name: "sensitivity",
    title: { en: `${y.label.en} by ${parameter.label.en}`, zh: `${parameter.label.zh}对${y.label.zh}的影响` },
    caption: joinTexts(
      { en: `Mean ${y.label.en} by setting, with intervals.`, zh: `各参数取值下${y.label.zh}的均值与区间。` },
      caption,
    ),
    data: policies.map((policy, i): JsonObject => {
      const points = drawn.filter((row) => row.policy === policy);
      const line = lineTrace(policy, i) as { readonly line: { readonly color: string } } & JsonObject;
      return {
        ...line,
        marker: { ...(line.marker as JsonObject), maxdisplayed: 0 },
        x: numbers(points.map((row) => row.x)),
        y: numbers(points.map((row) => row.mean)),
        error_y: {
          type: "data",
          symmetric: false,
          array: numbers(points.map(({ mean, high }) => high - mean)),
          arrayminus: numbers(points.map(({ mean, low }) => mean - low)),
          color: line.line.color,
          thickness: 1,
          width: 2.5,
        },
        customdata: points.map(({ low, high }) => numbers([low, high])),
        hovertemplate:
          `${policy}<br>%{x}: %{y:.4~g} [%{customdata[0]:.4~g}, %{customdata[1]:.4~g}] ` +
          `${y.unit}<extra></extra>`,
      };
    }),
    layout: {
      xaxis: { title: axisTitle(parameter), type: scale, ...settingTicks(drawn.map((row) => row.x)) },
      yaxis: { title: axisTitle(y) },
    },
    aspect: 0.62,
    table: {
      name: "sensitivity",
      caption: y.label,
      columns: [
        policyColumn(drawn.map((row) => row.policy)),
        column(
          "x",
          parameter.label,
          parameter.unit,
          drawn.map((row) => row.x),
        ),
        column(
          "mean",
          { en: `Mean of ${y.label.en}`, zh: `${y.label.zh}均值` },
          y.unit,
          drawn.map((row) => row.mean),
        ),
        column(
          "low",
          { en: "Interval, low", zh: "区间下端" },
          y.unit,
          drawn.map((row) => row.low),
        ),
        column(
          "high",
          { en: "Interval, high", zh: "区间上端" },
          y.unit,
          drawn.map((row) => row.high),
        ),
      ],
    },
  };
}

/** Ticks at the settings themselves while there is room for them. */
function settingTicks(x: readonly number[]): JsonObject {
  const settings = [...new Set(x)].sort((a, b) => a - b);
  return settings.length > 8 ? {} : { tickvals: settings, ticktext: settings.map(String) };
}

function checkRow({ policy, x, mean, low, high }: SensitivityRow, scale: "linear" | "log"): void {
  if (low > mean || high < mean) {
    throw new InputError(`interval of ${policy} at ${x} is ${low} to ${high}, without its mean ${mean}`);
  }
  if (scale === "log" && !(x > 0))
    throw new InputError(`x of ${policy} is ${x}: a logarithmic axis wants numbers above 0`);
}
