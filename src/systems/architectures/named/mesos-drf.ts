import { defineArchitecture } from "../architecture.js";
import type { FrameworkParts, RoleParts } from "../parts.js";
import { delay } from "./sampling-parameters.js";

/**
 * Dominant share of a role or framework: max over resources of allocated/total, divided by the role's
 * weight.
 */
export const mesosDrf = defineArchitecture({
  name: "mesos-drf",
  rule:
    "An allocator goes through the agents in random order, every `interval` and when a framework gets " +
    "a job. What is free on an agent goes whole to the framework with the least dominant share, of " +
    "the role with the least one (roles without their quota first). The framework launches tasks of " +
    "its jobs, first in, first out, and refuses the rest for `refuseFor`. With delay scheduling a job " +
    "lets up to `skips` agents without its data pass.",
  source:
    "Hindman et al., Mesos, NSDI 2011; Ghodsi et al., Dominant Resource Fairness, NSDI 2011; apache/mesos, " +
    "master/allocator/mesos/hierarchical.cpp and sorter/drf; Zaharia et al., Delay Scheduling, EuroSys 2010",
  fidelity: "adapted",
  deviations: [
    "one framework and one role for each class of jobs",
    "no revocable, reserved or shared resources",
    "the random order of the agents is a random first one and a random step, not a shuffle",
    "data lies on `copies` random agents for each task",
  ],
  parameters: {
    interval: { default: 1, unit: "s", description: "between two allocations", min: 1e-6 },
    refuseFor: { default: 5, unit: "s", description: "that a refused rest is not offered again", min: 0 },
    leastCpu: {
      default: 0.01,
      unit: "CPU",
      description: "an agent with less, and less memory, is not offered",
      min: 0,
    },
    leastMemory: { default: 32, unit: "memory", description: "the same of memory (Mesos: 32 MB)", min: 0 },
    delay,
    serviceWeight: { default: 1, unit: "", description: "weight of the role of class Service", min: 1e-6 },
    serviceQuotaCpu: { default: 0, unit: "CPU", description: "quota of the role of class Service", min: 0 },
    serviceQuotaMemory: {
      default: 0,
      unit: "memory",
      description: "quota of the role of class Service",
      min: 0,
    },
    copies: {
      default: 0,
      unit: "agents",
      description: "with the data of a task; 0: data is everywhere",
      min: 0,
      integer: true,
    },
    skips: {
      default: 0,
      unit: "agents",
      description: "without its data that a job lets pass",
      min: 0,
      integer: true,
    },
  },
  create(values, { classes }) {
    const role = (name: string): RoleParts =>
      /^service$/i.test(name)
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
