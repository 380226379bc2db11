/** Whether a placement is a schedule. */
import { InputError } from "../../base/errors.js";
import { SLACK } from "./machines.js";
import type { Problem } from "./problem.js";

/** One value per task: as a `Placement`, whose machines may be any numbers. */
interface Columns {
  readonly machine: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/**
 * Throws InputError, with `what` in front, unless every task runs once for its duration, on a machine that
 * there is, behind what it waits for, with room beside the others. Times may be off by 1e-9 of their end.
 */
export function requireFeasible(what: string, problem: Problem, placed: Columns): void {
  const { dag, graph, machines } = problem;
  const { machine, start, end } = placed;
  const refuse = (task: number, why: string): never => {
    throw new InputError(`${what} returned no schedule: task ${dag.ids[task]} ${why}`);
  };
  const ends = new Float64Array(graph.nodes);
  for (const v of graph.order) {
    const { offsets, nodes } = graph.before;
    for (let e = offsets[v]; e < offsets[v + 1]; e++) ends[v] = Math.max(ends[v], ends[nodes[e]]);
    if (v >= graph.tasks) continue;
    const slack = SLACK * end[v];
    if (!Number.isInteger(machine[v]) || machine[v] >= machines)
      refuse(v, `is on machine ${machine[v]}; machines are numbered from 0 to ${machines - 1}`);
    if (Math.abs(end[v] - start[v] - dag.duration[v]) > slack)
      refuse(v, `takes ${dag.duration[v]}, but begins at ${start[v]} and ends at ${end[v]}`);
    if (start[v] < ends[v] - slack) refuse(v, `begins at ${start[v]}, but waits for tasks until ${ends[v]}`);
    ends[v] = end[v];
  }
  const crowded = firstWithoutRoom(problem, placed);
  if (crowded !== undefined)
    refuse(crowded, `has no room on machine ${machine[crowded]} at ${start[crowded]}`);
}

/** Returns a task that begins on a machine where those that run leave no room for it. */
function firstWithoutRoom({ width, shares, graph }: Problem, placed: Columns): number | undefined {
  const { tasks } = graph;
  const { machine, start, end } = placed;
  // Events 0 to tasks - 1 are begins, the others ends; at equal times tasks end first.
  const times = Float64Array.from({ length: 2 * tasks }, (_, i) =>
    i < tasks ? start[i] : end[i - tasks] * (1 - SLACK),
  );
  const events = Int32Array.from(times.keys())
    .filter((i) => times[(i % tasks) + tasks] > start[i % tasks])
    .sort((a, b) => machine[a % tasks] - machine[b % tasks] || times[a] - times[b] || b - a);
  const use = new Float64Array(width);
  let on = -1;
  for (const event of events) {
    const task = event % tasks;
    if (machine[task] !== on) use.fill(0);
    on = machine[task];
    for (let r = 0; r < width; r++) {
      use[r] += (event < tasks ? 1 : -1) * shares[task * width + r];
      if (event < tasks && use[r] > 1 + 2 * SLACK) return task;
    }
  }
  return undefined;
}
