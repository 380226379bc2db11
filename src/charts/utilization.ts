import { meanOfDefined } from "../metrics/statistics.js";
import type { Run } from "../simulate/simulate.js";
import { bands } from "./build/bands.js";
import { lines } from "./build/lines.js";
import type { Look } from "./build/options.js";
import { overlay } from "./build/overlay.js";
import type { Figure, Text } from "./figure.js";
import { axisTitle } from "./labels.js";
import { overTime, stepRows } from "./run-rows.js";
import { PALETTE } from "./looks.js";
import { inPercent } from "./sentence-numbers.js";
import { words } from "./words/say.js";

const COLUMNS = ["utilization", "p5", "p25", "p50", "p75", "p95"] as const;

/**
 * Returns the chart of CPU utilization over time under one policy: mean, median, and bands between the 5th
 * and 95th and between the 25th and 75th percentile of the machines.
 */
export function utilizationOverTime(run: Run): Figure {
  const { policy } = run;
  const rows = stepRows([run]);
  const { ranges, source, aspect } = overTime([run]);
  const title = axisTitle({ label: words.utilization.axis, unit: "%", scale: 1 });
  const band = (low: "p5" | "p25", high: "p75" | "p95", fill: string, series: Text): Figure =>
    bands(rows, {
      x: "time",
      low,
      high,
      series,
      look: { fill },
      name: `utilization-${policy}`,
      title: words.utilization.title(policy),
      caption: words.utilization.caption(policy),
      source,
      ranges: { ...ranges, [high]: [0, 1] },
      axes: { [high]: { title, dtick: 25 } },
      columns: ["time", ...COLUMNS],
      aspect,
    });
  const line = (y: "p50" | "utilization", series: Text, look: Look): Figure =>
    lines(rows, { x: "time", y, series, look: { ...look, mode: "lines" }, ranges });
  const [wide, narrow, median, mean] = (["wide", "narrow", "median", "mean"] as const).map(
    (key) => words.utilization[key],
  );
  const chart = overlay(
    band("p5", "p95", "#CFE3F1", wide),
    band("p25", "p75", "#8FBEDD", narrow),
    line("p50", median, { width: 1.2, color: PALETTE[0], dash: "solid" }),
    line("utilization", mean, { width: 1.4, color: PALETTE[4], dash: "dash" }),
  );
  const [low, high, middle] = [run.steps.p25, run.steps.p75, run.steps.utilization].map((values) =>
    inPercent(meanOfDefined(values)),
  );
  return { ...chart, says: words.utilization.says(policy, low, high, middle) };
}
