/** Places a set of tasks into the space, from its beginning or from its end. */
import TinyQueue from "tinyqueue";
import type { Links } from "../dag.js";
import { needOf, type Problem } from "../problem.js";
import {
  copySpace,
  createHint,
  createSpace,
  earliestPlace,
  latestPlace,
  occupy,
  type Hint,
  type Space,
} from "../space.js";

/** Where nodes have been placed so far; NaN where not. Gates have times and no machine. */
export interface Layout {
  readonly space: Space;
  readonly begin: Float64Array;
  readonly end: Float64Array;
  readonly machine: Int32Array;
  /** The beginning and the end of all that is placed. */
  from: number;
  to: number;
}

export type Direction = "forward" | "backward";

export function emptyLayout({ graph, machines, width, dag }: Problem): Layout {
  const longest = dag.duration.reduce((most, time) => Math.max(most, time), 0);
  return {
    space: createSpace(machines, width, 1e-9 * longest),
    begin: new Float64Array(graph.nodes).fill(NaN),
    end: new Float64Array(graph.nodes).fill(NaN),
    machine: new Int32Array(graph.nodes).fill(-1),
    from: 0,
    to: 0,
  };
}

export function copyLayout(layout: Layout): Layout {
  return {
    space: copySpace(layout.space),
    begin: layout.begin.slice(),
    end: layout.end.slice(),
    machine: layout.machine.slice(),
    from: layout.from,
    to: layout.to,
  };
}

/**
 * Places the nodes of a set: again and again, of the tasks whose predecessors in the set are placed
 * (backward: whose successors are), the longest one at its earliest (latest) place after all placed
 * predecessors (before all placed successors). Returns false, with the set placed in part, as soon as the
 * layout is at least as long as `limit`.
 */
export function placeTasks(
  problem: Problem,
  layout: Layout,
  set: Uint8Array,
  direction: Direction,
  limit: number,
): boolean {
  const { graph, dag } = problem;
  const [before, after] = direction === "forward" ? [graph.before, graph.after] : [graph.after, graph.before];
  const ready = new TinyQueue<number>([], (a, b) => dag.duration[b] - dag.duration[a] || a - b);
  const waitsFor = new Int32Array(graph.nodes);
  const hints = Array.from({ length: problem.kinds }, createHint);
  const gates: number[] = [];
  const release = (v: number): void => {
    if (v < graph.tasks) ready.push(v);
    else gates.push(v);
  };
  for (let v = 0; v < graph.nodes; v++) {
    if (set[v] === 0) continue;
    for (let e = before.offsets[v]; e < before.offsets[v + 1]; e++) waitsFor[v] += set[before.nodes[e]];
    if (waitsFor[v] === 0) release(v);
  }
  // Gates take no time: they open what is behind them before the next task is chosen.
  for (let v = gates.pop() ?? ready.pop(); v !== undefined; v = gates.pop() ?? ready.pop()) {
    placeNode(problem, layout, v, direction, before, hints);
    if (layout.to - layout.from >= limit) return false;
    for (let e = after.offsets[v]; e < after.offsets[v + 1]; e++) {
      const next = after.nodes[e];
      if (set[next] === 1 && --waitsFor[next] === 0) release(next);
    }
  }
  return true;
}

function placeNode(
  problem: Problem,
  layout: Layout,
  v: number,
  direction: Direction,
  before: Links,
  hints: readonly Hint[],
): void {
  const isForward = direction === "forward";
  const times = isForward ? layout.end : layout.begin;
  let bound = NaN;
  for (let e = before.offsets[v]; e < before.offsets[v + 1]; e++) {
    const time = times[before.nodes[e]];
    if (!Number.isNaN(time) && !(isForward ? time <= bound : time >= bound)) bound = time;
  }
  if (Number.isNaN(bound)) bound = isForward ? layout.from : layout.to;
  if (v >= problem.graph.tasks) {
    layout.begin[v] = layout.end[v] = bound;
    return;
  }
  const need = needOf(problem, v);
  const place = (isForward ? earliestPlace : latestPlace)(layout.space, need, bound, hints[problem.kind[v]]);
  occupy(layout.space, place, need);
  layout.begin[v] = place.begin;
  layout.end[v] = place.begin + need.duration;
  layout.machine[v] = place.machine;
  layout.from = Math.min(layout.from, place.begin);
  layout.to = Math.max(layout.to, layout.end[v]);
}
