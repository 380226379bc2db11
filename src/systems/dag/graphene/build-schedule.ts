/** Graphene's schedule of one graph: the troublesome tasks first, then the others around them. */
import { ancestorsOf, descendantsOf } from "../graph.js";
import { shiftedLeft, type Placement } from "../packing.js";
import type { Problem } from "../problem.js";
import { copyLayout, emptyLayout, placeTasks, type Direction, type Layout } from "./place-tasks.js";
import { troublesomeSets } from "./troublesome.js";

/** The set that led to the schedule, and the schedule. */
export interface GrapheneSchedule {
  /** 1 for each troublesome task. */
  readonly troublesome: Uint8Array;
  readonly placement: Placement;
}

type SetName = "P" | "O" | "C";

type Sequence = readonly (readonly [SetName, Direction])[];

/** The orders in which the sets are placed around T. In C O P, O lies before C; in P O C, behind P. */
const SEQUENCES: readonly Sequence[] = [
  [
    ["O", "forward"],
    ["P", "backward"],
    ["C", "forward"],
  ],
  [
    ["O", "backward"],
    ["P", "backward"],
    ["C", "forward"],
  ],
  [
    ["O", "forward"],
    ["C", "forward"],
    ["P", "backward"],
  ],
  [
    ["O", "backward"],
    ["C", "forward"],
    ["P", "backward"],
  ],
  [
    ["C", "forward"],
    ["O", "backward"],
    ["P", "backward"],
  ],
  [
    ["P", "backward"],
    ["O", "forward"],
    ["C", "forward"],
  ],
];

/**
 * Returns the shortest schedule over all sets T of troublesome tasks (`troublesomeSets`) and all orders: T is
 * placed into an empty space, forward and backward; then the ancestors P of its tasks, the descendants C and
 * the others O, as `SEQUENCES` says. At equal lengths the first one found stays; the search ends where a
 * lower bound is reached.
 */
export function buildSchedule(problem: Problem, delta: number): GrapheneSchedule {
  const { graph, bound } = problem;
  let best: Layout | undefined;
  let troublesome = new Uint8Array(0);
  for (const set of troublesomeSets(problem, delta)) {
    const limit = best === undefined ? Infinity : best.to - best.from;
    if (limit <= bound * (1 + 1e-9)) break;
    const found = shortestAround(problem, set, limit);
    if (found === undefined) continue;
    best = found;
    troublesome = set.slice(0, graph.tasks);
  }
  return { troublesome, placement: shiftedLeft(problem, best!.begin, best!.machine) };
}

/** Returns the shortest layout with this set T that is shorter than the limit; undefined where none is. */
function shortestAround(problem: Problem, set: Uint8Array, limit: number): Layout | undefined {
  const { graph } = problem;
  const before = ancestorsOf(graph, set);
  const behind = descendantsOf(graph, set);
  // T is closed, so that a node before and behind nodes of T is in T.
  const sets: Record<SetName, Uint8Array> = {
    P: set.map((isIn, v) => before[v] & ~isIn),
    C: set.map((isIn, v) => behind[v] & ~isIn),
    O: set.map((_, v) => (before[v] | behind[v]) ^ 1),
  };
  const sequences = withoutEmpty(sets);
  let best: Layout | undefined;
  let least = limit;
  for (const direction of ["forward", "backward"] as const) {
    const around = emptyLayout(problem);
    if (!placeTasks(problem, around, set, direction, least)) continue;
    for (const sequence of sequences) {
      const layout = copyLayout(around);
      if (!sequence.every(([name, way]) => placeTasks(problem, layout, sets[name], way, least))) continue;
      best = layout;
      least = layout.to - layout.from;
    }
  }
  return best;
}

/** Returns the different sequences that are left without the sets that are empty. */
function withoutEmpty(sets: Readonly<Record<SetName, Uint8Array>>): Sequence[] {
  const left = SEQUENCES.map((sequence) => sequence.filter(([name]) => sets[name].includes(1)));
  return [...new Map(left.map((sequence) => [sequence.join(), sequence])).values()];
}
