/** Thresholds that make the mean completion time or the mean slowdown on one link least. */
import { checkKeys, checkValue, oneOf, optional, whole, type Checks } from "../../../base/checks.js";
import { ascending, SIZES, STABLE_LOAD } from "../check.js";
import { meanBytes, type SizeDistribution } from "../sizes/distribution.js";
import { minimize, type Minimum } from "./minimize.js";
import { CELLS, oneLink } from "./one-link.js";

export type Objective = "completionTime" | "slowdown";

export interface OptimumOptions {
  /** Number of queues, 2 to 32. Default 4. */
  readonly queues?: number;
  /** Default "slowdown". */
  readonly objective?: Objective;
  /** Thresholds to begin with, one fewer than queues: for a quick search from here only. */
  readonly start?: ArrayLike<number>;
  /** Cells of the integral equation for each queue, 4 to 2000; fewer are faster. Default 48. */
  readonly cells?: number;
  /** Evaluations from each start. Default 90 for each queue. */
  readonly evaluations?: number;
}

export interface Optimum {
  readonly thresholds: Float64Array;
  /** Mean completion time in units of (mean size) / (link rate), or mean slowdown. */
  readonly value: number;
}

const OPTIONS = (queues: number): Checks<OptimumOptions> => ({
  queues: optional(whole(2, 32)),
  objective: optional(oneOf(["slowdown", "completionTime"] satisfies Objective[])),
  start: optional(ascending(queues - 1)),
  cells: optional(CELLS),
  evaluations: optional(whole()),
});

/** The mean at the logarithms of thresholds. */
type Worth = (logs: Float64Array) => number;

/**
 * Returns the best thresholds for queues by bytes sent on one link, by Nelder and Mead's search over their
 * logarithms, with one queue more each time. They are never worse than those of fewer queues: a threshold
 * that would not help lies above the largest size. The value is good to about 1e-3; in flat directions the
 * thresholds are not determined. Throws InputError for options out of range, and as `oneLink` does.
 */
export function optimalThresholds(
  sizes: SizeDistribution,
  load: number,
  options: OptimumOptions = {},
): Optimum {
  const { queues = 4, objective = "slowdown", start, cells = 48, evaluations } = options;
  checkKeys("optimalThresholds", options, OPTIONS(queues));
  checkValue("sizes of optimalThresholds", sizes, SIZES);
  checkValue("load of optimalThresholds", load, STABLE_LOAD);
  const lowest = Math.log(meanBytes(sizes) * 1e-9);
  const worth: Worth = (logs) => {
    for (let k = 0; k < logs.length; k++)
      if (!(logs[k] > (k > 0 ? logs[k - 1] : lowest) && logs[k] < HIGHEST)) return Infinity;
    return oneLink(sizes, load, "mlfq", { thresholds: logs.map(Math.exp), cells, limits: [] })[objective];
  };
  const largest = Math.log(sizes.bytes[sizes.bytes.length - 1]);
  const places = Array.from({ length: PLACES }, (_, i) => largest - ((i + 1) * SPAN) / PLACES);
  let best: Minimum = { at: new Float64Array(), value: worth(new Float64Array()) };
  for (let count = start === undefined ? 2 : queues; count <= queues; count++) {
    const starts =
      start === undefined ? insert(best.at, places, worth) : [Float64Array.from(start, Math.log)];
    for (const from of starts) {
      const found = minimize(worth, from, { step: 0.7, evaluations: evaluations ?? 90 * count });
      if (found.value < best.value) best = found;
    }
    while (best.at.length < count - 1)
      best = { ...best, at: Float64Array.of(...best.at, Math.max(largest, best.at.at(-1) ?? 0) + 1) };
  }
  return { thresholds: best.at.map(Math.exp), value: best.value };
}

/** No threshold is above this logarithm. */
const HIGHEST = 300;

/** Where a further threshold is tried: this many logarithms below the largest size, over this span. */
const PLACES = 14;
const SPAN = 14;

/** Returns the thresholds with one more, at the best of the places and at the best in another gap. */
function insert(logs: Float64Array, places: readonly number[], worth: Worth): Float64Array[] {
  const tried = places
    .map((place) => ({
      gap: logs.filter((log) => log < place).length,
      at: Float64Array.of(...logs, place).sort(),
    }))
    .map((one) => ({ ...one, value: worth(one.at) }))
    .sort((a, b) => a.value - b.value);
  const other = tried.find(({ gap }) => gap !== tried[0].gap);
  return [tried[0], ...(other === undefined ? [] : [other])].map(({ at }) => at);
}
