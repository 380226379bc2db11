import { PUBLISHED } from "../usage-model/published.js";

/** One statistic of a workload, with the published value for the Google 2011 trace. */
export interface DescribeRow {
  readonly section: string;
  readonly statistic: string;
  /** Null where it is not defined for the workload. */
  readonly value: number | null;
  readonly published: number | null;
  /** Where the published value comes from. */
  readonly source: string | null;
  /** "" for a plain number. */
  readonly unit: string;
}

/** Returns a row; the published value is found by section and statistic. */
export function describeRow(section: string, statistic: string, value: number, unit = ""): DescribeRow {
  const published = Object.hasOwn(PUBLISHED, `${section}/${statistic}`)
    ? PUBLISHED[`${section}/${statistic}`]
    : undefined;
  return {
    section,
    statistic,
    value: Number.isFinite(value) ? value : null,
    published: published?.value ?? null,
    source: published?.source ?? null,
    unit,
  };
}

/** Returns "5 %" for 0.05. */
export function percent(probability: number): string {
  return `${Math.round(probability * 1000) / 10} %`;
}
