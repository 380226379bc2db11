import type { Parameters, Values } from "../../../base/parameters.js";
import { writeFixed } from "../../../base/write-numbers.js";
import type { Decider, StatSample, Work, WorkMove } from "./decider.js";
import { createDwell } from "./dwell.js";
import { createNodeMemory } from "./node-memory.js";
import { expectNodes, type ExpectedNodes } from "./expected-nodes.js";
import { readNodes } from "./readings.js";

const MIB = 2 ** 20;

export const LAS_ROBUST = {
  hot: {
    default: 0.1,
    unit: "of runnable time",
    description: "a node with more steal is hot (rule of thumb in kube-prometheus 796)",
    min: 0,
    max: 1,
  },
  cool: {
    default: 0.03,
    unit: "of runnable time",
    description: "a target must have less steal (ours)",
    min: 0,
    max: 1,
  },
  hotSamples: {
    default: 3,
    unit: "samples",
    description: "number of hot samples that triggers moves (k of n, as in Sandpiper, NSDI 2007)",
    min: 1,
    max: 1000,
    integer: true,
  },
  samples: {
    default: 5,
    unit: "samples",
    description: "number of last samples that count (n in Sandpiper)",
    min: 1,
    max: 1000,
    integer: true,
  },
  halfLife: {
    default: 3,
    unit: "samples",
    description: "half-life of the smoothing (ours)",
    min: 0.01,
    max: 1000,
  },
  maxAge: {
    default: 6,
    unit: "samples",
    description: "the steal of a node without running work becomes unknown after this (ours)",
    min: 0,
    max: 1000,
  },
  minTicks: {
    default: 5,
    unit: "ticks",
    description: "a node with less runnable time between two samples has no usable steal share (ours)",
    min: 1,
    max: 1e6,
  },
  unknown: {
    default: 1,
    unit: "of runnable time",
    description: "assumed steal of an unknown node: with 1 it is never a target; LaS assumes 0",
    min: 0,
    max: 1,
  },
  horizon: {
    default: 60,
    unit: "s",
    description: "time over which the gain of a move counts (ours)",
    min: 0,
    max: 1e6,
  },
  bandwidth: {
    default: 501 * MIB,
    unit: "bytes/s",
    description:
      "rate at which the working set moves (GiantVM's DSM, 4 KiB at a time, over RDMA: 501 MiB/s; IPoIB " +
      "234, TCP 38.1)",
    min: 1,
    max: 1e12,
  },
  downtime: {
    default: 0,
    unit: "s",
    description: "time for which a move stops the work (ours)",
    min: 0,
    max: 3600,
  },
  cooldown: {
    default: 3,
    unit: "decisions",
    description: "work stays this long after a move; doubled when it returns (ours)",
    min: 1,
    max: 1000,
    integer: true,
  },
  bounce: {
    default: 10,
    unit: "decisions",
    description: "work that returns to a node within this time has bounced (ours)",
    min: 1,
    max: 1000,
    integer: true,
  },
  moves: {
    default: 4,
    unit: "moves",
    description: "most moves in one decision (ours)",
    min: 1,
    max: 1000,
    integer: true,
  },
} as const satisfies Parameters;

/**
 * Returns LaS with measures against thrashing.
 *
 * - A node's steal is a smoothed share of the time in which its CPUs had something to run.
 * - A node is hot where this share was above `hot` in `hotSamples` of the last `samples`.
 * - A target has a share below `cool`, was observed recently (hence the probe on idle nodes), and is
 *   predicted to stay below `hot`.
 * - The gain of a move (CPU time that is no longer stolen within `horizon`) must exceed its cost (CPU time
 *   lost to the downtime and while the working set is transferred).
 * - Work stays for `cooldown` decisions after a move, longer each time it bounces.
 *
 * Moves the work with the best ratio of gain to cost first, until its node is predicted to be below `hot`.
 */
