/**
 * The looks of series: one for each policy, mechanism, configuration, architecture and order, the same in
 * every chart.
 */
import { MIGRATIONS } from "../cluster/migration/presets.js";
import { POLICIES } from "../policies/index.js";

/**
 * Okabe and Ito's palette (Color Universal Design, 2008) without its yellow, which is hard to see on paper.
 */
export const PALETTE: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#000000",
  "#56B4E9",
  "#E69F00",
];
/** Colors of names that no registry has, such as users' own policies: no built-in policy has them. */
const OWN_COLORS: readonly string[] = ["#882255", "#8C7A00", "#332288"];
const DASHES = ["solid", "dash", "dot", "dashdot", "longdash"] as const;
const SYMBOLS = [
  ...["circle", "square", "diamond", "triangle-up", "x", "triangle-down", "star", "cross", "triangle-left"],
  ...["hexagon", "bowtie", "triangle-right", "hourglass"],
];
/** Hatchings that distinguish bars in gray print. */
const PATTERNS = ["", "/", "x", "-", ".", "\\", "+", "|"] as const;

/** A series's color, dash, marker and hatching. Each alone distinguishes neighbors, also in gray print. */
export interface SeriesStyle {
  readonly color: string;
  readonly dash: string;
  readonly symbol: string;
  /** Hatching of bars. */
  readonly pattern: string;
}

/** Returns the style of the n-th series. 455 styles differ; the first 13 differ in their marker. */
export function seriesStyle(n: number, colors: readonly string[] = PALETTE): SeriesStyle {
  return {
    color: colors[n % colors.length],
    dash: DASHES[n % DASHES.length],
    symbol: SYMBOLS[n % SYMBOLS.length],
    pattern: PATTERNS[n % PATTERNS.length],
  };
}

/** The names of one kind of thing; a name's place is the number of its style. */
type Kind = readonly string[];

/** Policies that are drawn together most often: the first seven differ in color. */
const COMMON_POLICIES: Kind = [
  ...["gini-greedy", "threshold", "least-loaded", "steal-time", "no-migration", "random-migration"],
  ...["quincy-flow", "steal-ewma", "best-fit", "power-of-two", "koord-low-node-load", "sandpiper"],
  ...["first-fit", "thr-mmt", "round-robin", "random"],
];
const COMMON_MECHANISMS: Kind = [
  ...["pre-copy", "post-copy", "stop-and-copy", "container", "vm", "giantvm", "pre-copy-xen", "lazy-copy"],
  // Places whose colors differ from those of the other three rules of pre-copy.
  ...["pre-copy-thesis", "pre-copy-qemu"],
];

/** The columns whose values are things with looks of their own; a name that is not known gets a free look. */
const KINDS: Readonly<Record<string, Kind>> = {
  policy: withOthers(
    COMMON_POLICIES,
    POLICIES.map(({ name }) => name),
  ),
  migration: withOthers(COMMON_MECHANISMS, Object.keys(MIGRATIONS)),
  configuration: ["las", "naive", "las-robust", "numa-balancing", "without-be"],
  transport: ["rdma", "ipoib", "tcp"],
  // Those that are drawn together differ in color: shared cells, sampling, and short jobs apart from long.
  architecture: [
    ...["omega", "monolithic-single", "static-partition", "mesos-offers", "omniscient", "batch-sampling"],
    ...["hawk", "sparrow", "random-sampling", "per-task-sampling", "eagle", "monolithic-multi", "pigeon"],
    ...["mesos-drf", "ideal-eagle", "central-least-work"],
  ],
  // The first and the last have one color: they are not drawn together.
  order: ["fair", "critical-path", "fifo", "tetris", "random", "graphene", "srpt", "heft"],
};

function withOthers(common: Kind, all: Kind): Kind {
  return [...common, ...all.filter((name) => !common.includes(name))];
}

/** Limits and references, which are not policies: gray and black. */
const REFERENCES: Readonly<Record<string, SeriesStyle>> = {
  bound: { color: "#555555", dash: "dot", symbol: "circle-open", pattern: "" },
  "no-co-location": { color: "#888888", dash: "dot", symbol: "square-open", pattern: "/" },
  "perfectly-even": { color: "#111111", dash: "solid", symbol: "diamond-open", pattern: "" },
};

/** The largest number of free looks: own colors, dashes and markers repeat together only after it. */
const FREE = 195;

/**
 * Returns the style of each value of a color column. Values of a column of policies, migration mechanisms,
 * configurations of the testbed, transports, scheduler architectures or orders of tasks have the same style
 * in every chart; their names are recognized in other columns, too (one of several kinds as the first of
 * them). A name that is not known gets a style from its letters in such a column, else the next style that
 * the chart has not used. No two values share a style.
 */
export function stylesOf(column: string, values: readonly string[]): SeriesStyle[] {
  const found = new Map<string, SeriesStyle>();
  const used = new Set<string>();
  const take = (value: string, style: SeriesStyle): boolean => {
    const key = `${style.color} ${style.dash} ${style.symbol}`;
    if (used.has(key)) return false;
    used.add(key);
    found.set(value, style);
    return true;
  };
  for (const value of values) {
    const n = numberOf(column, value);
    if (Object.hasOwn(REFERENCES, value)) take(value, REFERENCES[value]);
    else if (n >= 0) take(value, seriesStyle(n));
  }
  // In the order of the alphabet, so that the order of rows does not matter where two names meet.
  const others = values.filter((value) => !found.has(value));
  const isKind = Object.hasOwn(KINDS, column);
  for (const value of isKind ? [...others].sort() : others) {
    let n = isKind ? hashOf(value) % FREE : 0;
    while (!take(value, isKind ? seriesStyle(n, OWN_COLORS) : seriesStyle(n))) n++;
  }
  return values.map((value) => found.get(value)!);
}

/** Returns the number of the style of a known name, -1 for others; the column's own kind comes first. */
function numberOf(column: string, value: string): number {
  const kinds = Object.hasOwn(KINDS, column) ? [KINDS[column]] : Object.values(KINDS);
  return kinds.map((names) => names.indexOf(value)).find((n) => n >= 0) ?? -1;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}
