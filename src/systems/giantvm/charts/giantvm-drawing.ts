/** Draws the GiantVM of a testbed run: its hosts, the guest that spans them, and what runs where. */
import { HIT_SECONDS } from "../dsm/run.js";
import { REQUEST_BYTES, transportLatencies, TRANSPORTS, type Transport } from "../dsm/transports.js";
import type { TestbedRun } from "../testbed/run.js";
import { InputError } from "../../../base/errors.js";
import { writeNumber } from "../../../base/write-numbers.js";
import { diagram, type DiagramArrow, type DiagramBox } from "../../../charts/build/diagram.js";
import { withProvenance } from "../../../charts/captions.js";
import type { Figure, JsonObject, Text } from "../../../charts/figure.js";
import { words } from "../../../charts/words/words.js";
import { giantVmWords } from "./words/words.js";
import { describeTestbed, WORK_COLORS } from "./testbed-over-time.js";

/** The drawing's width in units, hosts in a row, and the gap between hosts. */
const [WIDTH, MOST_HOSTS, GAP] = [60, 4, 2];
/** Heights: of the guest's title, a node, the gap to its host, a host, and the gap to the network with it. */
const [HEAD, NODE, BETWEEN, HOST, LINK, NETWORK] = [1.9, 5, 0.9, 5.2, 1.7, 2.3];
const ROW = HEAD + NODE + BETWEEN + HOST + LINK + NETWORK + 1;
/** The largest number of vCPUs of a node that are drawn one by one. */
const MOST_CPUS = 12;
const FILLS = { guest: "#e4f0fa", node: "#ffffff", host: "#f1f1f1", network: "#f7efd9" } as const;

