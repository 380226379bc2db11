/** The alternative to co-location: machines for latency-critical work, and others for best-effort work. */
import type { ClusterView, Policy, TaskView } from "../../policies/policy.js";
import type { Workload } from "../../workload/workload.js";

/**
 * Returns a policy that keeps the first `lcMachines` machines for latency-critical tasks and the others for
 * best-effort ones. A task goes to the least loaded machine of its part that fits it, else it waits; nothing
 * migrates.
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
 * Returns the workload without the trace's own placement, that of the tasks running at its beginning
 * included.
 */
export function withoutPlacement(workload: Workload): Workload {
  const { machine, initial } = workload.executions;
  const runs = {
    ...workload.executions,
    machine: machine.map(() => -1),
    initial: initial.map(() => 0),
  };
  return { ...workload, executions: runs };
}
