/** A graph of tasks: its type, and whether a value is one. */
import { describeValue, InputError } from "../../base/errors.js";
import { numberOf } from "./check.js";

/** The links of node v are `nodes[offsets[v]]` to `nodes[offsets[v + 1] - 1]`. */
export interface Links {
  readonly offsets: Int32Array;
  readonly nodes: Int32Array;
}

/**
 * A directed acyclic graph of tasks as columns, one row per task. Times are in any unit, demands in the unit
 * of the machines' capacity. Nothing in it changes after it is built.
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

/** Graphs that have passed the check: several functions of one run take the same graph. */
const SOUND = new WeakSet();

/** Throws InputError unless the value is a graph with at least one task; it may have cycles. */
export function requireDag(value: unknown, what = "the graph"): asserts value is Dag {
  if (typeof value === "object" && value !== null && SOUND.has(value)) return;
  if (!hasColumns(value ?? {}))
    throw new InputError(`${what} is ${describeValue(value)}: give what dagFrom or dagFromStages returns`);
  const dag = value as Dag;
  const { ids, duration, demand, resources } = dag;
  if (ids.length === 0) throw new InputError(`${what} has no tasks: give at least one row`);
  duration.forEach((time, t) => numberOf(`duration of task ${ids[t]}`, time));
  demand.forEach((amount, i) => {
    const t = Math.floor(i / resources.length);
    numberOf(`${resources[i - t * resources.length]} of task ${ids[t]}`, amount);
  });
  SOUND.add(dag);
}

function hasColumns(given: Partial<Dag>): given is Dag {
  const { ids, duration, resources, demand, stages, stage, after, stageAfter } = given;
  return (
    Array.isArray(ids) &&
    Array.isArray(resources) &&
    Array.isArray(stages) &&
    duration instanceof Float64Array &&
    duration.length === ids.length &&
    demand instanceof Float64Array &&
    demand.length === ids.length * resources.length &&
    stage instanceof Int32Array &&
    stage.length === ids.length &&
    stage.every((s) => s >= 0 && s < stages.length) &&
    areLinks(after, ids.length) &&
    areLinks(stageAfter, stages.length)
  );
}

function areLinks(links: Partial<Links> | undefined, nodes: number): boolean {
  if (!(links?.offsets instanceof Int32Array && links.nodes instanceof Int32Array)) return false;
  return (
    links.offsets.length === nodes + 1 &&
    links.offsets[0] === 0 &&
    links.offsets[nodes] === links.nodes.length &&
    links.offsets.every((offset, v, all) => v === 0 || offset >= all[v - 1]) &&
    links.nodes.every((node) => node >= 0 && node < nodes)
  );
}
