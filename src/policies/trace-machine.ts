import type { ClusterView, TaskView } from "./policy.js";

/**
 * The placement of a policy that names none: the machine on which the trace ran the task, so that what
 * differs between two policies is their migrations alone; where that is unknown or full, the least loaded
 * that fits.
 */
export function traceMachine(task: TaskView, view: ClusterView): number {
  const machine = task.traceMachine;
  return machine >= 0 && view.fits(task, machine) ? machine : view.coldest(task);
}
