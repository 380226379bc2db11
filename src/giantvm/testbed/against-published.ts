/** The model beside the measurements. */
import { meanOf } from "../../metrics/fairness.js";
import { FIGURES, MEASURED, PUBLISHED, type FigureName, type MeasuredName } from "./published.js";
import type { TestbedOutcome } from "./repeat.js";

/**
 * What a modelled figure is worth: the calibration used it (`calibrated`), the choice between two readings of
 * the paper was made with it in view (`informed`: with ties to the lowest number LaS fills one host and its
 * Gini exceeds naive's), it is so by definition, or it is `predicted`.
 */
export type Standing = "calibrated" | "informed" | "definition" | "predicted";

export interface ComparisonRow {
  readonly configuration: MeasuredName;
  readonly figure: FigureName;
  readonly unit: string;
  readonly published: number;
  /** Mean over the outcomes. */
  readonly modelled: number;
  /** Modelled over published, less 1. */
  readonly deviation: number;
  readonly standing: Standing;
  /** Whether this figure's order of the measured configurations is the published one. */
  readonly sameOrder: boolean;
}

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

/** Returns a row for each measured figure; NaN where the outcomes have no run of a configuration. */
export function againstPublished(outcomes: readonly TestbedOutcome[]): ComparisonRow[] {
  const modelled = (configuration: MeasuredName, figure: FigureName): number =>
    meanOf(outcomes.filter((one) => one.configuration === configuration).map((one) => one[figure]));
  return (Object.keys(FIGURES) as FigureName[]).flatMap((figure) => {
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
}

/** Whether each two values stand in the same order in both lists. */
export function hasSameOrder(one: readonly number[], other: readonly number[]): boolean {
  return one.every((_, i) =>
    one.every((_value, j) => Math.sign(one[i] - one[j]) === Math.sign(other[i] - other[j])),
  );
}

/** A change from naive to LaS in percent. */
export interface ChangeRow {
  readonly figure: FigureName;
  readonly published: number;
  readonly modelled: number;
}

/** Returns by how many percent LaS changes each figure over naive, published and modelled. */
export function lasOverNaive(rows: readonly ComparisonRow[]): ChangeRow[] {
  return (Object.keys(FIGURES) as FigureName[]).flatMap((figure) => {
    const naive = rows.find((row) => row.figure === figure && row.configuration === "naive");
    const las = rows.find((row) => row.figure === figure && row.configuration === "las");
    if (naive === undefined || las === undefined) return [];
    return [
      {
        figure,
        published: 100 * (las.published / naive.published - 1),
        modelled: 100 * (las.modelled / naive.modelled - 1),
      },
    ];
  });
}
