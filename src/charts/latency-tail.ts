import { CONFIGURATIONS } from "../giantvm/testbed/configurations.js";
import { PUBLISHED, type MeasuredName } from "../giantvm/testbed/published.js";
import type { TestbedRun } from "../giantvm/testbed/run.js";
import { InputError } from "../errors.js";
import { joinTexts } from "./captions.js";
import { column, numbers, POLICY } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { lineTrace } from "./lines-over-time.js";
import { describeTestbed } from "./testbed-over-time.js";
import { seriesStyle } from "./theme.js";

/** Shares of requests that are slower: a curve has a point at each. */
const SLOWER = [
  0.999, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.015,
  0.01, 0.007, 0.005, 0.003, 0.002, 0.0015, 0.001,
];

/**
 * Returns the chart of the LC latency distribution: for each latency, the share of requests that took longer,
 * one line per run, and the measured percentiles as open markers. Throws InputError for no run.
 */
export function latencyTail(runs: readonly TestbedRun[]): Figure {
  if (runs.length === 0) throw new InputError("no run to draw: run a configuration of the testbed first");
  const curves = runs.map((run, i) => ({
    name: CONFIGURATIONS[run.configuration].label,
    configuration: run.configuration,
    style: i,
    ms: SLOWER.map((share) => run.latencies.quantile(1 - share)),
    measured: measuredTail(run.configuration),
  }));
  return {
    name: "latency-tail",
    title: { en: "Latency of LC requests", zh: "时延敏感型请求的时延" },
    caption: joinTexts(
      {
        en:
          "Share of the simulated LC requests that took longer than the latency on the horizontal " +
          "axis. Large open markers: P95, P99 and P99.9 as measured by the authors on their " +
          "testbed.",
        zh: "仿真的时延敏感型请求中，时延超过横轴取值的比例。空心大标记为作者在其测试平台上实测的 P95、P99 与 P99.9。",
      },
      describeTestbed(runs[0]),
    ),
    data: [
      ...curves.map(({ name, style, ms }): JsonObject => ({
        ...lineTrace(name.en, style),
        name,
        mode: "lines",
        x: numbers(ms),
        y: SLOWER.map((share) => share * 100),
        hovertemplate: "%{y:.2~g} % > %{x:.3~g} ms<extra></extra>",
      })),
      ...curves
        .filter(({ measured }) => measured !== undefined)
        .map(({ name, style, measured }): JsonObject => {
          const { color, symbol } = seriesStyle(style);
          return {
            type: "scatter",
            mode: "markers",
            name: { en: `${name.en}, measured`, zh: `${name.zh}，实测` },
            marker: { color, symbol: `${symbol}-open`, size: 8 },
            x: numbers(measured ?? []),
            y: MEASURED_SHARES.map((share) => share * 100),
            hovertemplate: "%{y:.2~g} % > %{x:.3~g} ms<extra></extra>",
          };
        }),
    ],
    layout: {
      xaxis: { title: LATENCY, rangemode: "tozero" },
      yaxis: { title: SHARE, type: "log", tickvals: [0.1, 1, 10, 100], ticktext: ["0.1", "1", "10", "100"] },
    },
    aspect: 0.8,
    table: {
      name: "latency-tail",
      caption: { en: "Latency of LC requests", zh: "时延敏感型请求的时延" },
      columns: [
        column(
          "configuration",
          POLICY,
          "",
          curves.flatMap(({ configuration, ms }) => ms.map(() => configuration)),
        ),
        column(
          "latency",
          LATENCY,
          "ms",
          curves.flatMap(({ ms }) => ms),
        ),
        column(
          "slower",
          SHARE,
          "%",
          curves.flatMap(() => SLOWER.map((share) => share * 100)),
        ),
      ],
    },
  };
}

const LATENCY: Text = { en: "Latency (ms)", zh: "时延（ms）" };
const SHARE: Text = { en: "Requests slower (%)", zh: "更慢请求的占比（%）" };
const MEASURED_SHARES = [0.05, 0.01, 0.001];

function measuredTail(configuration: string): number[] | undefined {
  if (!Object.hasOwn(PUBLISHED, configuration)) return undefined;
  const { p95, p99, p999 } = PUBLISHED[configuration as MeasuredName];
  return [p95, p99, p999];
}
