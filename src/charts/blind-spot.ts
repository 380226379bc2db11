import { CONFIGURATIONS } from "../giantvm/testbed/configurations.js";
import type { TestbedRun } from "../giantvm/testbed/run.js";
import { InputError } from "../errors.js";
import { joinTexts } from "./captions.js";
import { column, numbers } from "./columns.js";
import type { Figure, Text } from "./figure.js";
import { describeTestbed } from "./testbed-over-time.js";
import { seriesStyle } from "./theme.js";

interface Point {
  readonly pressure: number;
  readonly steal: number;
  readonly hasBe: boolean;
}

/**
 * Returns the chart of what a decider reads of a node against what others take of its host's CPU: one marker
 * per node and interval, nodes with and without BE threads apart. A node on which nothing wanted to run reads
 * 0, as its steal counter stands still. Throws InputError for no run, and for one that decides nothing.
 */
export function blindSpot(runs: readonly TestbedRun[]): Figure {
  if (runs.length === 0) throw new InputError("no run to draw: run a configuration of the testbed first");
  const series = runs.flatMap((run) => {
    const points = pointsOf(run);
    const { en, zh } = CONFIGURATIONS[run.configuration].label;
    return [
      { name: { en: `${en}: with BE`, zh: `${zh}：有 BE` }, points: points.filter(({ hasBe }) => hasBe) },
      { name: { en: `${en}: without BE`, zh: `${zh}：无 BE` }, points: points.filter(({ hasBe }) => !hasBe) },
    ].filter(({ points: some }) => some.length > 0);
  });
  return {
    name: "blind-spot",
    title: { en: "What steal time shows of a host's load", zh: "窃取时间所反映的主机负载" },
    caption: joinTexts(
      {
        en:
          "Steal as a share of the time in which a node's vCPUs had something to run, against the " +
          "CPU that work outside the GiantVM took of its host; one marker per node and interval " +
          "between decisions. Where nothing ran, the counter stood still and reads 0.",
        zh: "节点各 vCPU 可运行时间中被窃取的比例，对照巨型虚拟机之外的负载占用其主机 CPU 的比例；每个节点、每个决策间隔一个标记。没有任务运行时计数器不变，读数为 0。",
      },
      describeTestbed(runs[0]),
    ),
    data: series.map(({ name, points }, i) => ({
      type: "scatter",
      mode: "markers",
      name,
      marker: { color: seriesStyle(i).color, symbol: seriesStyle(i).symbol, size: 8 - i },
      x: numbers(points.map(({ pressure }) => pressure)),
      y: numbers(points.map(({ steal }) => steal)),
      hovertemplate: "%{x:.0f} % → %{y:.1f} %<extra></extra>",
    })),
    layout: {
      xaxis: { title: PRESSURE, range: [-3, 103], dtick: 25 },
      yaxis: { title: STEAL, rangemode: "tozero" },
    },
    aspect: 0.7,
    table: {
      name: "blind-spot",
      caption: { en: "Steal against load", zh: "窃取时间与负载" },
      columns: [
        column(
          "series",
          { en: "Series", zh: "序列" },
          "",
          series.flatMap(({ name, points }) => points.map(() => name.en)),
        ),
        column(
          "pressure",
          PRESSURE,
          "%",
          series.flatMap(({ points }) => points.map(({ pressure }) => pressure)),
        ),
        column(
          "steal",
          STEAL,
          "%",
          series.flatMap(({ points }) => points.map(({ steal }) => steal)),
        ),
      ],
    },
  };
}

const PRESSURE: Text = { en: "CPU that others take of the host (%)", zh: "其他负载占用的主机 CPU（%）" };
const STEAL: Text = { en: "Steal read (%)", zh: "窃取时间读数（%）" };

function pointsOf({ configuration, decisions, columns, parameters: { hosts } }: TestbedRun): Point[] {
  if (decisions.length === 0) {
    throw new InputError(`run of ${configuration} decides nothing: give one of las or las-robust`);
  }
  return decisions.flatMap(({ readings }, at) =>
    readings.map(({ stealShare }, node) => ({
      pressure: 100 * columns.hostPressure[at * hosts + node],
      steal: Number.isNaN(stealShare) ? 0 : 100 * stealShare,
      hasBe: columns.beThreads[at * hosts + node] > 0,
    })),
  );
}
