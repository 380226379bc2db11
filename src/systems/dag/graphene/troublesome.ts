/** Which tasks of a graph are troublesome: the candidates that Graphene tries. */
import { ancestorsOf, descendantsOf } from "../graph.js";
import { needOf, type Problem } from "../problem.js";
import { createHint, createSpace, earliestPlace, occupy } from "../space.js";

/** How troublesome tasks are. */
export interface Scores {
  /** Duration of each task over the longest one: from 0 to 1; a long task is troublesome. */
  readonly long: Float64Array;
  /**
   * For each stage, the work of its tasks over the time that a greedy packer needs for them alone: at most 1;
   * the lower, the worse the tasks pack.
   */
  readonly frag: Float64Array;
}

/** Returns LongScore of each task and FragScore of each stage; 1 for a stage that takes no time. */
export function troublesomeScores(problem: Problem): Scores {
  const { duration, stage, stages } = problem.dag;
  const longest = duration.reduce((most, time) => Math.max(most, time), 0);
  const tasksOf = stages.map((): number[] => []);
  stage.forEach((s, t) => tasksOf[s].push(t));
  return {
    long: duration.map((time) => (longest > 0 ? time / longest : 0)),
    frag: Float64Array.from(tasksOf, (tasks) => fragScore(problem, tasks)),
  };
}

function fragScore(problem: Problem, tasks: readonly number[]): number {
  const { machines, width, shares, kind, kinds } = problem;
  const { duration } = problem.dag;
  const hints = Array.from({ length: kinds }, createHint);
  const space = createSpace(machines, width, 0);
  const work = new Float64Array(width);
  let end = 0;
  for (const t of [...tasks].sort((a, b) => duration[b] - duration[a] || a - b)) {
    const need = needOf(problem, t);
    const place = earliestPlace(space, need, 0, hints[kind[t]]);
    occupy(space, place, need);
    end = Math.max(end, place.begin + duration[t]);
    for (let r = 0; r < width; r++) work[r] += (duration[t] * shares[t * width + r]) / machines;
  }
  return end > 0 ? Math.max(...work) / end : 1;
}

/**
 * Returns the different sets of troublesome nodes, 1 for each node of a set: tasks with LongScore >= l or
 * FragScore <= f for l and f from `delta` to 1 in steps of `delta`, and what lies between two such tasks.
 */
export function troublesomeSets(problem: Problem, delta: number): Uint8Array[] {
  const { dag, graph } = problem;
  const { long, frag } = troublesomeScores(problem);
  const steps = Array.from({ length: Math.round(1 / delta) }, (_, i) => (i + 1) * delta);
  const marked = new Map<string, Uint8Array>();
  for (const leastLong of steps)
    for (const mostFrag of steps) {
      const set = new Uint8Array(graph.nodes);
      // Sums of delta are not exact.
      for (let t = 0; t < graph.tasks; t++)
        if (long[t] >= leastLong - 1e-9 || frag[dag.stage[t]] <= mostFrag + 1e-9) set[t] = 1;
      const key = set.join("");
      if (!marked.has(key)) marked.set(key, set);
    }
  const closed = new Map<string, Uint8Array>();
  for (const set of marked.values()) {
    const before = ancestorsOf(graph, set);
    const between = descendantsOf(graph, set).map((isBehind, v) => isBehind & before[v]);
    closed.set(between.join(""), between);
  }
  return [...closed.values()];
}
