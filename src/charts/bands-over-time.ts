import { refuseUnknownKeys } from "../base/known-keys.js";
import { op, type ColumnTable } from "arquero";
import { aboutTail, joinTexts } from "./captions.js";
import type { Figure, Text } from "./figure.js";
import { hourlyQuartiles, ofPolicies } from "./hourly-quartiles.js";
import {
  axisTitle,
  columnOf,
  meaningOf,
  quantityOfColumn,
  type MetricColumn,
  type Quantity,
} from "./labels.js";
import { quartileBands } from "./quartile-bands.js";
import { coefficient, short } from "./sentence-numbers.js";
import { words } from "./words/words.js";

export interface BandsOptions {
  /** Default: all policies, in the order of the table. */
  readonly policies?: readonly string[];
}

/**
 * Returns the chart of a metric of the steps over time, over replicates: for each policy the median as a line
 * and a band from the lower to the upper quartile, of means over an hour where there are more than 36 steps.
 * `steps` is the table of steps from `experiment`, with one setting of each policy. Throws InputError for an
 * unknown column or policy, and for runs that differ in a setting.
 */
export function bandsOverTime(
  steps: ColumnTable,
  metric: MetricColumn,
  { policies, ...rest }: BandsOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["policies"], "option of bandsOverTime");
  const name = columnOf(metric);
  const quantity = quantityOfColumn(metric);
  const drawn = policies === undefined ? steps : ofPolicies(steps, policies);
  const quartiles = hourlyQuartiles(drawn, name);
  const figure = quartileBands(quartiles, {
    name: `${name}-bands-over-time`,
    title: words.bands.title(quantity.label),
    caption: words.bands.caption(quantity.label),
    method: joinTexts(words.forest.figure(quantity.label, meaningOf(metric)), aboutTail(metric)),
    axis: axisTitle(quantity),
    quantity,
    source: steps,
    policies,
  });
  const says = saysOf(quartiles.rows, name, quantity);
  return says === undefined ? figure : { ...figure, says };
}

/** Says the means of the lowest and the highest median; undefined where no policy has a value. */
function saysOf(rows: ColumnTable, name: string, { label, unit, scale }: Quantity): Text | undefined {
  const means = (
    rows
      .groupby("policy")
      .rollup({ mean: op.mean("median") })
      .objects() as Mean[]
  )
    .filter(({ mean }) => Number.isFinite(mean))
    .sort((a, b) => a.mean - b.mean);
  if (means.length === 0) return undefined;
  const written = ({ mean }: Mean): string =>
    name === "gini" ? coefficient(mean) : `${short(scale * mean)}${unit && ` ${unit}`}`;
  const [low, high] = [means[0], means[means.length - 1]];
  return means.length === 1 || written(low) === written(high)
    ? words.bands.saysSame(label, written(low))
    : words.bands.says(label, written(low), low.policy, written(high), high.policy);
}

interface Mean {
  readonly policy: string;
  readonly mean: number;
}
