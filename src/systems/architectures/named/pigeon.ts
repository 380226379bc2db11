import { defineArchitecture } from "../architecture.js";
import { hybridParameters } from "./hybrid-parameters.js";
import { delay } from "./sampling-parameters.js";

export const pigeon = defineArchitecture({
  name: "pigeon",
  rule:
    "A job deals its tasks evenly to masters, each with a group of workers; the rest of the division " +
    "goes to random ones. A master sends a task to a worker with room, a few of which are for short " +
    "tasks only, or keeps it. A worker that becomes free gets a short task, unless `weight` of them " +
    "went before a long one in a row.",
  source:
    "Wang et al., Pigeon: an Effective Distributed, Hierarchical Datacenter Job Scheduler, SoCC 2019; " +
    "its simulator in csesmita/blackbird, simulation/pigeon",
  fidelity: "adapted",
  deviations: [
    "a job ends when its last task does, not when the scheduler is told",
    "workers with room are taken in the order of their numbers",
  ],
  parameters: {
    delay,
    cutoff: hybridParameters.cutoff,
    masters: { default: 10, unit: "masters", description: "groups of workers", min: 1, integer: true },
    reserved: {
      default: 2,
      unit: "workers",
      description: "of each group that run short tasks only",
      min: 0,
      integer: true,
    },
    weight: {
      default: 1e5,
      unit: "tasks",
      description: "short tasks in a row after which a long one goes first",
      min: 1,
      integer: true,
    },
  },
  create: (values) => ({ engine: "groups", ...values }),
});
