/** Where and when the tasks of one graph run. */
import type { Dag } from "./dag.js";
import { needOf, type Problem } from "./problem.js";
import { createSpace, earliestOn, occupy } from "./space.js";

/** One row per task: its machine, begin and end. Time begins at 0. */
export interface Placement {
  readonly machine: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/** The schedule of one graph. */
export interface Packing extends Placement {
  readonly order: string;
  readonly dag: Dag;
  readonly machines: number;
  /** The end of the last task. */
  readonly makespan: number;
}

/**
 * Returns the placement with each task moved on its machine to its earliest begin, in the order of the
 * begins; no task begins later than before, and times are sums of durations again, without the rounding of
 * a layout that was packed backward.
 */
export function shiftedLeft(problem: Problem, begin: Float64Array, machine: Int32Array): Placement {
  const { graph, machines, width } = problem;
  const space = createSpace(machines, width, 0);
  const { offsets, nodes: before } = graph.before;
  const end = new Float64Array(graph.nodes);
  const start = new Float64Array(graph.nodes);
  // Without rounding, no node would begin before its predecessors.
  const ordered = begin.slice();
  for (const v of graph.order)
    for (let e = offsets[v]; e < offsets[v + 1]; e++) ordered[v] = Math.max(ordered[v], ordered[before[e]]);
  // The sort is stable: at equal times a node stays behind its predecessors.
  for (const v of graph.order.slice().sort((a, b) => ordered[a] - ordered[b])) {
    let from = 0;
    for (let e = offsets[v]; e < offsets[v + 1]; e++) from = Math.max(from, end[before[e]]);
    if (v >= graph.tasks) {
      end[v] = from;
      continue;
    }
    const need = needOf(problem, v);
    start[v] = earliestOn(space, machine[v], need, from);
    end[v] = start[v] + need.duration;
    occupy(space, { machine: machine[v], begin: start[v] }, need);
  }
  return {
    machine: machine.slice(0, graph.tasks),
    start: start.slice(0, graph.tasks),
    end: end.slice(0, graph.tasks),
  };
}

/** Returns the end of the last task. */
export function makespanOf({ end }: Pick<Placement, "end">): number {
  return end.reduce((last, time) => Math.max(last, time), 0);
}
