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
    description: "steal of a hot node (the rule of thumb of kube-prometheus 796)",
    min: 0,
    max: 1,
  },
  cool: {
    default: 0.03,
    unit: "of runnable time",
    description: "steal of a target is below it (ours)",
    min: 0,
    max: 1,
  },
  hotSamples: {
    default: 3,
    unit: "samples",
    description: "hot samples that set moves off (k of n, as Sandpiper, NSDI 2007)",
    min: 1,
    integer: true,
  },
  samples: {
    default: 5,
    unit: "samples",
    description: "samples looked at (Sandpiper's n)",
    min: 1,
    integer: true,
  },
  halfLife: { default: 3, unit: "samples", description: "half-life of the smoothing (ours)", min: 0.01 },
  maxAge: {
    default: 6,
    unit: "samples",
    description: "a node that nothing ran on for longer is unknown (ours)",
    min: 0,
  },
  minTicks: {
    default: 5,
    unit: "ticks",
    description:
      "runnable time of a node between two samples below which its steal share says nothing (ours)",
    min: 1,
  },
  unknown: {
    default: 1,
    unit: "of runnable time",
    description: "steal that an unknown node is taken to have: 1 makes it no target, 0 is what LaS believes",
    min: 0,
    max: 1,
  },
  horizon: { default: 60, unit: "s", description: "time over which a move pays (ours)", min: 0 },
  bandwidth: {
    default: 501 * MIB,
    unit: "bytes/s",
    description:
      "of the working set to another node (GiantVM's DSM, 4 KiB at a time, over RDMA: 501 MiB/s; IPoIB " +
      "234, TCP 38.1)",
    min: 1,
  },
  downtime: { default: 0, unit: "s", description: "time that a move stops the work for (ours)", min: 0 },
  cooldown: {
    default: 3,
    unit: "decisions",
    description: "work that moved stays for so long; doubled when it returns (ours)",
    min: 1,
    integer: true,
  },
  bounce: {
    default: 10,
    unit: "decisions",
    description: "work that returns to a node sooner has bounced (ours)",
    min: 1,
    integer: true,
  },
  moves: {
    default: 4,
    unit: "moves",
    description: "most moves in one decision (ours)",
    min: 1,
    integer: true,
  },
} as const satisfies Parameters;

/**
 * LaS with what keeps it from thrashing: each node's steal as a share of the time that its CPUs had something
 * to run, smoothed; a node is hot where that was above `hot` in `hotSamples` of the last `samples`; a target
 * is below `cool`, observed lately (hence the probe on idle nodes), and expected to stay below `hot`; a
 * move's gain (CPU time no longer stolen within `horizon`) exceeds its cost (CPU time lost while the working
 * set follows, and the downtime); work that moved stays for `cooldown` decisions, longer each time it
 * bounces. Moves the work with the best gain for its cost first, until its node is expected to be below
 * `hot`.
 */
export function createLasRobust(
  nodes: readonly (readonly number[])[],
  values: Values<typeof LAS_ROBUST>,
): Decider {
  const memories = nodes.map(() => createNodeMemory(values));
  const dwell = createDwell(values);
  let before: StatSample | undefined;
  let decisions = 0;

  /** What moving one piece of work to one node is worth; undefined where it must not go there. */
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

/**
 * Ties go to the target with less steal, then to the work that comes first by id, then to the lowest node.
 */
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
  return count.movable === 0 ? `${where}: moved lately, stays` : `${where}: no node is worth the move`;
}
