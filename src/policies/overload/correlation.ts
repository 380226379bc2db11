import { multipleCorrelations } from "../../metrics/correlation.js";
import type { ClusterView, TaskView } from "../policy.js";

/** Values of R^2 that differ by less than this count as equal, because the difference may be rounding. */
const ROUNDING = 1e-7;

/**
 * Returns the task whose observed CPU is explained best by a regression on the CPU of the machine's other
 * tasks (highest multiple R^2: maximum correlation, Beloglazov and Buyya 2012, section 4.3.3), ties by id.
 * Undefined where there are too few observations.
 *
 * The regression uses the given tasks and the machine's latency-critical tasks. It needs more observations
 * than series, so only the k tasks that were observed longest take part, with the largest k for which all of
 * them were observed in at least 2k steps.
 */
export function mostCorrelated(tasks: readonly TaskView[], view: ClusterView): TaskView | undefined {
  const given = new Set(tasks.map(({ id }) => id));
  const others = view
    .tasksOn(tasks[0].machine)
    .filter(({ id, latencyCritical }) => latencyCritical && !given.has(id));
  const observed = [...tasks, ...others]
    .map((task) => ({ task, history: view.taskHistory(task) }))
    .sort((a, b) => b.history.length - a.history.length || a.task.id - b.task.id);
  let count = 0;
  while (count < observed.length && observed[count].history.length >= 2 * (count + 1)) count++;
  if (count < 2) return undefined;
  const taken = observed.slice(0, count);
  const steps = taken[count - 1].history.length;
  const explained = multipleCorrelations(taken.map(({ history }) => history.slice(-steps)));
  let best: { readonly task: TaskView; readonly explained: number } | undefined;
  for (const task of tasks) {
    const row = taken.findIndex((one) => one.task === task);
    if (row < 0) continue;
    if (best === undefined || explained[row] > best.explained + ROUNDING)
      best = { task, explained: explained[row] };
  }
  return best?.task;
}
