import { defineBuiltIn } from "../architecture.js";
import { hybridParameters } from "./hybrid-parameters.js";
import { count } from "./parameters.js";
import { delay } from "./sampling-parameters.js";

export const pigeon = defineBuiltIn({
  name: "pigeon",
  rule:
    "A job distributes its tasks evenly over masters, each with a group of workers; tasks that remain " +
    "after the division go to random masters. A master sends a task to a worker with room, or keeps it " +
    "in its queue; a few workers of each group are for short tasks only. A worker that becomes free " +
    "gets a short task, or a long one after `weight` short ones.",
  source:
    "Wang et al., Pigeon: an Effective Distributed, Hierarchical Datacenter Job Scheduler, SoCC 2019; " +
    "its simulator in csesmita/blackbird, simulation/pigeon",
  fidelity: "adapted",
  deviations: [
    "a job ends when its last task ends, not when the scheduler gets the message",
    "workers with room are taken in the order of their numbers",
  ],
  parameters: {
    delay,
    cutoff: hybridParameters.cutoff,
    masters: count(10, "masters", "each has a group of workers", { min: 1 }),
    reserved: count(2, "workers", "workers of each group that run short tasks only"),
    weight: count(1e5, "tasks", "a long task goes first after this number of consecutive short ones", {
      min: 1,
    }),
  },
  create: (values) => ({ engine: "groups", ...values }),
});
