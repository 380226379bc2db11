import { CONFIGURATIONS } from "../testbed/configurations.js";
import type { TestbedRun } from "../testbed/run.js";
import { InputError } from "../../../base/errors.js";
import { writeNumber } from "../../../base/write-numbers.js";
import { arrange } from "../../../charts/build/arrange.js";
import { lines } from "../../../charts/build/lines.js";
import { paperTable } from "../../../charts/build/paper-table.js";
import { timeline } from "../../../charts/build/timeline.js";
import { withProvenance } from "../../../charts/captions.js";
import { toText, type Figure, type Text } from "../../../charts/figure.js";
import { stylesOf } from "../../../charts/looks.js";
import { USE_COLORS } from "../../../charts/use-colors.js";
import { words } from "../../../charts/words/words.js";
import { giantVmWords } from "./words/words.js";

/** Returns the sentence that says what is modelled in a testbed run, and its seed. */
export function describeTestbed({ seed, parameters }: TestbedRun): Text {
  const { hosts, cpus, processes, threads } = parameters;
  return giantVmWords.testbed.origin(hosts, cpus, processes * threads, seed);
}

/** The labels of the testbed's configurations. */
export const CONFIGURATION_NAMES: Readonly<Record<string, Text>> = Object.fromEntries(
  Object.entries(CONFIGURATIONS).map(([name, { label }]) => [name, label]),
);

/** The colors of LC work, of BE work, and of other work on a host, in all charts of the testbed. */
export const WORK_COLORS = { ...USE_COLORS, burst: "#9a9a9a" } as const;
/** The largest number of runs side by side; more are one below the other. */
const MOST_ACROSS = 3;

/**
 * Returns the timelines of testbed runs, side by side: a row for each host with the CPU that LC work and
 * bursts of other work take, the BE threads on it, and their moves; below, on the same time axis, the P99 of
 * the LC requests of each interval. Throws InputError for no run.
 */
export function testbedOverTime(runs: readonly TestbedRun[]): Figure {
  if (runs.length === 0) throw new InputError("no run to draw: run a configuration of the testbed first");
  const finite = runs.flatMap(({ columns }) => Array.from(columns.lcP99)).filter(Number.isFinite);
  const isBeside = runs.length <= MOST_ACROSS;
  // Heights are relative to widths, and a single column is wide.
  const shape = { flat: MOST_ACROSS / (isBeside ? runs.length : 1), highest: Math.max(0, ...finite) };
  const hosts = runs.map((run) => hostsOf(run, shape));
  const tails = runs.map((run) => tailOf(run, shape));
  const { overTime } = giantVmWords.testbed;
  const figure = arrange(isBeside ? [...hosts, ...tails] : runs.flatMap((_, i) => [hosts[i], tails[i]]), {
    name: "testbed-over-time",
    title: overTime.title,
    says: overTime.says(runs.map(outcomeOf)),
    caption: overTime.caption,
    across: isBeside ? runs.length : 1,
    share: "both",
    width: "page",
  });
  return withProvenance(figure, overTime.method, describeTestbed(runs[0]));
}

function movesOf({ decisions }: TestbedRun): { time: number; from: number; to: number }[] {
  return decisions.flatMap(({ seconds, moves }) =>
    moves.map(({ from, to }) => ({ time: seconds / 60, from, to })),
  );
}

/** Returns the P99 of all LC requests; undefined without requests. */
function p99Of({ latencies }: TestbedRun): string | undefined {
  return latencies.count() === 0 ? undefined : `${writeNumber(latencies.quantile(0.99), 3)} ms`;
}

function outcomeOf(run: TestbedRun): Text {
  const { label } = CONFIGURATIONS[run.configuration];
  return giantVmWords.testbed.overTime.outcome(label, p99Of(run) ?? "–", movesOf(run).length);
}

/** How flat panels are, and the highest P99 of all runs, which share an axis. */
interface Shape {
  readonly flat: number;
  readonly highest: number;
}

function hostsOf(run: TestbedRun, { flat }: Shape): Figure {
  const { configuration, columns, parameters } = run;
  const { hosts, interval, processes, threads } = parameters;
  const { overTime, decisions } = giantVmWords.testbed;
  const intervals = columns.lcP99.length;
  const moves = movesOf(run);
  const pressure = (host: number, at: number): number => columns.hostPressure[at * hosts + host];
  const be = (host: number, at: number): number => columns.beThreads[at * hosts + host];
  const rows = Array.from({ length: intervals * hosts }, (_, i) => {
    const [at, host] = [Math.floor(i / hosts), i % hosts];
    const busy = 100 * columns.hostUtilization[i];
    const time = ((at + 1) * interval) / 60;
    return { configuration, time, host, busy, outside: 100 * pressure(host, at), be: be(host, at) };
  });
  return timeline({
    name: "hosts",
    title: overTime.moves(CONFIGURATIONS[configuration].label, moves.length),
    caption: overTime.caption,
    rows: Array.from({ length: hosts }, (_, host) => toText(String(host))),
    rowsTitle: overTime.host,
    times: Array.from({ length: intervals + 1 }, (_, at) => (at * interval) / 60),
    timeTitle: decisions.time(true),
    layers: [
      {
        name: overTime.be,
        color: WORK_COLORS.be,
        lane: "upper",
        height: (host, at) => be(host, at) / Math.max(1, processes * threads),
      },
      {
        name: overTime.lc,
        color: WORK_COLORS.lc,
        lane: "lower",
        height: (host, at) => (host === 0 ? pressure(host, at) : 0),
      },
      {
        name: overTime.burst,
        color: WORK_COLORS.burst,
        pattern: "/",
        lane: "lower",
        height: (host, at) => (host === 0 ? 0 : pressure(host, at)),
      },
    ],
    moves,
    moveName: decisions.move,
    aspect: Math.min(2, 0.26 * hosts) / flat,
    table: paperTable(rows, { name: "hosts", caption: overTime.title, labels: overTime.columns }),
  });
}

function tailOf(run: TestbedRun, { flat, highest }: Shape): Figure {
  const { configuration, columns, parameters } = run;
  const { interval } = parameters;
  const { overTime, decisions } = giantVmWords.testbed;
  const [{ color, dash }] = stylesOf("configuration", [configuration]);
  const end = (columns.lcP99.length * interval) / 60;
  const figure = lines(
    Array.from(columns.lcP99, (lcP99, at) => ({ configuration, time: ((at + 1) * interval) / 60, lcP99 })),
    {
      x: "time",
      y: "lcP99",
      name: "tail",
      title: overTime.p99(p99Of(run) ?? "–"),
      series: CONFIGURATIONS[configuration].label,
      look: { color, dash, mode: "lines" },
      labels: {
        configuration: words.common.policy,
        time: { label: words.common.time, unit: "min" },
        lcP99: { label: overTime.lcP99, unit: "ms" },
      },
      ranges: { time: [0, end], ...(highest > 0 ? { lcP99: [0, 1.08 * highest] } : {}) },
      axes: { time: { title: decisions.time(true) }, lcP99: { nticks: 4 } },
      columns: ["configuration", "time", "lcP99"],
      aspect: Math.max(0.2, 0.42 / flat),
    },
  );
  // Its panel has the name of the configuration.
  return { ...figure, data: figure.data.map((trace) => ({ ...trace, showlegend: false })) };
}
