/** Lower bounds: no schedule of a graph is shorter. Their names in the Graphene paper stand in brackets. */
import { noLinks, type Dag } from "./dag.js";
import { graphOf, longestPaths, reversed } from "./graph.js";
import { machineCount, sharesOf, type MachineChoice } from "./machines.js";

export interface Bounds {
  readonly criticalPath: number;
  readonly work: number;
  readonly modifiedCriticalPath: number;
  /** The greatest of the three. */
  readonly best: number;
}

/** Returns the length of the longest path: the sum of its durations [CPLen]. */
export function criticalPathBound(dag: Dag): number {
  return greatest(longestPaths(graphOf(dag), dag.duration));
}

/**
 * Returns the time that the machines need for the resource that is wanted most: the sum of duration x demand
 * over the capacity of all machines [TWork]. Throws InputError as `sharesOf` does.
 */
export function workBound(dag: Dag, machines: MachineChoice): number {
  return greatest(workOf(dag, sharesOf(dag, machines), () => 0)) / machineCount(machines);
}

/**
 * Returns the length of the longest path of stages between which there are barriers, where a stage takes as
 * long as its longest task and as its work [ModCP]. Only barriers count: behind other edges a stage may begin
 * before the one before it has ended. Throws InputError as `sharesOf` does.
 */
export function modifiedCriticalPathBound(dag: Dag, machines: MachineChoice): number {
  const { stages, stage, stageAfter, duration, resources } = dag;
  const count = machineCount(machines);
  const work = workOf(dag, sharesOf(dag, machines), (t) => stage[t]);
  const takes = Float64Array.from(
    stages,
    (_, s) => greatest(work.subarray(s * resources.length, (s + 1) * resources.length)) / count,
  );
  stage.forEach((s, t) => {
    takes[s] = Math.max(takes[s], duration[t]);
  });
  // The stages as a graph: each one a task.
  const graph = graphOf({
    ids: stages,
    duration: new Float64Array(stages.length),
    resources: [],
    demand: new Float64Array(0),
    stages,
    stage: Int32Array.from(stages.keys()),
    after: stageAfter,
    stageAfter: noLinks(stages.length),
  });
  return greatest(longestPaths(reversed(graph), takes));
}

/** Returns the three bounds and the greatest of them. */
export function boundsOf(dag: Dag, machines: MachineChoice): Bounds {
  const criticalPath = criticalPathBound(dag);
  const work = workBound(dag, machines);
  const modifiedCriticalPath = modifiedCriticalPathBound(dag, machines);
  return {
    criticalPath,
    work,
    modifiedCriticalPath,
    best: Math.max(criticalPath, work, modifiedCriticalPath),
  };
}

/** Returns the sums of duration x share of each group of tasks: one value per group and resource. */
function workOf(
  { duration, resources, stages }: Dag,
  shares: Float64Array,
  groupOf: (task: number) => number,
): Float64Array {
  const width = resources.length;
  const work = new Float64Array(stages.length * width);
  duration.forEach((time, t) => {
    for (let r = 0; r < width; r++) work[groupOf(t) * width + r] += time * shares[t * width + r];
  });
  return work;
}

function greatest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
