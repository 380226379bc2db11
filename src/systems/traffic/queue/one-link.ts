/** Mean completion times and slowdowns of flows that share one link (M/G/1), in closed form. */
import {
  meanBytes,
  meanSquare,
  momentBelow,
  shareBelow,
  type SizeDistribution,
} from "../sizes/distribution.js";
import {
  checkKeys,
  checkValue,
  oneOf,
  optional,
  whole,
  type Check,
  type Checks,
} from "../../../base/checks.js";
import { ascending, SIZES, STABLE_LOAD } from "../check.js";
import { levelTimes } from "./mlfq.js";
import { classOf, type Scaled, type Sums } from "./scaled.js";

/** Flows of a range of sizes, or all. Times are in units of (mean size) / (link rate). */
export interface ClassMeans {
  /** Share of the flows. */
  readonly share: number;
  readonly completionTime: number;
  /** Mean of the completion time over that of a flow alone on the link. */
  readonly slowdown: number;
}

export interface OneLinkMeans extends ClassMeans {
  /** Up to `limits[0]` bytes, then up to `limits[1]`, and so on; the last class is the rest. */
  readonly classes: readonly ClassMeans[];
}

/**
 * - "ps": processor sharing, which is fair sharing of the link: x / (1 - rho).
 * - "srpt": the least remaining bytes first (Schrage and Miller, Operations Research 14, 1966).
 * - "fb": the flow with the fewest bytes sent first (least attained service, foreground-background).
 * - "mlfq": queues by bytes sent, fair sharing inside each queue (Kleinrock and Muntz, JACM 19, 1972).
 * - "mlfq-fcfs": the same with one flow after the other inside each queue (Kleinrock, Queueing Systems 2,
 *   1976, 4.7). The mean slowdown of the class of the smallest sizes is infinite where
 *   sizes begin at 0, hence NaN.
 */
export type OneLinkDiscipline = "ps" | "srpt" | "fb" | "mlfq" | "mlfq-fcfs";

const QUEUED: readonly OneLinkDiscipline[] = ["mlfq", "mlfq-fcfs"];
const DISCIPLINE = oneOf(["ps", "srpt", "fb", ...QUEUED]);

export interface OneLinkOptions {
  /** Bytes, ascending; for "mlfq" and "mlfq-fcfs" only. */
  readonly thresholds?: ArrayLike<number>;
  /** Upper ends of the classes of sizes, in bytes, ascending. Default 100 KB and 10 MB. */
  readonly limits?: readonly number[];
  /** Cells of the integral equation for each queue, 4 to 2000. Default 160. */
  readonly cells?: number;
}

export const CELLS = whole(4, 2000);

const OPTIONS: Checks<OneLinkOptions> = {
  thresholds: optional(ascending()),
  limits: optional(ascending()),
  cells: optional(CELLS),
};

/**
 * Returns mean completion time and mean slowdown of flows on one link, over all flows and by class of sizes.
 * Throws InputError for a load that is not above 0 and below 1, for thresholds that do not ascend, and for
 * thresholds of a discipline that has none.
 */
export function oneLink(
  sizes: SizeDistribution,
  load: number,
  discipline: OneLinkDiscipline,
  options: OneLinkOptions = {},
): OneLinkMeans {
  checkKeys("oneLink", options, OPTIONS);
  const { thresholds = [], limits = [1e5, 1e7], cells = 160 } = options;
  checkValue("sizes of oneLink", sizes, SIZES);
  checkValue("load of oneLink", load, STABLE_LOAD);
  checkValue("discipline of oneLink", discipline, DISCIPLINE);
  checkValue(
    "thresholds of oneLink",
    thresholds,
    QUEUED.includes(discipline) ? ascending() : noThresholds(discipline),
  );
  const mean = meanBytes(sizes);
  const scaled = scale(sizes, load, limits);
  const sums = emptySums(limits.length + 1);
  if (discipline === "mlfq" || discipline === "mlfq-fcfs") {
    const inside = Array.from(thresholds, (bytes) => bytes / mean).filter((x) => x < scaled.edges.at(-1)!);
    if (discipline === "mlfq") levelTimes(scaled, inside, cells, sums);
    else fcfsTimes(scaled, inside, sums);
  } else {
    integrate(scaled, scaled.edges, timeOf(discipline, scaled), sums);
  }
  return meansOf(sums);
}

/** Lets thresholds pass that are not there. */
function noThresholds(discipline: string): Check {
  return (value) =>
    (value as ArrayLike<number>).length === 0 ? undefined : `leave them out: ${discipline} has no queues`;
}

function scale(sizes: SizeDistribution, load: number, limits: readonly number[]): Scaled {
  const mean = meanBytes(sizes);
  const own = sizes.bytes.map((bytes) => bytes / mean);
  const ends = limits.map((limit) => limit / mean);
  const inside = ends.filter((x) => x > own[0] && x < own[own.length - 1]);
  return {
    sizes: { ...sizes, bytes: own },
    load,
    edges: [...new Set([...own, ...inside])].sort((a, b) => a - b),
    limits: ends,
  };
}

