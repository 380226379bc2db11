import { defineOrder } from "../order.js";

export const criticalPath = defineOrder({
  name: "critical-path",
  rule:
    "The job whose dominant share is least goes first; of its tasks, the one with the longest path " +
    "to the end of the graph (its own duration included).",
  source: "Graham, Bounds on Multiprocessing Timing Anomalies, SIAM J. Appl. Math. 1969: list scheduling",
  fidelity: "adapted",
  deviations: ["demands of several resources: a task for which no machine has room is passed over"],
  parameters: {},
  create: () => ({
    rank: ({ paths }) => paths,
    job: ({ inUse }) => -inUse,
    task: ({ rank }) => rank,
  }),
});