/** The place of a host: its number, and the upper left corner of its column. */
interface Place {
  readonly host: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/**
 * Returns the drawing of a testbed run after one of its intervals: hosts and their nodes of the guest, the LC
 * service on host 0, the other work, the BE threads where they are, and the network with the measured time
 * to fetch a page over each transport. A live chart has a slider over the intervals. Throws InputError for an
 * interval that the run does not have.
 *
 * @param options `interval`: the number of the interval, from 0. Default: the last.
 */
export function giantVmDrawing(
  run: TestbedRun,
  { interval = run.columns.lcP99.length - 1 }: { readonly interval?: number } = {},
): Figure {
  const { hosts, cpus } = run.parameters;
  const intervals = run.columns.lcP99.length;
  if (!(Number.isInteger(interval) && interval >= 0 && interval < intervals))
    throw new InputError(`invalid interval: ${interval}; the run has ${intervals}`);
  const across = Math.min(hosts, MOST_HOSTS);
  const width = (WIDTH - GAP * (across - 1)) / across;
  const places = Array.from({ length: hosts }, (_, host): Place => {
    const [row, column] = [Math.floor(host / MOST_HOSTS), host % MOST_HOSTS];
    return { host, x: column * (width + GAP), y: 0.1 + row * ROW, width };
  });
  const { drawing } = giantVmWords.testbed;
  const rows = Math.ceil(hosts / MOST_HOSTS);
  const pages = TRANSPORTS.map(pageOf);
  const figure = diagram({
    name: "giantvm",
    title: drawing.title,
    says: drawing.says(hosts, hosts * cpus, ...factsOf(pages)),
    caption: drawing.caption,
    size: [WIDTH, rows * ROW - 0.8],
    boxes: [
      ...Array.from({ length: rows }, (_, row) => bandsOf(row, run, pages)).flat(),
      ...places.flatMap((place) => hostOf(place, run)),
    ],
    arrows: places.map(({ host }): DiagramArrow => ({
      from: `host${host}`,
      to: `network${Math.floor(host / MOST_HOSTS)}`,
      heads: "both",
    })),
    traces: workOf(places, run, interval),
  });
  const { duration } = run.parameters;
  const steps = Array.from({ length: intervals }, (_, at) => ({
    name: drawing.second(Math.round(((at + 1) * duration) / intervals)),
    changes: workOf(places, run, at).map(({ x, y, text }) => ({ x, y, text })),
  }));
  const animation = { label: words.common.time, shown: interval, steps };
  return withProvenance({ ...figure, animation }, describeTestbed(run));
}

interface PageTime {
  readonly transport: Transport;
  readonly micros: number;
}

/** Returns the measured microseconds of a request of 4 KiB. */
function pageOf(transport: Transport): PageTime {
  const table = transportLatencies();
  const names = table.array("transport") as string[];
  const bytes = table.array("bytes") as number[];
  const row = names.findIndex((name, i) => name === transport && bytes[i] === 4096);
  if (row < 0) throw new InputError(`no request of 4096 bytes among ${REQUEST_BYTES.join(", ")}`);
  return { transport, micros: (table.array("micros") as number[])[row] };
}

/** Returns the fastest and the slowest transport with their times, and both times over a local access's. */
function factsOf(pages: readonly PageTime[]): [string, string, string, string, string, string] {
  const sorted = [...pages].sort((a, b) => a.micros - b.micros);
  const ends = [sorted[0], sorted[sorted.length - 1]];
  return ends.flatMap(({ transport, micros }) => [
    TRANSPORT_NAMES[transport],
    writeNumber(micros),
    writeNumber(Math.round((micros * 1e-6) / HIT_SECONDS)),
  ]) as [string, string, string, string, string, string];
}

/** The displayed names of the transports. */
const TRANSPORT_NAMES: Readonly<Record<Transport, string>> = {
  rdma: "RDMA",
  ipoib: "IPoIB",
  tcp: "TCP",
};

/** Returns what spans a row of hosts: the guest's band, and the network below. */
function bandsOf(row: number, { parameters }: TestbedRun, pages: readonly PageTime[]): DiagramBox[] {
  const { hosts, cpus } = parameters;
  const { drawing } = giantVmWords.testbed;
  const y = 0.1 + row * ROW;
  const isFirst = row === 0;
  const times = pages.map(({ transport, micros }) =>
    drawing.time(TRANSPORT_NAMES[transport], writeNumber(micros)),
  );
  return [
    {
      id: `guest${row}`,
      x: 0,
      y,
      width: WIDTH,
      height: HEAD + NODE + 0.45,
      text: isFirst ? drawing.guest(hosts * cpus, hosts) : drawing.sameGuest,
      place: "top",
      fill: FILLS.guest,
      line: "#0072B2",
      dash: "dash",
    },
    {
      id: `network${row}`,
      x: 0,
      y: y + HEAD + NODE + BETWEEN + HOST + LINK,
      width: WIDTH,
      height: NETWORK,
      text: isFirst ? drawing.network(times) : drawing.sameNetwork,
      fill: FILLS.network,
    },
  ];
}

function hostOf({ host, x, y, width }: Place, { parameters }: TestbedRun): DiagramBox[] {
  const { cpus, background } = parameters;
  const { drawing } = giantVmWords.testbed;
  const [top, foot] = [y + HEAD, y + HEAD + NODE + BETWEEN];
  const isLc = host === 0;
  return [
    {
      x: x + 0.4,
      y: top,
      width: width - 0.8,
      height: NODE,
      text: drawing.node(host, cpus),
      place: "top",
      fill: FILLS.node,
    },
    ...vcpusOf({ host, x, y, width }, cpus),
    {
      id: `host${host}`,
      x,
      y: foot,
      width,
      height: HOST,
      text: drawing.host(host, cpus),
      place: "top",
      fill: FILLS.host,
    },
    {
      x: x + 0.6,
      y: foot + 1.75,
      width: width - 1.2,
      height: HOST - 2.25,
      text: isLc ? drawing.lc(cpus) : drawing.other(writeNumber(100 * background, 2)),
      ...(isLc ? { fill: WORK_COLORS.lc, ink: "#ffffff" } : { fill: "#dcdcdc" }),
    },
  ];
}

/** Returns the squares of a node's vCPUs. */
function vcpusOf(place: Place, cpus: number): DiagramBox[] {
  const { size, left, top } = squares(place, cpus);
  return Array.from({ length: Math.min(cpus, MOST_CPUS) }, (_, i) => ({
    x: left + i * size * 1.25,
    y: top,
    width: size,
    height: size,
    line: "#777777",
  }));
}

function squares({ x, y, width }: Place, cpus: number): { size: number; left: number; top: number } {
  const count = Math.min(cpus, MOST_CPUS);
  const size = Math.min(1.1, (width - 2) / (count * 1.25));
  const left = x + (width - size * (1.25 * count - 0.25)) / 2;
  return { size, left, top: y + HEAD + 1.95 };
}

/** Returns the BE threads after an interval: markers on vCPUs, and their number. */
function workOf(places: readonly Place[], { columns, parameters }: TestbedRun, at: number): JsonObject[] {
  const { hosts, cpus } = parameters;
  const { drawing } = giantVmWords.testbed;
  const threads = places.map(({ host }) => columns.beThreads[at * hosts + host]);
  const marks = places.flatMap((place, i) => {
    const { size, left, top } = squares(place, cpus);
    const count = Math.min(threads[i], Math.min(cpus, MOST_CPUS));
    return Array.from(
      { length: count },
      (_, k) => [left + k * size * 1.25 + size / 2, top + size / 2] as const,
    );
  });
  return [
    {
      type: "scatter",
      mode: "markers",
      showlegend: false,
      x: marks.map(([x]) => x),
      y: marks.map(([, y]) => y),
      text: marks.map(() => drawing.thread),
      marker: { symbol: "square", size: 9, color: WORK_COLORS.be, line: { color: "#111111", width: 0.8 } },
      hovertemplate: "%{text}<extra></extra>",
    },
    {
      type: "scatter",
      mode: "text",
      showlegend: false,
      x: places.map(({ x, width }) => x + width / 2),
      y: places.map(({ y }) => y + HEAD + NODE - 1),
      text: threads.map((count): Text | string => (count > 0 ? drawing.threads(count) : "")),
      hoverinfo: "skip",
    },
  ];
}
