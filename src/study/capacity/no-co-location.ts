/** The alternative to co-location: latency-critical and best-effort work run on separate machines. */
import type { ClusterView, Policy, TaskView } from "../../policies/policy.js";
import type { Workload } from "../../workload/workload.js";

/**
 * Returns a policy that keeps the first `lcMachines` machines for latency-critical tasks and the others for
 * best-effort ones. A task goes to the least loaded machine of its part on which it fits; otherwise it waits.
 * Nothing migrates.
 */
export function splitPolicy(lcMachines: number): Policy {
  return {
    name: "no-co-location",
    place(task: TaskView, view: ClusterView): number {
      const [from, to] = task.latencyCritical ? [0, lcMachines] : [lcMachines, view.machines];
      let coldest = -1;
      for (let m = from; m < to; m++) {
        if ((coldest < 0 || view.load[m] < view.load[coldest]) && view.fits(task, m)) coldest = m;
      }
      return coldest;
    },
  };
}

/**
 * Returns the workload without the trace's placement, including that of the tasks that run at its beginning.
 */
export function withoutPlacement(workload: Workload): Workload {
  const { machine, initial } = workload.executions;
  const unplaced = {
    ...workload.executions,
    machine: machine.map(() => -1),
    initial: initial.map(() => 0),
  };
  return { ...workload, executions: unplaced };
}
