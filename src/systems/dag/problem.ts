/** A graph and the machines that it is packed on, in the form in which rules use it. */
import { boundsOf } from "./bounds.js";
import { canonicalDag } from "./canonical.js";
import { requireDag, type Dag } from "./dag.js";
import { graphOf, longestPaths, type Graph } from "./graph.js";
import { machineCount, sharesOf, type MachineChoice } from "./machines.js";
import type { Need } from "./space.js";

export interface Problem {
  /** Tasks in canonical order: where values are equal, the task of the lower number goes first. */
  readonly dag: Dag;
  /** The row in the given graph of each task. */
  readonly rows: Int32Array;
  readonly graph: Graph;
  readonly machines: number;
  /** Number of resources. */
  readonly width: number;
  /** Task t demands the share `shares[t * width + r]` of a machine's resource r. */
  readonly shares: Float64Array;
  /** The kind of each task: tasks of one stage with equal demands are of one kind. */
  readonly kind: Int32Array;
  readonly kinds: number;
  /** Time from the beginning of each node to the end of the graph on the longest path. */
  readonly paths: Float64Array;
  /** No schedule is shorter. */
  readonly bound: number;
}

/**
 * Returns the problem, with the graph's resources and the others given. Throws InputError as `graphOf` and
 * `sharesOf` do.
 */
export function problemOf(given: Dag, choice: MachineChoice, others?: readonly string[]): Problem {
  requireDag(given);
  const machines = machineCount(choice);
  const { dag, rows } = canonicalDag(given, others);
  const graph = graphOf(dag);
  const shares = sharesOf(dag, choice);
  const { kind, kinds } = kindsOf(dag, shares);
  return {
    dag,
    rows,
    graph,
    machines,
    width: dag.resources.length,
    shares,
    kind,
    kinds,
    paths: longestPaths(graph, dag.duration),
    bound: boundsOf(dag, choice).best,
  };
}

function kindsOf({ stage, resources }: Dag, shares: Float64Array): Pick<Problem, "kind" | "kinds"> {
  const width = resources.length;
  const known = new Map<string, number>();
  const kind = stage.map((s, t) => {
    const key = `${s}/${shares.subarray(t * width, (t + 1) * width).join("/")}`;
    const at = known.get(key) ?? known.size;
    known.set(key, at);
    return at;
  });
  return { kind, kinds: known.size };
}

/** Returns what a task needs. */
export function needOf({ dag, shares, width }: Problem, task: number): Need {
  return { shares, at: task * width, duration: dag.duration[task] };
}
