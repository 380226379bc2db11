import { defineBuiltIn } from "../architecture.js";
import type { FrameworkParts, RoleParts } from "../parts.js";
import { isService } from "./cell-parameters.js";
import { count, quantity } from "./parameters.js";
import { delay } from "./sampling-parameters.js";

/**
 * Dominant share of a role or framework: max over resources of allocated/total, divided by the role's
 * weight.
 */
export const mesosDrf = defineBuiltIn({
  name: "mesos-drf",
  rule:
    "Every `interval`, and when a framework gets a job, an allocator visits the agents in random order. " +
    "It offers all that is free on an agent to one framework: that with the least dominant share, of the " +
    "role with the least dominant share (roles below their quota first). The framework launches tasks " +
    "of its jobs, first in, first out, and refuses the rest for `refuseFor`. With delay scheduling a job " +
    "refuses up to `skips` agents without its data.",
  source:
    "Hindman et al., Mesos, NSDI 2011; Ghodsi et al., Dominant Resource Fairness, NSDI 2011; apache/mesos, " +
    "master/allocator/mesos/hierarchical.cpp and sorter/drf; Zaharia et al., Delay Scheduling, EuroSys 2010",
  fidelity: "adapted",
  deviations: [
    "one framework and one role for each class of jobs",
    "no revocable, reserved or shared resources",
    "the random order of the agents is a random first agent and a random step, not a shuffle",
    "the data of each task is on `copies` random agents",
  ],
  parameters: {
    interval: quantity(1, "s", "time between two allocations", { min: 1e-6 }),
    refuseFor: quantity(5, "s", "a refused rest is not offered again during this time"),
    leastCpu: quantity(0.01, "CPU", "an agent is not offered if less is free than this and `leastMemory`"),
    leastMemory: quantity(32, "memory", "the same of memory (Mesos: 32 MB)"),
    delay,
    serviceWeight: quantity(1, "", "weight of the role of class Service", { min: 1e-6 }),
    serviceQuotaCpu: quantity(0, "CPU", "quota of the role of class Service"),
    serviceQuotaMemory: quantity(0, "memory", "quota of the role of class Service"),
    copies: count(0, "agents", "agents that have the data of a task; 0: data is everywhere", { max: 1000 }),
    skips: count(0, "agents", "a job refuses at most this number of agents without its data"),
  },
  create(values, { classes }) {
    const role = (name: string): RoleParts =>
      isService(name)
        ? {
            weight: values.serviceWeight,
            quotaCpu: values.serviceQuotaCpu,
            quotaMemory: values.serviceQuotaMemory,
          }
        : { weight: 1, quotaCpu: 0, quotaMemory: 0 };
    return {
      engine: "mesos",
      frameworks: classes.map((name): FrameworkParts => ({ name, role: name, classes: [name] })),
      roles: Object.fromEntries(classes.map((name) => [name, role(name)])),
      interval: values.interval,
      refuseFor: values.refuseFor,
      leastCpu: values.leastCpu,
      leastMemory: values.leastMemory,
      delay: values.delay,
      copies: values.copies,
      skips: values.skips,
    };
  },
});
