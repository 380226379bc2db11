import { PUBLISHED, type MeasuredName } from "../testbed/published.js";
import type { TestbedRun } from "../testbed/run.js";
import { InputError } from "../../../base/errors.js";
import { writeNumber } from "../../../base/write-numbers.js";
import { lines } from "../../../charts/build/lines.js";
import { overlay } from "../../../charts/build/overlay.js";
import { points } from "../../../charts/build/points.js";
import { POLICY } from "../../../charts/columns.js";
import type { Figure, JsonObject, Text } from "../../../charts/figure.js";
import { stylesOf } from "../../../charts/looks.js";
import { checkNames } from "../../../charts/run-rows.js";
import { CONFIGURATION_NAMES, describeTestbed } from "./testbed-over-time.js";
import { giantVmWords } from "./words/words.js";

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
      title: giantVmWords.testbed.tail.title,
      caption: giantVmWords.testbed.tail.caption,
      source: describeTestbed(runs[0]),
      labels: {
        configuration: POLICY,
        latency: { label: giantVmWords.testbed.tail.latency, unit: "ms" },
        slower: { label: giantVmWords.testbed.tail.slower, unit: "%", scale: 100 },
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
  const drawn = overlay(curves, ...measured);
  // Lines that end at one height have no room for names at their ends.
  const { labels: _, ...layout } = drawn.layout;
  return {
    ...drawn,
    layout,
    data: [...drawn.data, ...(measured.length > 0 ? [MEASURED_ENTRY] : [])],
    says: giantVmWords.testbed.tail.says(runs.map(tailOf)),
  };
}

/** Names the open markers once in the legend. */
const MEASURED_ENTRY: JsonObject = {
  type: "scatter",
  mode: "markers",
  name: giantVmWords.testbed.tail.measured,
  x: [null],
  y: [null],
  marker: { color: "#444444", symbol: "circle-open", size: 8 },
  hoverinfo: "skip",
};

/** Says a run's P99, and the measured one where there is one. */
function tailOf({ configuration, latencies }: TestbedRun): Text {
  const write = (milliseconds: number): string => writeNumber(milliseconds, 3);
  const modelled = write(latencies.quantile(0.99));
  const name = CONFIGURATION_NAMES[configuration];
  if (!Object.hasOwn(PUBLISHED, configuration)) return giantVmWords.testbed.tail.modelledOnly(name, modelled);
  return giantVmWords.testbed.tail.both(name, modelled, write(PUBLISHED[configuration as MeasuredName].p99));
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
  const figure = points(rows, {
    x,
    y,
    look: { color, symbol: `${symbol}-open`, size: 8 },
    labels: { slower: { label: "", scale: 100 } },
  });
  return [{ ...figure, data: figure.data.map((trace) => ({ ...trace, showlegend: false })) }];
}

const MEASURED_SHARES = [0.05, 0.01, 0.001];