function emptySums(classes: number): Sums {
  return {
    share: new Float64Array(classes),
    time: new Float64Array(classes),
    slowdown: new Float64Array(classes),
  };
}

function meansOf({ share, time, slowdown }: Sums): OneLinkMeans {
  const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);
  const means = (s: number, t: number, d: number): ClassMeans => ({
    share: s,
    completionTime: t / s,
    slowdown: d / s,
  });
  return {
    ...means(total(share), total(time), total(slowdown)),
    classes: Array.from(share, (s, i) => means(s, time[i], slowdown[i])),
  };
}

/** Returns the completion time of a flow of size x; it is asked in ascending order. */
function timeOf(discipline: "ps" | "srpt" | "fb", { sizes, load }: Scaled): (x: number) => number {
  switch (discipline) {
    case "ps":
      return (x) => x / (1 - load);
    case "fb":
      return (x) => {
        const idle = 1 - load * meanBytes(sizes, x);
        return (load * meanSquare(sizes, x)) / (2 * idle * idle) + x / idle;
      };
    case "srpt":
      return srptTime(sizes, load);
  }
}

/** Waiting for the work of flows with fewer remaining bytes, then being served between them. */
function srptTime(sizes: SizeDistribution, load: number): (x: number) => number {
  const idle = (x: number): number => 1 - load * momentBelow(sizes, x, 1);
  let reached = 0;
  let residence = 0;
  return (x) => {
    // The integrand has kinks at the knots, so that no piece may cross one.
    for (const knot of [...sizes.bytes.filter((b) => b > reached && b < x), x]) {
      residence += gauss(reached, knot, (t) => 1 / idle(t));
      reached = knot;
    }
    return (load * meanSquare(sizes, x)) / (2 * idle(x) ** 2) + residence;
  };
}

/** The queues one after the other, first come first served: the work above a flow, then its own. */
function fcfsTimes(scaled: Scaled, thresholds: readonly number[], sums: Sums): void {
  const { sizes, load, edges } = scaled;
  const ends = [0, ...thresholds, edges.at(-1)!];
  for (let k = 0; k + 1 < ends.length; k++) {
    const idle = 1 - load * meanBytes(sizes, ends[k]);
    const wait = (load * meanSquare(sizes, ends[k + 1])) / (2 * (1 - load * meanBytes(sizes, ends[k + 1])));
    const own = [ends[k], ...edges.filter((x) => x > ends[k] && x < ends[k + 1]), ends[k + 1]];
    integrate(scaled, own, (x) => (wait + x) / idle, sums);
  }
  // Small flows wait as long as others: the mean of wait / size is infinite where sizes begin at 0.
  if (sizes.bytes[0] === 0) sums.slowdown[0] = NaN;
}

/** Adds the integrals of time and time / x over the sizes between the edges. */
function integrate(
  { sizes, limits }: Scaled,
  edges: readonly number[],
  time: (x: number) => number,
  sums: Sums,
): void {
  for (let i = 0; i + 1 < edges.length; i++) {
    const mass = shareBelow(sizes, edges[i + 1]) - shareBelow(sizes, edges[i]);
    if (mass === 0) continue;
    const density = mass / (edges[i + 1] - edges[i]);
    const place = classOf(limits, (edges[i] + edges[i + 1]) / 2);
    sums.share[place] += mass;
    for (const [low, high] of pieces(edges[i], edges[i + 1])) {
      for (let g = 0; g < NODES.length; g++) {
        const x = (low + high) / 2 + (NODES[g] * (high - low)) / 2;
        const weight = (density * WEIGHTS[g] * (high - low)) / 2;
        const t = time(x);
        sums.time[place] += weight * t;
        sums.slowdown[place] += (weight * t) / x;
      }
    }
  }
}

/** Cuts an interval into pieces whose end is at most 1.5 times the beginning, from 0 into equal ones. */
function pieces(low: number, high: number): [number, number][] {
  const n = low === 0 ? 8 : Math.ceil(Math.log(high / low) / Math.log(1.5));
  const at = (i: number): number =>
    i === n ? high : low === 0 ? (high * i) / n : low * (high / low) ** (i / n);
  return Array.from({ length: n }, (_, i) => [at(i), at(i + 1)]);
}

/** Gauss and Legendre's rule of eight points on [-1, 1] (Abramowitz and Stegun, table 25.4). */
const HALF_NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const HALF_WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];
const NODES = [...HALF_NODES.map((x) => -x).reverse(), ...HALF_NODES];
const WEIGHTS = [...HALF_WEIGHTS.slice().reverse(), ...HALF_WEIGHTS];

function gauss(low: number, high: number, f: (x: number) => number): number {
  let sum = 0;
  for (let g = 0; g < NODES.length; g++)
    sum += WEIGHTS[g] * f((low + high) / 2 + (NODES[g] * (high - low)) / 2);
  return (sum * (high - low)) / 2;
}
