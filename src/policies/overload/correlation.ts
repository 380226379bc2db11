import { multipleCorrelations } from "../../metrics/correlation.js";
import type { ClusterView, TaskView } from "../policy.js";

/** R^2 are equal within this: the higher must not be a matter of rounding. */
const ROUNDING = 1e-7;

/**
 * Returns the one of a machine's tasks whose observed CPU a regression on that of the machine's other tasks
 * explains best (highest multiple R^2: maximum correlation, Beloglazov and Buyya 2012, section 4.3.3), ties
 * by id. Undefined where too little was observed.
 *
 * The others are the tasks given and the latency-critical ones of the machine. A regression needs more
 * observations than series: of the tasks, those that were observed longest take part, as many as were all
 * observed in at least twice as many steps as they number.
 */
export function mostCorrelated(tasks: readonly TaskView[], view: ClusterView): TaskView | undefined {
  const others = view.tasksOn(tasks[0].machine).filter((task) => task.latencyCritical);
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
