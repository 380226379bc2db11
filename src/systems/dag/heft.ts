/** Heterogeneous Earliest Finish Time: Topcuoglu, Hariri, Wu, IEEE TPDS 13(3), 2002. */
import { InputError } from "../../base/errors.js";
import { fieldsOf, listOf, nameOf, numberOf } from "./check.js";
import type { Dag } from "./dag.js";
import { graphOf } from "./graph.js";
import type { Placement } from "./packing.js";
import { needOf, type Problem } from "./problem.js";
import { createHint, createSpace, earliestOn, earliestPlace, occupy } from "./space.js";

/** Time that data takes from one task to the next, where they run on different processors. */
export interface Communication {
  /** Ids of the tasks. */
  readonly from: string | number;
  readonly to: string | number;
  readonly time: number;
}

export interface HeftSchedule extends Placement {
  /** Upward rank of each task: mean time of its own, and the longest way behind it with communication. */
  readonly rank: Float64Array;
  readonly makespan: number;
}

/**
 * Returns HEFT's schedule of a graph on processors that run one task at a time. Task t takes `costs[t][p]` on
 * processor p; the durations and demands of the graph are not used. Of equal ranks and ends, the first task
 * and processor goes first. Throws InputError where costs are missing or out of range, for communication
 * between tasks without an edge, and for barriers between stages, which have no communication.
 */
export function heftSchedule(
  dag: Dag,
  costs: readonly (readonly number[])[],
  communication: readonly Communication[] = [],
): HeftSchedule {
  const graph = graphOf(dag);
  checkCosts(dag, costs);
  if (graph.nodes > graph.tasks)
    throw new InputError("heftSchedule takes no barriers between stages: give edges between tasks (dagFrom)");
  const timeOf = communicationTimes(dag, communication);
  const tasks = dag.ids.length;
  const processors = costs[0].length;
  const rank = new Float64Array(tasks);
  for (let i = tasks - 1; i >= 0; i--) {
    const t = graph.order[i];
    for (let e = graph.after.offsets[t]; e < graph.after.offsets[t + 1]; e++) {
      const next = graph.after.nodes[e];
      rank[t] = Math.max(rank[t], timeOf(t, next) + rank[next]);
    }
    rank[t] += costs[t].reduce((sum, time) => sum + time, 0) / processors;
  }
  const space = createSpace(processors, 1, 0);
  const whole = Float64Array.of(1);
  const placement = emptyPlacement(tasks);
  const { start, end, machine } = placement;
  for (const t of graph.order.slice().sort((a, b) => rank[b] - rank[a])) {
    end[t] = Infinity;
    for (let p = 0; p < processors; p++) {
      let from = 0;
      for (let e = graph.before.offsets[t]; e < graph.before.offsets[t + 1]; e++) {
        const b = graph.before.nodes[e];
        from = Math.max(from, end[b] + (machine[b] === p ? 0 : timeOf(b, t)));
      }
      const begin = earliestOn(space, p, { shares: whole, at: 0, duration: costs[t][p] }, from);
      if (begin + costs[t][p] >= end[t]) continue;
      start[t] = begin;
      end[t] = begin + costs[t][p];
      machine[t] = p;
    }
    const duration = costs[t][machine[t]];
    occupy(space, { machine: machine[t], begin: start[t] }, { shares: whole, at: 0, duration });
  }
  return { ...placement, rank, makespan: end.reduce((last, time) => Math.max(last, time), 0) };
}

/**
 * Returns HEFT's schedule on equal machines with several resources and without communication: in the order of
 * the longest paths, each task at its earliest place.
 */
export function packByRank(problem: Problem): Placement {
  const { graph, machines, width, paths, kind, kinds } = problem;
  const space = createSpace(machines, width, 0);
  const hints = Array.from({ length: kinds }, createHint);
  const placement = emptyPlacement(graph.nodes);
  const { start, end, machine } = placement;
  // Of equal paths, a node stays behind those before it.
  for (const v of graph.order.slice().sort((a, b) => paths[b] - paths[a])) {
    let from = 0;
    for (let e = graph.before.offsets[v]; e < graph.before.offsets[v + 1]; e++)
      from = Math.max(from, end[graph.before.nodes[e]]);
    end[v] = from;
    if (v >= graph.tasks) continue;
    const need = needOf(problem, v);
    const place = earliestPlace(space, need, from, hints[kind[v]]);
    occupy(space, place, need);
    start[v] = place.begin;
    end[v] = place.begin + need.duration;
    machine[v] = place.machine;
  }
  return {
    start: start.slice(0, graph.tasks),
    end: end.slice(0, graph.tasks),
    machine: machine.slice(0, graph.tasks),
  };
}

function emptyPlacement(nodes: number): Placement {
  return {
    start: new Float64Array(nodes),
    end: new Float64Array(nodes),
    machine: new Int32Array(nodes).fill(-1),
  };
}

function checkCosts({ ids }: Dag, costs: unknown): void {
  const rows = listOf("costs", costs, "a list with a list of times for each task");
  if (rows.length !== ids.length)
    throw new InputError(`costs has ${rows.length} rows: give one for each of the ${ids.length} tasks`);
  const times = rows.map((row, t) => listOf(`costs of task ${ids[t]}`, row, "a time for each processor"));
  times.forEach((row, t) => {
    if (row.length !== times[0].length || row.length === 0)
      throw new InputError(`costs of task ${ids[t]} has ${row.length} times: give one for each processor`);
    for (const time of row) numberOf(`a cost of task ${ids[t]}`, time);
  });
}

/** Returns the time between two tasks; 0 where none is given. */
function communicationTimes(
  dag: Dag,
  communication: readonly Communication[],
): (from: number, to: number) => number {
  const rowOf = new Map(dag.ids.map((id, t) => [id, t]));
  const times = new Map<number, number>();
  listOf("communication", communication, "a list of edges with their time").forEach((edge, i) => {
    const what = `communication ${i + 1}`;
    const given = fieldsOf("key", what, edge, ["from", "to", "time"]);
    const [from, to] = [nameOf(`from of ${what}`, given.from), nameOf(`to of ${what}`, given.to)];
    const time = numberOf(`communication from ${from} to ${to}`, given.time);
    const [a, b] = [rowOf.get(from), rowOf.get(to)];
    const { offsets, nodes } = dag.after;
    if (a === undefined || b === undefined || !nodes.subarray(offsets[b], offsets[b + 1]).includes(a))
      throw new InputError(
        `communication from ${from} to ${to}: there is no such edge; give one of the graph`,
      );
    const key = a * dag.ids.length + b;
    if (times.has(key))
      throw new InputError(`communication from ${from} to ${to} is given twice: give each edge once`);
    times.set(key, time);
  });
  return (from, to) => times.get(from * dag.ids.length + to) ?? 0;
}