export function createLasRobust(
  nodes: readonly (readonly number[])[],
  values: Values<typeof LAS_ROBUST>,
): Decider {
  const memories = nodes.map(() => createNodeMemory(values));
  const dwell = createDwell(values);
  let before: StatSample | undefined;
  let decisions = 0;

  /** Returns the value of moving one piece of work to one node; undefined where this move is not allowed. */
  function assess(work: Work, to: number, expected: ExpectedNodes): Candidate | undefined {
    const target = expected.share(to);
    if (to === work.node || !(target < values.cool)) return undefined;
    const present = expected.shareOf(work);
    const wanted = expected.wanted(work);
    const after = expected.shareWith(to, work);
    if (!(present >= values.hot && after < values.hot)) return undefined;
    const gain = (present - after) * wanted * values.horizon;
    const cost = (work.workingSet / values.bandwidth + values.downtime) * wanted;
    return gain > cost ? { work, to, worth: (gain - cost) / cost } : undefined;
  }

  function best(movable: readonly Work[], expected: ExpectedNodes): Candidate | undefined {
    let found: Candidate | undefined;
    for (const work of movable) {
      for (let to = 0; to < nodes.length; to++) {
        const candidate = assess(work, to, expected);
        if (candidate !== undefined && isBetter(candidate, found, expected)) found = candidate;
      }
    }
    return found;
  }

  return {
    name: "las-robust",
    decide(sample, work) {
      const readings = readNodes(before, sample, nodes);
      before = sample;
      decisions++;
      readings.forEach(({ stealShare, runnableTicks }, node) => {
        memories[node].observe(runnableTicks >= values.minTicks ? stealShare : NaN);
      });
      const isHot = memories.map((memory, node) => readings[node].cpus > 0 && memory.isHot());
      const sensible = work.filter((one) => makesSense(one, nodes.length));
      const onHot = sensible.filter(({ node }) => (node === -1 ? isHot.some(Boolean) : isHot[node]));
      const movable = onHot.filter(({ id }) => dwell.mayMove(id, decisions));
      const shares = memories.map((memory) => memory.share());
      const expected = expectNodes(readings, shares, values.unknown);
      const moves: WorkMove[] = [];
      const rest = new Set(movable);
      while (moves.length < values.moves) {
        const next = best([...rest], expected);
        if (next === undefined) break;
        rest.delete(next.work);
        expected.move(next.work, next.to);
        dwell.note(next.work.id, next.work.node, next.to, decisions);
        moves.push({ work: next.work.id, from: next.work.node, to: next.to });
      }
      return {
        seconds: sample.seconds,
        readings,
        moves,
        reason: explain(
          readings.some(({ cpus }) => cpus > 0),
          isHot.flatMap((hot, node) => (hot ? [node] : [])),
          shares,
          { work: sensible.length, onHot: onHot.length, movable: movable.length, moves: moves.length },
        ),
      };
    },
  };
}

interface Candidate {
  readonly work: Work;
  readonly to: number;
  /** (gain - cost) / cost; Infinity where the move costs nothing. */
  readonly worth: number;
}

/** Ties are broken by the target's steal, then by the work's id, then by the node's number. */
function isBetter(one: Candidate, other: Candidate | undefined, expected: ExpectedNodes): boolean {
  if (other === undefined) return true;
  if (one.worth !== other.worth) return one.worth > other.worth;
  const steal = expected.share(one.to) - expected.share(other.to);
  if (steal !== 0) return steal < 0;
  return one.work.id < other.work.id;
}

function makesSense({ node, cpu, workingSet }: Work, nodes: number): boolean {
  return Number.isInteger(node) && node >= -1 && node < nodes && cpu >= 0 && workingSet >= 0;
}

function explain(
  isKnown: boolean,
  hot: readonly number[],
  shares: readonly number[],
  count: Readonly<Record<"work" | "onHot" | "movable" | "moves", number>>,
): string {
  if (!isKnown) return "no reading";
  const steal =
    "steal " +
    shares.map((share) => (Number.isNaN(share) ? "unknown" : `${writeFixed(100 * share, 1)} %`)).join(", ");
  if (hot.length === 0) return `no hot node (${steal})`;
  const where = `hot: ${hot.map((node) => `node ${node}`).join(", ")} (${steal})`;
  if (count.work === 0) return `${where}: no work to move`;
  if (count.onHot === 0) return `${where}: the work runs elsewhere`;
  if (count.moves > 0) return where;
  return count.movable === 0 ? `${where}: moved recently, stays` : `${where}: no node is worth the move`;
}
