import { CONFIGURATIONS } from "../testbed/configurations.js";
import type { TestbedRun } from "../testbed/run.js";
import { InputError } from "../../../base/errors.js";
import { points } from "../../../charts/build/points.js";
import type { Figure, Text } from "../../../charts/figure.js";
import { describeTestbed } from "./testbed-over-time.js";
import { words } from "../../../charts/words/say.js";

interface Point {
  readonly series: Text;
  readonly pressure: number;
  readonly steal: number;
}

/**
 * Returns the chart of the steal that a decider reads on a node against the CPU that other work takes on its
 * host, with one marker per node and interval; nodes with and without BE threads are separate series. A node
 * without runnable work reads 0, because its steal counter does not advance. Throws InputError for no run,
 * and for a run without a decider.
 */
export function blindSpot(runs: readonly TestbedRun[]): Figure {
  if (runs.length === 0) throw new InputError("no run to draw: run a configuration of the testbed first");
  const rows = runs.flatMap((run) => [...pointsOf(run, true), ...pointsOf(run, false)]);
  const names = new Map(rows.map(({ series }) => [series.en, series]));
  return points(
    rows.map(({ series, ...point }) => ({ series: series.en, ...point })),
    {
      x: "pressure",
      y: "steal",
      color: "series",
      name: "blind-spot",
      title: words.testbed.blindSpot.title,
      caption: words.testbed.blindSpot.caption,
      source: describeTestbed(runs[0]),
      labels: {
        series: words.common.series,
        pressure: { label: words.testbed.blindSpot.pressure, unit: "%" },
        steal: { label: words.testbed.blindSpot.steal, unit: "%" },
      },
      names: Object.fromEntries(names),
      // Later series have smaller markers, so that they do not hide the earlier ones.
      looks: Object.fromEntries([...names.keys()].map((series, i) => [series, { size: 8 - i }])),
      ranges: { pressure: [-3, 103], steal: "zero" },
      axes: { pressure: { dtick: 25 } },
      aspect: 0.7,
    },
  );
}

function pointsOf(run: TestbedRun, hasBe: boolean): Point[] {
  const { configuration, decisions, columns, parameters } = run;
  const { hosts } = parameters;
  if (decisions.length === 0) {
    throw new InputError(`the run of ${configuration} has no decider: give a run of las or las-robust`);
  }
  const { label } = CONFIGURATIONS[configuration];
  const series = words.testbed.blindSpot[hasBe ? "withBe" : "withoutBe"](label);
  return decisions.flatMap(({ readings }, at) =>
    readings.flatMap(({ stealShare }, node) => {
      const place = at * hosts + node;
      if (columns.beThreads[place] > 0 !== hasBe) return [];
      const steal = Number.isNaN(stealShare) ? 0 : 100 * stealShare;
      return [{ series, pressure: 100 * columns.hostPressure[place], steal }];
    }),
  );
}
