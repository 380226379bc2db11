/** The order of a workload's tasks for simulations that enforce it, and how far the trace keeps it. */
import { describeCycle, findCycle } from "../base/cycles.js";
import { InputError } from "../base/errors.js";
import { findDependencyRow, successorsOf, type Successors } from "./dependencies.js";
import type { DependencyColumns, Workload } from "./workload.js";

/** Whether tasks come at the times of the trace, or also wait for those that they come after. */
export const ORDERS = ["trace", "enforced"] as const;
export type Order = (typeof ORDERS)[number];

/** Edges between tasks (rows of `workload.dependencies`) that are both in the workload. */
export interface DependencyCounts {
  readonly count: number;
  /** Those whose first task ended after the second had started, by the times of the trace. */
  readonly broken: number;
}

/** Which executions wait for which. Its rows are those of `workload.dependencies`. */
export interface TaskOrder extends Successors {
  /** The row of each execution; -1: it waits for no others and no others wait for it. */
  readonly rowOf: Int32Array;
  /** The number of executions of each row. */
  readonly executions: Int32Array;
  /** The number of rows that each row waits for. */
  readonly predecessors: Int32Array;
  readonly counts: DependencyCounts;
}

/** The runs of a sweep share a workload, which does not change. */
const KNOWN = new WeakMap<Workload, TaskOrder>();

/**
 * Returns the order of a workload's tasks; computed once for each workload. Throws InputError where tasks
 * wait for each other in a cycle; readers leave such dependencies out.
 */
export function taskOrderOf(workload: Workload): TaskOrder {
  const known = KNOWN.get(workload) ?? createTaskOrder(workload);
  KNOWN.set(workload, known);
  return known;
}

/**
 * Returns how many edges of `workload.dependencies` have both of their tasks in the workload, and how many of
 * them the trace itself breaks. Throws InputError where tasks wait for each other in a cycle.
 */
export function countDependencies(workload: Workload): DependencyCounts {
  return taskOrderOf(workload).counts;
}

const NONE: DependencyColumns = {
  job: new BigInt64Array(0),
  firstIndex: new Int32Array(0),
  instances: new Int32Array(0),
  offsets: new Int32Array(1),
  after: new Int32Array(0),
};

function createTaskOrder({
  dependencies = NONE,
  executions: { job, index, start, end },
}: Workload): TaskOrder {
  refuseCycle(dependencies);
  const { offsets, after } = dependencies;
  const rows = dependencies.job.length;
  const find = findDependencyRow(dependencies);
  const rowOf = Int32Array.from(job, (id, execution) => find(id, index[execution]));
  const executions = new Int32Array(rows);
  const firstStart = new Float64Array(rows).fill(Infinity);
  const lastEnd = new Float64Array(rows).fill(-Infinity);
  rowOf.forEach((row, execution) => {
    if (row < 0) return;
    executions[row]++;
    firstStart[row] = Math.min(firstStart[row], start[execution]);
    lastEnd[row] = Math.max(lastEnd[row], end[execution]);
  });
  let [count, broken] = [0, 0];
  for (let row = 0; row < rows; row++)
    for (const before of after.subarray(offsets[row], offsets[row + 1])) {
      if (executions[row] === 0 || executions[before] === 0) continue;
      count++;
      if (lastEnd[before] > firstStart[row]) broken++;
    }
  return {
    rowOf,
    executions,
    predecessors: Int32Array.from({ length: rows }, (_, row) => offsets[row + 1] - offsets[row]),
    ...successorsOf(dependencies),
    counts: { count, broken },
  };
}

/** No schedule can keep the order of tasks that wait for each other. */
function refuseCycle({ job, firstIndex, offsets, after }: DependencyColumns): void {
  const cycle = findCycle(
    Array.from(job, (_, row) => Array.from(after.subarray(offsets[row], offsets[row + 1]))),
  );
  if (cycle.length === 0) return;
  const names = cycle.map((row) => `${job[row]}/${firstIndex[row]}`);
  throw new InputError(
    `the order of tasks cannot be enforced: ${describeCycle(names)} (JOB/INDEX in workload.dependencies); ` +
      'leave a dependency out, or simulate with order "trace"',
  );
}
