/** What Graphene found troublesome in a graph. */
import { resolveParameters } from "../../../base/parameters.js";
import type { Dag } from "../dag.js";
import type { MachineChoice } from "../machines.js";
import { problemOf } from "../problem.js";
import { graphene } from "../orders/graphene.js";
import { buildSchedule } from "./build-schedule.js";
import { troublesomeScores } from "./troublesome.js";

/** One row per task of the graph. */
export interface Troublesome {
  /** 1 for the tasks that the shortest schedule places first. */
  readonly troublesome: Uint8Array;
  /** LongScore of the task, and FragScore of its stage (`troublesomeScores`). */
  readonly long: Float64Array;
  readonly frag: Float64Array;
}

/**
 * Returns the set of tasks that led to Graphene's schedule of a graph, and all tasks' scores. `delta` is the
 * step of the thresholds, as in the order `graphene`. Throws InputError as `packDag` does.
 */
export function troublesomeTasks(
  dag: Dag,
  machines: MachineChoice,
  delta: number = graphene.parameters.delta.default,
): Troublesome {
  const { step } = resolveParameters(
    "troublesomeTasks",
    { step: graphene.parameters.delta },
    { step: delta },
  );
  const problem = problemOf(dag, machines);
  const scores = troublesomeScores(problem);
  const { troublesome } = buildSchedule(problem, step);
  const found = { troublesome: troublesome.slice(), long: scores.long.slice(), frag: scores.long.slice() };
  problem.rows.forEach((row, t) => {
    found.troublesome[row] = troublesome[t];
    found.long[row] = scores.long[t];
    found.frag[row] = scores.frag[problem.dag.stage[t]];
  });
  return found;
}
