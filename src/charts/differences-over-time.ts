import { refuseUnknownKeys } from "../base/known-keys.js";
import { escape, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { verticalLine } from "./build/panels.js";
import { checkColumn } from "./build/rows.js";
import { aboutTail, joinTexts } from "./captions.js";
import { withUnit } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { hourlyQuartiles, ofPolicies, replicateColumns } from "./hourly-quartiles.js";
import { columnOf, meaningOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { quartileBands } from "./quartile-bands.js";
import { clock, short } from "./sentence-numbers.js";
import { words } from "./words/words.js";

export interface DifferencesOptions {
  /** Default: all policies but the baseline, in the order of the table. */
  readonly policies?: readonly string[];
  /** Default "no-migration". */
  readonly baseline?: string;
}

/**
 * Returns the chart of how much a metric of the steps differs from the baseline over time, paired by
 * replicate: for each policy the median over the replicates as a line and a band from the lower to the upper
 * quartile, of means over an hour where there are more than 36 steps. `steps` is the table of steps from
 * `experiment`, with one setting of each policy. Throws InputError for an unknown column, policy or baseline,
 * where no other policy is left, and for runs that differ in a setting.
 */
export function differencesOverTime(
  steps: ColumnTable,
  metric: MetricColumn,
  { policies, baseline = "no-migration", ...rest }: DifferencesOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["policies", "baseline"], "option of differencesOverTime");
  const name = columnOf(metric);
  const { label, unit: own, scale } = quantityOfColumn(metric);
  const unit = own === "%" ? "pp" : own;
  const paired = pairWith(
    baseline,
    policies === undefined ? steps : ofPolicies(steps, [...policies, baseline]),
    name,
  );
  const quartiles = hourlyQuartiles(paired, "difference");
  const figure = quartileBands(quartiles, {
    name: `${name}-differences-over-time`,
    title: words.forest.title(label, baseline),
    caption: words.differences.caption(label, baseline),
    method: joinTexts(words.forest.figure(label, meaningOf(metric)), aboutTail(metric)),
    axis: withUnit(words.forest.axis(label), unit),
    quantity: { label, unit, scale },
    source: steps,
    policies,
  });
  return {
    ...figure,
    says: saysOf(quartiles.rows, {
      label,
      baseline,
      write: (value) => `${short(scale * value)}${unit && ` ${unit}`}`,
    }),
    layout: { ...figure.layout, shapes: [ZERO] },
  };
}

const ZERO: JsonObject = {
  ...verticalLine(0)({ xAxis: 1, yAxis: 1 }),
  ...{ xref: "x domain", x0: 0, x1: 1, yref: "y", y0: 0, y1: 0 },
};

/** Returns the rows of the other policies with their `difference` from the baseline's row of that step. */
function pairWith(baseline: string, steps: ColumnTable, name: string): ColumnTable {
  for (const column of ["policy", "step", "time", name]) checkColumn(column, steps.columnNames());
  const key = [...replicateColumns(steps), "step"];
  const is = (wanted: boolean): ColumnTable =>
    steps.filter(escape(({ policy }: { policy: string }) => (policy === baseline) === wanted));
  const [base, others] = [is(true), is(false)];
  if (base.numRows() === 0) throw new InputError(`unknown baseline: ${baseline}; no run has this policy`);
  if (others.numRows() === 0) throw new InputError(`no policy beside ${baseline}: give at least one`);
  const known = new Map(base.objects().map((row) => [keyOf(row, key), (row as Row)[name] as number]));
  if (known.size < base.numRows()) {
    throw new InputError(
      `several rows of ${baseline} in one replicate and step: the runs differ in a setting; filter the ` +
        "table to one",
    );
  }
  return others.derive({
    difference: escape((row: Row) => (row[name] as number) - (known.get(keyOf(row, key)) ?? NaN)),
  });
}

type Row = Readonly<Record<string, unknown>>;

function keyOf(row: object, key: readonly string[]): string {
  return key.map((column) => String((row as Row)[column])).join(" ");
}

/** Says the largest median difference, and when it is. */
function saysOf(
  rows: ColumnTable,
  { label, baseline, write }: { label: Text; baseline: string; write: (value: number) => string },
): Text {
  const points = rows.objects() as { policy: string; time: number; median: number }[];
  const largest = points.reduce((most, one) => (Math.abs(one.median) > Math.abs(most.median) ? one : most), {
    ...points[0],
    median: points[0].median || 0,
  });
  const { says, saysNothing } = words.differences;
  return largest.median === 0
    ? saysNothing(label, baseline)
    : says(label, baseline, write(largest.median), largest.policy, clock(largest.time));
}
