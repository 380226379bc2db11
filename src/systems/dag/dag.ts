/** A graph of tasks: its type. */

/** The links of node v are `nodes[offsets[v]]` to `nodes[offsets[v + 1] - 1]`. */
export interface Links {
  readonly offsets: Int32Array;
  readonly nodes: Int32Array;
}

/**
 * A directed acyclic graph of tasks as columns, one row per task. Times are in any unit, demands in the unit
 * of the machines' capacity.
 */
export interface Dag {
  readonly ids: readonly string[];
  readonly duration: Float64Array;
  /** Names of the resources. */
  readonly resources: readonly string[];
  /** Task t demands `demand[t * resources.length + r]` of resource r while it runs. */
  readonly demand: Float64Array;
  /** Names of the stages; a stage is a set of tasks that do the same work on different data. */
  readonly stages: readonly string[];
  /** Place in `stages` of each task. */
  readonly stage: Int32Array;
  /** The tasks that must end before a task begins. */
  readonly after: Links;
  /** The stages of which all tasks must end before any task of a stage begins: a barrier. */
  readonly stageAfter: Links;
}

/** Returns the links of nodes that are given as one list per node. */
export function linksFrom(lists: readonly (readonly number[])[]): Links {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, v) => (offsets[v + 1] = offsets[v] + list.length));
  return { offsets, nodes: Int32Array.from(lists.flat()) };
}

/** Returns links without any link. */
export function noLinks(nodes: number): Links {
  return { offsets: new Int32Array(nodes + 1), nodes: new Int32Array(0) };
}
