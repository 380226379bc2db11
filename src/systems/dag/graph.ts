/**
 * The order of a graph as links between nodes. A node is a task or a gate: a barrier behind stage A is one
 * node that waits for all tasks of A and for which the tasks of the next stages wait. So it has as many links
 * as tasks, not as pairs of tasks.
 */
import { describeCycle, findCycle } from "../../base/cycles.js";
import { InputError } from "../../base/errors.js";
import { requireDag, type Dag, type Links } from "./dag.js";

/** Nodes 0 to `tasks` - 1 are the tasks, the others gates. */
export interface Graph {
  readonly tasks: number;
  readonly nodes: number;
  /** Direct predecessors and successors of each node. */
  readonly before: Links;
  readonly after: Links;
  /** All nodes, each behind its predecessors. */
  readonly order: Int32Array;
}

/** Returns the graph of a Dag. Throws InputError for anything else, and for a cycle. */
export function graphOf(dag: Dag): Graph {
  requireDag(dag);
  const { before, after, nodes } = linkNodes(dag);
  const waitsFor = Int32Array.from({ length: nodes }, (_, v) => before.offsets[v + 1] - before.offsets[v]);
  const order = new Int32Array(nodes);
  let count = 0;
  for (let v = 0; v < nodes; v++) if (waitsFor[v] === 0) order[count++] = v;
  for (let i = 0; i < count; i++) {
    const v = order[i];
    for (let e = after.offsets[v]; e < after.offsets[v + 1]; e++)
      if (--waitsFor[after.nodes[e]] === 0) order[count++] = after.nodes[e];
  }
  if (count < nodes) throw cycleError(dag, before, nodes);
  return { tasks: dag.ids.length, nodes, before, after, order };
}

function cycleError({ ids }: Dag, { offsets, nodes }: Links, count: number): InputError {
  const lists = Array.from({ length: count }, (_, v) => [...nodes.subarray(offsets[v], offsets[v + 1])]);
  // Other nodes are gates, which have no names.
  const tasks = findCycle(lists).filter((v) => v < ids.length);
  return new InputError(`${describeCycle(tasks.map((t) => ids[t]))}: remove one of the edges`);
}

function linkNodes(dag: Dag): Pick<Graph, "before" | "after"> & { nodes: number } {
  const { after, stageAfter, stages, stage } = dag;
  const tasks = dag.ids.length;
  const tasksOf = stages.map((): number[] => []);
  stage.forEach((s, t) => tasksOf[s].push(t));
  const gateOf = new Int32Array(stages.length).fill(-1);
  let nodes = tasks;
  for (const s of stageAfter.nodes) if (gateOf[s] < 0) gateOf[s] = nodes++;
  const from: number[] = [];
  const to: number[] = [];
  const link = (a: number, b: number): void => {
    from.push(a);
    to.push(b);
  };
  for (let t = 0; t < tasks; t++)
    for (let e = after.offsets[t]; e < after.offsets[t + 1]; e++) link(after.nodes[e], t);
  for (let s = 0; s < stages.length; s++) {
    if (gateOf[s] >= 0) for (const t of tasksOf[s]) link(t, gateOf[s]);
    for (let e = stageAfter.offsets[s]; e < stageAfter.offsets[s + 1]; e++)
      for (const t of tasksOf[s]) link(gateOf[stageAfter.nodes[e]], t);
  }
  return { before: collect(nodes, to, from), after: collect(nodes, from, to), nodes };
}

function collect(count: number, keys: readonly number[], values: readonly number[]): Links {
  const offsets = new Int32Array(count + 1);
  for (const key of keys) offsets[key + 1]++;
  for (let v = 0; v < count; v++) offsets[v + 1] += offsets[v];
  const filled = offsets.slice();
  const nodes = new Int32Array(keys.length);
  for (let e = 0; e < keys.length; e++) nodes[filled[keys[e]]++] = values[e];
  return { offsets, nodes };
}

/**
 * Returns, for each node, the longest time from its beginning to the end of the graph: its own duration and
 * the durations of the nodes on the longest path behind it.
 */
export function longestPaths({ nodes, after, order, tasks }: Graph, duration: Float64Array): Float64Array {
  const length = new Float64Array(nodes);
  for (let i = nodes - 1; i >= 0; i--) {
    const v = order[i];
    let longest = 0;
    for (let e = after.offsets[v]; e < after.offsets[v + 1]; e++)
      longest = Math.max(longest, length[after.nodes[e]]);
    length[v] = longest + (v < tasks ? duration[v] : 0);
  }
  return length;
}

/** Returns the graph with all links turned round, in which the longest paths go back to the beginning. */
export function reversed(graph: Graph): Graph {
  return { ...graph, before: graph.after, after: graph.before, order: graph.order.slice().reverse() };
}

/** Returns 1 for each node that comes behind a node of the set, and for those of the set. */
export function descendantsOf({ after, order }: Graph, set: Uint8Array): Uint8Array {
  const marked = set.slice();
  for (const v of order)
    if (marked[v] === 1)
      for (let e = after.offsets[v]; e < after.offsets[v + 1]; e++) marked[after.nodes[e]] = 1;
  return marked;
}

/** Returns 1 for each node that comes before a node of the set, and for those of the set. */
export function ancestorsOf({ before, order }: Graph, set: Uint8Array): Uint8Array {
  const marked = set.slice();
  for (let i = order.length - 1; i >= 0; i--) {
    const v = order[i];
    if (marked[v] === 1)
      for (let e = before.offsets[v]; e < before.offsets[v + 1]; e++) marked[before.nodes[e]] = 1;
  }
  return marked;
}
