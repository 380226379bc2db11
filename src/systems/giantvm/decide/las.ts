import type { Parameters, Values } from "../../../base/parameters.js";
import type { Decider, NodeReading, StatSample, Work } from "./decider.js";
import { readNodes } from "./readings.js";

export const LAS = {
  threshold: {
    default: 100,
    unit: "ticks between two decisions",
    description:
      "steal of the work's node that triggers a move (GiantVM, TACO 19(2), 2022, 4.2.3: 100; " +
      "USER_HZ ticks, summed over the node's vCPUs and 10 s, are our interpretation)",
    min: 0,
    max: 1e6,
  },
  ties: {
    default: 0,
    unit: "0 or 1",
    description:
      "target among several nodes with the least steal: 0 the lowest number, 1 the next one after the node " +
      "that is left, in cyclic order; the paper does not say (ours)",
    min: 0,
    max: 1,
    integer: true,
  },
} as const satisfies Parameters;

/**
 * LaS as published (Jia et al., GiantVM, ACM TACO 19(2), 2022, section 4.2.3): where the steal of the node on
 * which the work runs is above the threshold, all work moves to the node with the least steal; `ties` selects
 * one of several. LaS cannot see steal on idle nodes, which read 0. Work on several nodes counts as running
 * on every node. The paper does not say what happens where no node has less steal: here the work stays.
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

/** Returns the nodes where work runs, sorted by number. */
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
 * Returns the first node with the least steal, in cyclic order from `start`; at least one node must have a
 * reading.
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
