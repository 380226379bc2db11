import { definePolicy, type ClusterView, type TaskView } from "./policy.js";

/** Of the machines that fit, the one with the least observed load; ties go to the lowest number; -1 if none fits. */
export function leastLoaded(task: TaskView, view: ClusterView): number {
  let best = -1;
  for (let m = 0; m < view.machines; m++) {
    if ((best < 0 || view.load[m] < view.load[best]) && view.fits(task, m)) best = m;
  }
  return best;
}

export const leastLoadedPolicy = definePolicy({
  name: "least-loaded",
  rule: "Places each task on the machine with the least observed CPU load that fits.",
  family: "placement",
  source: "worst-fit, folklore; DSLab IaaS calls it WorstFit",
  fidelity: "adapted",
  deviations: ["load is observed usage, not allocation"],
  parameters: {},
  create: () => ({ name: "least-loaded", place: leastLoaded }),
});
