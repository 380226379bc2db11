import type { Run } from "../simulate/simulate.js";
import { type StepMetricName } from "../simulate/metrics/catalogue.js";
import { describeGroups, describeRuns, joinTexts } from "./captions.js";
import { column, groupMeans, numbers } from "./columns.js";
import { fileName, type Figure, type JsonObject, type Text } from "./figure.js";
import { LABELS } from "./labels.js";
import { timeOf } from "./lines-over-time.js";
import { PALETTE } from "./theme.js";

const BANDS = [
  { low: "p5", high: "p95", color: "#CFE3F1", name: { en: "P5–P95 of machines", zh: "机器 P5–P95" } },
  { low: "p25", high: "p75", color: "#8FBEDD", name: { en: "P25–P75", zh: "P25–P75" } },
] as const;

/**
 * Returns the chart of CPU utilization over time under one policy: mean, median, and the bands between the 5th
 * and 95th and between the 25th and 75th percentile of the machines.
 */
export function utilizationOverTime(run: Run): Figure {
  const { axis, group, stepSeconds } = timeOf([run]);
  const x = groupMeans(run.steps.time, group).map((time) => time / axis.seconds);
  const percent = (name: StepMetricName): Float64Array =>
    groupMeans(run.steps[name], group).map((u) => u * 100);
  const hover = (name: Text): Text => {
    const rest = `%{x:.2f} ${axis.unit}: %{y:.1f} %<extra></extra>`;
    return { en: `${name.en}<br>${rest}`, zh: `${name.zh}<br>${rest}` };
  };
  const line = (name: StepMetricName, label: Text, look: JsonObject): JsonObject => ({
    type: "scatter",
    mode: "lines",
    name: label,
    x: numbers(x),
    y: numbers(percent(name)),
    line: { simplify: false, ...look },
    hovertemplate: hover(label),
  });
  const bands = BANDS.flatMap(({ low, high, color, name }) => [
    { ...line(low, name, { width: 0, color }), showlegend: false },
    { ...line(high, name, { width: 0, color }), fill: "tonexty", fillcolor: color },
  ]);
  const names = ["utilization", "p5", "p25", "p50", "p75", "p95"] as const;
  return {
    name: fileName(`utilization-${run.policy}`),
    title: { en: `CPU utilization of machines: ${run.policy}`, zh: `机器 CPU 利用率：${run.policy}` },
    caption: joinTexts(
      {
        en:
          `CPU delivered under ${run.policy}, share of each machine's capacity: mean weighted by ` +
          "capacity, median and percentiles of machines in each step.",
        zh: `策略 ${run.policy} 下各机器实际获得的 CPU 占其容量的比例：每一步的加权均值、中位数与各分位数。`,
      },
      describeGroups(group, stepSeconds),
      describeRuns([run]),
    ),
    data: [
      ...bands,
      line("p50", { en: "Median", zh: "中位数" }, { width: 1.2, color: PALETTE[0], dash: "solid" }),
      line("utilization", { en: "Mean", zh: "均值" }, { width: 1.4, color: PALETTE[4], dash: "dash" }),
    ],
    layout: {
      xaxis: axis.layout,
      yaxis: { title: { en: "CPU utilization (%)", zh: "CPU 利用率（%）" }, range: [0, 100], dtick: 25 },
    },
    aspect: 0.6,
    table: {
      name: "utilization",
      caption: { en: "CPU utilization of machines", zh: "机器 CPU 利用率" },
      columns: [
        column("time", { en: "Time", zh: "时间" }, axis.unit, x),
        ...names.map((name) => column(name, LABELS[name].label, "%", percent(name))),
      ],
    },
  };
}
