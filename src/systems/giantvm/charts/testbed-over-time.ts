import { CONFIGURATIONS } from "../testbed/configurations.js";
import type { TestbedRun } from "../testbed/run.js";
import { InputError } from "../../../base/errors.js";
import { lines } from "../../../charts/build/lines.js";
import { paperTable } from "../../../charts/build/paper-table.js";
import { POLICY } from "../../../charts/columns.js";
import type { Figure, JsonObject, Text } from "../../../charts/figure.js";
import { words } from "../../../charts/words/say.js";

/** Returns the caption's part that says what is modelled in a testbed run, and its seed. */
export function describeTestbed({ seed, parameters }: TestbedRun): Text {
  const { hosts, cpus, processes, threads } = parameters;
  return words.testbed.origin(hosts, cpus, processes * threads, seed);
}

/** The labels of the testbed's configurations. */
export const CONFIGURATION_NAMES: Readonly<Record<string, Text>> = Object.fromEntries(
  Object.entries(CONFIGURATIONS).map(([name, { label }]) => [name, label]),
);

/**
 * Returns the chart of testbed configurations over time: utilization of all CPUs, P99 of the LC requests of
 * each interval, and the node on which all BE threads run. Throws InputError for no run.
 */
export function testbedOverTime(runs: readonly TestbedRun[]): Figure {
  if (runs.length === 0) throw new InputError("no run to draw: run a configuration of the testbed first");
  const rows = runs.flatMap(rowsOf);
  // Shift the lines slightly, so that lines on the same node do not hide each other.
  const shift = new Map(runs.map((run, i) => [run.configuration, (i - (runs.length - 1) / 2) * 0.08]));
  const options = {
    name: "testbed-over-time",
    caption: words.testbed.overTime.caption,
    labels: {
      configuration: POLICY,
      time: { label: words.common.time, unit: "min" },
      cpu: { label: words.testbed.overTime.cpu, unit: "%" },
      lcP99: { label: words.testbed.overTime.lcP99, unit: "ms" },
      node: words.testbed.overTime.node,
    },
  };
  const figure = lines(
    rows.map((row) => ({ ...row, node: row.node + shift.get(row.configuration)! })),
    {
      ...options,
      x: "time",
      y: ["cpu", "lcP99", "node"],
      color: "configuration",
      title: words.testbed.overTime.title,
      source: describeTestbed(runs[0]),
      names: CONFIGURATION_NAMES,
      looks: Object.fromEntries(runs.map(({ configuration }) => [configuration, { mode: "lines" }])),
      ranges: { time: [0, Math.max(...rows.map(({ time }) => time))], node: "fit" },
      axes: {
        time: { title: words.testbed.decisions.time(true) },
        cpu: { nticks: 4 },
        lcP99: { nticks: 4 },
        node: { dtick: 1 },
      },
      aspect: 0.34,
    },
  );
  return { ...figure, data: figure.data.map(inStairs), table: paperTable(rows, options) };
}

/** Draws the node as steps, because the work stays on a node until it moves. */
function inStairs(trace: JsonObject): JsonObject {
  return trace.yaxis === "y3" ? { ...trace, line: { ...(trace.line as JsonObject), shape: "vh" } } : trace;
}

function rowsOf({ configuration, columns, parameters: { hosts, interval } }: TestbedRun) {
  const cpu = meansOfHosts(columns.hostUtilization, hosts);
  const node = nodesOfBe(columns.beThreads, hosts);
  return Array.from(columns.lcP99, (lcP99, i) => ({
    configuration,
    time: ((i + 1) * interval) / 60,
    cpu: cpu[i],
    lcP99,
    node: node[i],
  }));
}

function meansOfHosts(utilization: Float64Array, hosts: number): Float64Array {
  return Float64Array.from({ length: utilization.length / hosts }, (_, at) => {
    let sum = 0;
    for (let host = 0; host < hosts; host++) sum += utilization[at * hosts + host];
    return (100 * sum) / hosts;
  });
}

/** Returns the only node with BE threads in each interval; NaN where there is none or more than one. */
function nodesOfBe(threads: Float64Array, hosts: number): Float64Array {
  return Float64Array.from({ length: threads.length / hosts }, (_, at) => {
    const nodes = Array.from({ length: hosts }, (_value, node) => node).filter(
      (node) => threads[at * hosts + node] > 0,
    );
    return nodes.length === 1 ? nodes[0] : NaN;
  });
}
