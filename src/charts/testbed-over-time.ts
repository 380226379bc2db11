import { CONFIGURATIONS } from "../giantvm/testbed/configurations.js";
import type { TestbedRun } from "../giantvm/testbed/run.js";
import { InputError } from "../errors.js";
import { joinTexts } from "./captions.js";
import { column, numbers, POLICY } from "./columns.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { seriesStyle } from "./theme.js";

/** Says of a testbed's run what is modelled, and its seed. */
export function describeTestbed({ seed, parameters }: TestbedRun): Text {
  return {
    en:
      `The testbed is modelled: ${parameters.hosts} hosts of ${parameters.cpus} CPUs, LC ` +
      `service on host 0, ${parameters.processes * parameters.threads} BE threads, seed ` +
      `${seed}.`,
    zh:
      `测试平台为建模所得：${parameters.hosts} 台主机，每台 ${parameters.cpus} 个 CPU，` +
      `时延敏感型服务位于主机 0，${parameters.processes * parameters.threads} ` +
      `个尽力而为型线程，种子 ${seed}。`,
  };
}

const TIME: Text = { en: "Time (min)", zh: "时间（分钟）" };

interface Panel {
  readonly name: string;
  readonly label: Text;
  readonly unit: string;
  readonly domain: readonly [number, number];
  readonly axis: JsonObject;
  readonly values: (run: TestbedRun, shift: number) => ArrayLike<number>;
}

const PANELS: readonly Panel[] = [
  {
    name: "cpu",
    label: { en: "CPU (%)", zh: "CPU（%）" },
    unit: "%",
    domain: [0.72, 1],
    axis: { rangemode: "tozero", nticks: 4 },
    values: ({ columns, parameters }) => meansOfHosts(columns.hostUtilization, parameters.hosts),
  },
  {
    name: "lcP99",
    label: { en: "LC P99 (ms)", zh: "P99 时延（ms）" },
    unit: "ms",
    domain: [0.38, 0.66],
    axis: { rangemode: "tozero", nticks: 4 },
    values: ({ columns }) => columns.lcP99,
  },
  {
    name: "node",
    label: { en: "Node of BE", zh: "BE 节点" },
    unit: "",
    domain: [0, 0.3],
    axis: { dtick: 1, zeroline: false },
    values: ({ columns, parameters }, shift) =>
      nodesOfBe(columns.beThreads, parameters.hosts).map((node) => node + shift),
  },
];

/**
 * Returns the chart of configurations of the testbed over time: utilization of all CPUs, P99 of the LC
 * requests of each interval, and the node that all BE threads run on. Throws InputError for no run.
 */
export function testbedOverTime(runs: readonly TestbedRun[]): Figure {
  if (runs.length === 0) throw new InputError("no run to draw: run a configuration of the testbed first");
  const minutes = (run: TestbedRun): number[] =>
    Array.from(run.columns.lcP99, (_, i) => ((i + 1) * run.parameters.interval) / 60);
  const end = Math.max(...runs.flatMap(minutes));
  const names = runs.map(({ configuration }) => CONFIGURATIONS[configuration].label);
  return {
    name: "testbed-over-time",
    title: { en: "The testbed over time", zh: "测试平台随时间的变化" },
    caption: joinTexts(
      {
        en:
          "From the top, per interval between decisions: utilization of all CPUs; 99th percentile " +
          "of the simulated LC requests; the node that all BE threads run on (lines a little " +
          "apart; none while they are spread or there are none).",
        zh: "自上而下，每个决策间隔：全部 CPU 的利用率；仿真的时延敏感型请求的 P99 时延；全部尽力而为型线程所在的节点（各线略有错开；线程分散或无线程时不画）。",
      },
      describeTestbed(runs[0]),
    ),
    data: PANELS.flatMap((panel, p) =>
      runs.map((run, i) => ({
        type: "scatter",
        mode: "lines",
        name: names[i],
        line: { ...seriesLine(i), ...(panel.name === "node" ? { shape: "vh" } : {}) },
        legendgroup: run.configuration,
        showlegend: p === 0,
        ...(p === 0 ? {} : { yaxis: `y${p + 1}` }),
        x: numbers(minutes(run)),
        y: numbers(panel.values(run, (i - (runs.length - 1) / 2) * 0.08)),
        hovertemplate: `%{x:.2f} min: %{y:.3~g} ${panel.unit}<extra></extra>`,
      })),
    ),
    layout: {
      xaxis: { title: TIME, range: [0, end], anchor: `y${PANELS.length}` },
      ...Object.fromEntries(
        PANELS.map(({ label, domain, axis }, p) => [
          p === 0 ? "yaxis" : `yaxis${p + 1}`,
          { title: label, domain, ...axis },
        ]),
      ),
    },
    aspect: 1.15,
    table: {
      name: "testbed-over-time",
      caption: { en: "The testbed over time", zh: "测试平台随时间的变化" },
      columns: [
        column(
          "configuration",
          POLICY,
          "",
          runs.flatMap((run) => minutes(run).map(() => run.configuration)),
        ),
        column("time", TIME, "min", runs.flatMap(minutes)),
        ...PANELS.map(({ name, label, unit, values }) =>
          column(
            name,
            label,
            unit,
            runs.flatMap((run) => Array.from(values(run, 0))),
          ),
        ),
      ],
    },
  };
}

function seriesLine(n: number): JsonObject {
  const { color, dash } = seriesStyle(n);
  return { color, dash, width: 1.3, simplify: false };
}

function meansOfHosts(utilization: Float64Array, hosts: number): Float64Array {
  return Float64Array.from({ length: utilization.length / hosts }, (_, at) => {
    let sum = 0;
    for (let host = 0; host < hosts; host++) sum += utilization[at * hosts + host];
    return (100 * sum) / hosts;
  });
}

/** The one node with BE threads in each interval, NaN where there is none or several. */
function nodesOfBe(threads: Float64Array, hosts: number): Float64Array {
  return Float64Array.from({ length: threads.length / hosts }, (_, at) => {
    const nodes = Array.from({ length: hosts }, (_value, node) => node).filter(
      (node) => threads[at * hosts + node] > 0,
    );
    return nodes.length === 1 ? nodes[0] : NaN;
  });
}
