import { PUBLISHED, type MeasuredName } from "../testbed/published.js";
import type { TestbedRun } from "../testbed/run.js";
import { InputError } from "../../../base/errors.js";
import { lines } from "../../../charts/build/lines.js";
import { overlay } from "../../../charts/build/overlay.js";
import { points } from "../../../charts/build/points.js";
import { POLICY } from "../../../charts/columns.js";
import type { Figure } from "../../../charts/figure.js";
import { stylesOf } from "../../../charts/looks.js";
import { checkNames } from "../../../charts/run-rows.js";
import { CONFIGURATION_NAMES, describeTestbed } from "./testbed-over-time.js";
import { words } from "../../../charts/words/say.js";

/** The shares of slower requests at which a curve has points. */
const SLOWER = [
  0.999, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.015,
  0.01, 0.007, 0.005, 0.003, 0.002, 0.0015, 0.001,
];

/**
 * Returns the chart of the LC latency distribution with one line per run: for each latency, the share of
 * requests that took longer. Open markers are the measured percentiles. Throws InputError for no run.
 */
export function latencyTail(runs: readonly TestbedRun[]): Figure {
  if (runs.length === 0) throw new InputError("no run to draw: run a configuration of the testbed first");
  checkNames(runs.map(({ configuration }) => configuration));
  const axes = { x: "latency", y: "slower", color: "configuration" } as const;
  const curves = lines(
    runs.flatMap(({ configuration, latencies }) =>
      SLOWER.map((slower) => ({ configuration, latency: latencies.quantile(1 - slower), slower })),
    ),
    {
      ...axes,
      stairs: true,
      name: "latency-tail",
      title: words.testbed.tail.title,
      caption: words.testbed.tail.caption,
      source: describeTestbed(runs[0]),
      labels: {
        configuration: POLICY,
        latency: { label: words.testbed.tail.latency, unit: "ms" },
        slower: { label: words.testbed.tail.slower, unit: "%", scale: 100 },
      },
      names: CONFIGURATION_NAMES,
      looks: Object.fromEntries(runs.map(({ configuration }) => [configuration, { mode: "lines" }])),
      scales: { slower: "log" },
      ranges: { latency: "zero" },
      axes: { slower: { tickvals: [0.1, 1, 10, 100], ticktext: ["0.1", "1", "10", "100"] } },
      aspect: 0.8,
    },
  );
  const measured = runs.flatMap(({ configuration }) => measuredTail(configuration, axes));
  return overlay(curves, ...measured);
}

/**
 * Returns the measured percentiles as open markers in the configuration's color; none where it was not
 * measured.
 */
function measuredTail(configuration: string, axes: { readonly x: string; readonly y: string }): Figure[] {
  if (!Object.hasOwn(PUBLISHED, configuration)) return [];
  const { p95, p99, p999 } = PUBLISHED[configuration as MeasuredName];
  const rows = [p95, p99, p999].map((latency, i) => ({ latency, slower: MEASURED_SHARES[i] }));
  const [{ color, symbol }] = stylesOf("configuration", [configuration]);
  const { x, y } = axes;
  return [
    points(rows, {
      x,
      y,
      series: words.testbed.tail.measured(CONFIGURATION_NAMES[configuration]),
      look: { color, symbol: `${symbol}-open`, size: 8 },
      labels: { slower: { label: "", scale: 100 } },
    }),
  ];
}

const MEASURED_SHARES = [0.05, 0.01, 0.001];
