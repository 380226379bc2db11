/** Charts of distributed shared memory: transports, patterns of sharing, kernels. */
import type { KernelRow, PatternRow, ThrashingRow } from "../giantvm/dsm/study.js";
import { MEASURED_TRANSPORTS, REQUEST_BYTES, TRANSPORTS, type Transport } from "../giantvm/dsm/transports.js";
import { bars } from "./build/bars.js";
import { lines } from "./build/lines.js";
import type { ColumnLabel } from "./build/options.js";
import type { Figure, Text } from "./figure.js";
import { say } from "./words/say.js";

const SLOWDOWN: ColumnLabel = { label: say(({ dsm }) => dsm.slowdown), unit: "×" };
const TRANSPORT = say(({ dsm }) => dsm.transport);
const LOG = { x: "log", y: "log" } as const;
const XY = { x: "x", y: "y", color: "series" } as const;

/**
 * Returns the chart of how long a request of the DSM takes by its size, as measured, over the three
 * transports.
 */
export function transportLatency(): Figure {
  const rows = TRANSPORTS.flatMap((transport) =>
    MEASURED_TRANSPORTS[transport].micros.map((y, i) => ({
      series: nameOf(transport),
      x: REQUEST_BYTES[i],
      y,
    })),
  );
  return lines(rows, {
    ...XY,
    name: "dsm-transport-latency",
    title: say(({ dsm }) => dsm.latency.title),
    caption: say(({ dsm }) => dsm.latency.caption),
    labels: {
      x: { label: say(({ dsm }) => dsm.latency.request), unit: "KiB", scale: 1 / 1024 },
      y: { label: say(({ dsm }) => dsm.latency.latency), unit: "μs" },
      series: TRANSPORT,
    },
    scales: LOG,
  });
}

/**
 * Returns the chart of how much slower memory becomes with each pattern of sharing, one bar per transport.
 */
export function sharingPatterns(rows: readonly PatternRow[], about: Text): Figure {
  const nameOfPattern = (pattern: PatternRow["pattern"]): Text => say(({ dsm }) => dsm.patterns[pattern]);
  const names = rows.map(({ pattern }) => nameOfPattern(pattern));
  return bars(
    rows.map(({ pattern, transport, slowdown }) => ({
      category: nameOfPattern(pattern).en,
      series: nameOf(transport),
      value: slowdown,
    })),
    {
      x: "category",
      y: "value",
      columns: ["category", "series", "value"],
      color: "series",
      name: "dsm-sharing-patterns",
      title: say(({ dsm }) => dsm.sharing.title),
      caption: say(({ dsm }) => dsm.sharing.caption),
      source: about,
      labels: { category: say(({ dsm }) => dsm.sharing.pattern), value: SLOWDOWN, series: TRANSPORT },
      names: Object.fromEntries(names.map((name) => [name.en, name])),
      scales: { value: "log" },
      aspect: 0.75,
    },
  );
}

/** Returns the chart of page thrashing: how much slower shared pages become as more accesses are writes. */
export function thrashingByWrites(rows: readonly ThrashingRow[], about: Text): Figure {
  return lines(
    rows.map(({ transport, writeShare, slowdown }) => ({
      series: nameOf(transport),
      x: writeShare,
      y: slowdown,
    })),
    {
      ...XY,
      name: "dsm-thrashing",
      title: say(({ dsm }) => dsm.thrashing.title),
      caption: say(({ dsm }) => dsm.thrashing.caption),
      source: about,
      labels: {
        x: { label: say(({ dsm }) => dsm.thrashing.writes), unit: "%", scale: 100 },
        y: SLOWDOWN,
        series: TRANSPORT,
      },
      scales: LOG,
    },
  );
}

/**
 * How many times faster Barrelfish's web server was than Linux's on GiantVM (Zhang et al., VEE 2020,
 * abstract).
 */
export const PUBLISHED_KERNEL_GAP = 6.4;

/**
 * Returns the chart of how many times faster a web server is on a multikernel than on a monolithic kernel, by
 * the share of its memory accesses that go to kernel data; a curve a number of nodes, and the published
 * factor.
 */
export function kernelGap(rows: readonly KernelRow[], about: Text): Figure {
  const drawn = rows.filter(({ kernel }) => kernel === "monolithic");
  const sharing = drawn.map((row) => row.sharing);
  const measured = say(({ dsm }) => dsm.kernels.measured(PUBLISHED_KERNEL_GAP));
  const names = drawn.map(({ nodes }) => say(({ dsm }) => dsm.kernels.nodeCount(String(nodes))));
  return lines(
    [
      ...drawn.map((row, i) => ({ series: names[i].en, x: row.sharing, y: row.gap })),
      ...[Math.min(...sharing), Math.max(...sharing)].map((x) => ({
        series: measured.en,
        x,
        y: PUBLISHED_KERNEL_GAP,
      })),
    ],
    {
      ...XY,
      name: "dsm-kernel-gap",
      title: say(({ dsm }) => dsm.kernels.title),
      caption: say(({ dsm }) => dsm.kernels.caption),
      source: about,
      labels: {
        x: { label: say(({ dsm }) => dsm.kernels.accesses), unit: "%", scale: 100 },
        y: { label: say(({ dsm }) => dsm.kernels.gap), unit: "×" },
        series: say(({ dsm }) => dsm.kernels.nodes),
      },
      names: Object.fromEntries([...names, measured].map((name) => [name.en, name])),
      looks: { [measured.en]: { mode: "lines" } },
      ranges: { x: "zero" },
    },
  );
}

function nameOf(transport: Transport): string {
  return MEASURED_TRANSPORTS[transport].name;
}
