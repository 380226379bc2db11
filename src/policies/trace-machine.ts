import type { ClusterView, TaskView } from "./policy.js";

/**
 * The default placement: the task's machine in the trace, so that two policies differ only in their
 * migrations. If this machine is unknown or full, the least loaded machine that fits.
 */
export function traceMachine(task: TaskView, view: ClusterView): number {
  const machine = task.traceMachine;
  return machine >= 0 && view.fits(task, machine) ? machine : view.coldest(task);
}
