import { defineOrder } from "../order.js";

export const fair = defineOrder({
  name: "fair",
  rule:
    "The job whose dominant share of the machines is least goes first; of its tasks, the one that " +
    "was ready first.",
  source: "Ghodsi et al., Dominant Resource Fairness, NSDI 2011, with jobs as users",
  fidelity: "adapted",
  deviations: [
    "jobs of equal weight instead of users",
    "a job for which a machine has no room is passed over",
  ],
  parameters: {},
  create: () => ({ job: ({ inUse }) => -inUse }),
});
