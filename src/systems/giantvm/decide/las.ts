import type { Parameters, Values } from "../../../base/parameters.js";
import type { Decider, NodeReading, StatSample, Work } from "./decider.js";
import { readNodes } from "./readings.js";

export const LAS = {
  threshold: {
    default: 100,
    unit: "ticks between two decisions",
    description:
      "steal of the node where the work runs that sets a move off (GiantVM, TACO 19(2), 2022, 4.2.3: 100; " +
      "that it counts USER_HZ ticks, over the node's vCPUs and 10 s, is our reading)",
    min: 0,
  },
  ties: {
    default: 0,
    unit: "0 or 1",
    description:
      "which of several nodes with the least steal: 0 the lowest number, 1 the next one after the node " +
      "that is left, going round; the paper does not say (ours)",
    min: 0,
    max: 1,
    integer: true,
  },
} as const satisfies Parameters;

/**
 * LaS as published (Jia et al., GiantVM, ACM TACO 19(2), 2022, section 4.2.3): where the steal of the node
 * that the work runs on is above the threshold, everything moves to the node with the least steal; `ties`
 * says to which of several. It is blind on idle nodes, which read 0. Work on several nodes runs on every
 * node. What the paper leaves open: it stays where no node has less steal than its own.
 */
export function createLas(
  nodes: readonly (readonly number[])[],
  { threshold, ties }: Values<typeof LAS>,
): Decider {
  let before: StatSample | undefined;
  return {
    name: "las",
    decide(sample, work) {
      const readings = readNodes(before, sample, nodes);
      before = sample;
      const decision = { seconds: sample.seconds, readings, moves: [] };
      const sources = runsOn(work, nodes.length);
      if (sources.length === 0) return { ...decision, reason: "no work to move" };
      const known = sources.filter((node) => Number.isFinite(readings[node].stealTicks));
      if (known.length === 0) return { ...decision, reason: "no reading of the node where the work runs" };
      const worst = known.reduce((most, node) =>
        readings[node].stealTicks > readings[most].stealTicks ? node : most,
      );
      const stolen = `node ${worst} lost ${round(readings[worst].stealTicks)} ticks`;
      if (!(readings[worst].stealTicks > threshold))
        return { ...decision, reason: `${stolen}, threshold ${threshold}: stays` };
      const to = leastStolen(readings, ties === 1 ? worst + 1 : 0);
      if (!(readings[to].stealTicks < readings[worst].stealTicks))
        return { ...decision, reason: `${stolen}, no node lost less: stays` };
      const moves = work
        .filter(({ node }) => node !== to && isNode(node, nodes.length))
        .map(({ id, node }) => ({ work: id, from: node, to }));
      const reason =
        `${stolen}, threshold ${threshold}: everything to node ${to}, which lost ` +
        `${round(readings[to].stealTicks)}`;
      return { ...decision, moves, reason };
    },
  };
}

/** Nodes where work runs, in order of number. */
function runsOn(work: readonly Work[], nodes: number): number[] {
  const everywhere = work.some(({ node }) => node === -1);
  return Array.from({ length: nodes }, (_, node) => node).filter(
    (node) => everywhere || work.some((one) => one.node === node),
  );
}

function isNode(node: number, nodes: number): boolean {
  return Number.isInteger(node) && node >= -1 && node < nodes;
}

/**
 * The first node from `start` on, going round, that has the least steal; at least one must have a reading.
 */
function leastStolen(readings: readonly NodeReading[], start: number): number {
  let least = -1;
  for (let i = 0; i < readings.length; i++) {
    const node = (start + i) % readings.length;
    const { stealTicks } = readings[node];
    if (Number.isFinite(stealTicks) && (least === -1 || stealTicks < readings[least].stealTicks))
      least = node;
  }
  return least;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
