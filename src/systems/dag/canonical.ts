/**
 * Tasks in an order that depends on the graph only, not on the order of the rows or on ids. Orders break ties
 * by it, so that the same graph with other rows gets the same schedule.
 */
import { hashWords } from "../../base/integer-hash.js";
import { linksFrom, type Dag, type Links } from "./dag.js";
import { graphOf, longestPaths, reversed, type Graph } from "./graph.js";

/** The graph with its tasks in canonical order; `rows[t]` is the row in the original of its task t. */
export interface CanonicalDag {
  readonly dag: Dag;
  readonly rows: Int32Array;
}

/**
 * Returns the graph in canonical order: the order of hashes (an arbitrary order, but always the same) of what
 * a task is and of what is before, behind and beside it in its stage, refined until no more tasks are told
 * apart (color refinement, Weisfeiler and Leman 1968). Tasks that are not told apart keep the order of their
 * rows; except in very regular graphs they can be exchanged without any effect. Resources are in canonical
 * order, too, and those of `others` are added.
 */
export function canonicalDag(given: Dag, others: readonly string[] = []): CanonicalDag {
  const dag = withResources(given, others);
  const [high, low] = refine(dag, graphOf(dag));
  const rows = Int32Array.from(dag.ids.keys()).sort((a, b) => high[a] - high[b] || low[a] - low[b] || a - b);
  return { dag: reorder(dag, rows), rows };
}

/** Returns the graph with cpu, memory, and then its resources and the others by name. */
function withResources(dag: Dag, others: readonly string[]): Dag {
  const resources = [...new Set(["cpu", "memory", ...[...dag.resources, ...others].sort()])];
  const from = resources.map((name) => dag.resources.indexOf(name));
  const demand = dag.ids.flatMap((_, t) =>
    from.map((r) => (r < 0 ? 0 : dag.demand[t * dag.resources.length + r])),
  );
  return { ...dag, resources, demand: Float64Array.from(demand) };
}

/** Two hashes of 32 bits for each node: with one, some of many tasks would have equal hashes by chance. */
type Colors = readonly [Int32Array, Int32Array];

function refine(dag: Dag, graph: Graph): Colors {
  let colors = firstColors(dag, graph);
  for (let known = 0; ;) {
    const count = distinct(colors, graph.tasks);
    if (count === known) return colors;
    known = count;
    if (count === graph.tasks) return colors;
    colors = nextColors(dag, graph, colors);
  }
}

/**
 * The color of a task at first: duration, demands, and the longest paths from and to it. A resource that it
 * does not demand makes no difference, except CPU and memory, which all graphs have.
 */
function firstColors(dag: Dag, graph: Graph): Colors {
  const width = dag.resources.length;
  const names = dag.resources.map((name, r) => (r < 2 ? [] : Array.from(name, (c) => c.codePointAt(0)!)));
  const columns = [longestPaths(graph, dag.duration), longestPaths(reversed(graph), dag.duration)];
  const colors = [new Int32Array(graph.nodes), new Int32Array(graph.nodes)] as const;
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  const add = (v: number, value: number): void => {
    bits[0] = value;
    colors.forEach((color, lane) => (color[v] = hashWords(hashWords(color[v], words[0], words[1]), lane, 1)));
  };
  for (let v = 0; v < graph.nodes; v++) {
    for (const column of columns) add(v, column[v]);
    if (v >= graph.tasks) continue;
    add(v, dag.duration[v]);
    for (let r = 0; r < width; r++) {
      const amount = dag.demand[v * width + r];
      if (r >= 2 && amount === 0) continue;
      for (const code of names[r]) add(v, code);
      add(v, amount);
    }
  }
  return colors;
}

/** Hashes the color of each node with those around it; sums do not depend on the order of the neighbors. */
function nextColors(dag: Dag, graph: Graph, [a, b]: Colors): Colors {
  const of = (lane: number): Int32Array => {
    const said = Int32Array.from(a, (color, v) => hashWords(color, b[v], lane));
    const inStage = new Int32Array(dag.stages.length);
    dag.stage.forEach((s, t) => (inStage[s] += said[t]));
    return Int32Array.from(a, (color, v) => {
      const around = hashWords(sumOf(graph.before, v, said), sumOf(graph.after, v, said), lane);
      return hashWords(hashWords(color, b[v], around), v < graph.tasks ? inStage[dag.stage[v]] : 0, lane);
    });
  };
  return [of(2), of(3)];
}

function sumOf({ offsets, nodes }: Links, v: number, said: Int32Array): number {
  let sum = 0;
  for (let e = offsets[v]; e < offsets[v + 1]; e++) sum = (sum + said[nodes[e]]) | 0;
  return sum;
}

function distinct([a, b]: Colors, tasks: number): number {
  const seen = new Set<number>();
  for (let t = 0; t < tasks; t++) seen.add((a[t] & 0x1fffff) * 0x100000000 + (b[t] >>> 0));
  return seen.size;
}

function reorder(dag: Dag, rows: Int32Array): Dag {
  const width = dag.resources.length;
  const placeOf = new Int32Array(rows.length);
  rows.forEach((row, t) => (placeOf[row] = t));
  const oldStages = [...new Set(Array.from(rows, (row) => dag.stage[row]))];
  const stageOf = new Map(oldStages.map((old, s) => [old, s]));
  return {
    ids: Array.from(rows, (row) => dag.ids[row]),
    duration: Float64Array.from(rows, (row) => dag.duration[row]),
    resources: dag.resources,
    demand: Float64Array.from({ length: rows.length * width }, (_, i) => {
      const t = Math.floor(i / width);
      return dag.demand[rows[t] * width + (i - t * width)];
    }),
    stages: oldStages.map((old) => dag.stages[old]),
    stage: Int32Array.from(rows, (row) => stageOf.get(dag.stage[row])!),
    after: reorderLinks(dag.after, rows, (row) => placeOf[row]),
    stageAfter: reorderLinks(dag.stageAfter, oldStages, (old) => stageOf.get(old)!),
  };
}

function reorderLinks(
  { offsets, nodes }: Links,
  rows: ArrayLike<number>,
  placeOf: (row: number) => number,
): Links {
  return linksFrom(
    Array.from(rows, (row) =>
      Array.from(nodes.subarray(offsets[row], offsets[row + 1]), placeOf).sort((a, b) => a - b),
    ),
  );
}
