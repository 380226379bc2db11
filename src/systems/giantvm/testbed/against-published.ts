/** Compares the model with the measurements. */
import { from, type ColumnTable } from "arquero";
import { meanOf } from "../../../metrics/statistics.js";
import { FIGURES, MEASURED, PUBLISHED, type FigureName, type MeasuredName } from "./published.js";

/**
 * How independent a modelled metric is of its measurement: the calibration used it (`calibrated`); it
 * influenced the choice between two interpretations of the paper (`informed`: with ties to the lowest number,
 * LaS fills one host and its Gini exceeds naive's); it holds by definition (`definition`); or it is
 * `predicted`.
 */
export type Standing = "calibrated" | "informed" | "definition" | "predicted";

const STANDINGS: Readonly<Record<MeasuredName, Readonly<Partial<Record<FigureName, Standing>>>>> = {
  "without-be": {
    cpu: "calibrated",
    qps: "calibrated",
    mean: "calibrated",
    p99: "calibrated",
    beThroughput: "definition",
  },
  naive: { cpu: "calibrated" },
  las: { gini: "informed" },
};

/**
 * Returns a table with a row for each measured metric and configuration: `configuration`, `figure`, `unit`,
 * `published`, `modelled` (mean over the runs of `repeatTestbed`; NaN where a configuration has none),
 * `deviation` (modelled over published, less 1), `standing`, and `sameOrder`, whether the model puts the
 * configurations in the published order.
 */
export function againstPublished(runs: ColumnTable): ColumnTable {
  const configurations = runs.array("configuration") as ArrayLike<string>;
  const modelled = (configuration: MeasuredName, figure: FigureName): number =>
    meanOf(Array.from(runs.array(figure)).filter((_, row) => configurations[row] === configuration));
  const rows = (Object.keys(FIGURES) as FigureName[]).flatMap((figure) => {
    const published = MEASURED.map((name) => PUBLISHED[name][figure]);
    const means = MEASURED.map((name) => modelled(name, figure));
    const sameOrder = hasSameOrder(published, means);
    return MEASURED.map((configuration, i) => ({
      configuration,
      figure,
      unit: FIGURES[figure].unit,
      published: published[i],
      modelled: means[i],
      deviation: means[i] / published[i] - 1,
      standing: STANDINGS[configuration][figure] ?? "predicted",
      sameOrder,
    }));
  });
  return from(rows);
}

/** Whether every pair of values has the same order in both lists. */
export function hasSameOrder(one: readonly number[], other: readonly number[]): boolean {
  return one.every((_, i) =>
    one.every((_value, j) => Math.sign(one[i] - one[j]) === Math.sign(other[i] - other[j])),
  );
}
