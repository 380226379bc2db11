import { refuseUnknownKeys } from "../base/known-keys.js";
import { escape, op, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { REPLICATE } from "../study/result-table.js";
import { bands } from "./build/bands.js";
import { checkColumn, readRows } from "./build/rows.js";
import { aboutTail, describeGroups, joinTexts } from "./captions.js";
import { stepsPerPoint } from "./columns.js";
import type { Figure } from "./figure.js";
import { axisTitle, columnOf, meaningOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { words } from "./words/say.js";

/** The largest number of points of a line: bands with a point for every step would hide each other. */
const MOST_POINTS = 100;

export interface BandsOptions {
  /** Default: all policies, in the order of the table. */
  readonly policies?: readonly string[];
}

/**
 * Returns the chart of a metric of the steps over time, over replicates: for each policy the median as a line
 * and a band from the lower to the upper quartile. `steps` is the table of steps from `experiment`, with one
 * setting of each policy. Throws InputError for an unknown column or policy, and for runs that differ in a
 * setting.
 */
export function bandsOverTime(
  steps: ColumnTable,
  metric: MetricColumn,
  { policies, ...rest }: BandsOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["policies"], "option of bandsOverTime");
  const name = columnOf(metric);
  const quantity = quantityOfColumn(metric);
  for (const column of ["policy", "step", "time", name]) checkColumn(column, steps.columnNames());
  const drawn = policies === undefined ? steps : ofPolicies(steps, policies);
  const times = [...new Set(drawn.array("time") as ArrayLike<number> & Iterable<number>)].sort(
    (a, b) => a - b,
  );
  const stepSeconds = times.length > 1 ? times[1] - times[0] : 300;
  const every = stepsPerPoint(times.length, MOST_POINTS);
  const { q25, median, q75 } = words.bands;
  return bands(quartilesOf(drawn, name, every), {
    x: "time",
    y: "median",
    low: "q25",
    high: "q75",
    color: "policy",
    name: `${name}-bands-over-time`,
    title: words.bands.title(quantity.label),
    caption: joinTexts(
      words.bands.caption(quantity.label, meaningOf(metric)),
      aboutTail(metric),
      describeGroups(every, stepSeconds),
    ),
    source: steps,
    labels: {
      q25: { ...quantity, label: q25 },
      median: { ...quantity, label: median },
      q75: { ...quantity, label: q75 },
    },
    order: { policy: policies ?? [] },
    ranges: { time: [0, times.length * stepSeconds] },
    axes: { median: { title: axisTitle(quantity) } },
    columns: ["policy", "time", "q25", "median", "q75"],
    aspect: 0.68,
  });
}

function ofPolicies(steps: ColumnTable, policies: readonly string[]): ColumnTable {
  const known = new Set(readRows(steps).column("policy").values);
  const unknown = policies.find((policy) => !known.has(policy));
  if (unknown !== undefined) {
    throw new InputError(`unknown policy: ${unknown}; simulated were ${[...known].join(", ")}`);
  }
  return steps.filter(escape(({ policy }: { policy: string }) => policies.includes(policy)));
}

/** Returns the quartiles, over the replicates, of the means of `every` steps. */
function quartilesOf(steps: ColumnTable, name: string, every: number): ColumnTable {
  const replicate = REPLICATE.filter((column) => steps.columnNames().includes(column));
  const run = ["policy", ...replicate];
  if (
    steps
      .groupby(...run, "step")
      .count()
      .filter("(row) => row.count > 1")
      .numRows() > 0
  ) {
    throw new InputError(
      "several rows of one policy, replicate and step: the runs differ in a setting; filter the table " +
        "to one",
    );
  }
  return steps
    .derive({ point: escape(({ step }: { step: number }) => Math.floor(step / every)) })
    .groupby(...run, "point")
    .rollup({ time: op.mean("time"), value: op.mean(name) })
    .groupby("policy", "point")
    .rollup({
      time: op.mean("time"),
      q25: op.quantile("value", 0.25),
      median: op.median("value"),
      q75: op.quantile("value", 0.75),
    });
}
