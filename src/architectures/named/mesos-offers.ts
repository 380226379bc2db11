import { defineBuiltIn } from "../architecture.js";
import { cellParts, retryParameters, thinkParameters } from "./cell-parameters.js";
import { SCHEDULERS, schedulersOf } from "./omega.js";
import { count, quantity } from "./parameters.js";

export const mesosOffers = defineBuiltIn({
  name: "mesos-offers",
  rule:
    "`interval` after a request or the end of a task, an allocator locks all that is free and offers it " +
    "to the framework with the least dominant share of what is in use. The framework decides about all " +
    "jobs in its queue that may fit, one after the other, and then answers with the tasks to begin.",
  source:
    "Schwarzkopf et al., Omega, EuroSys 2013, section 3.3, a model of Mesos; " +
    "google/cluster-scheduler-simulator b882f26, MesosSimulation.scala",
  fidelity: "faithful",
  deviations: [
    "of frameworks with equal shares the one declared first gets the offer (the program: by identity hash)",
    "mode clean: a framework gets no other offer while it decides, so that its busyness is at most 1",
    "mode clean: `leastMemory` and the memory that a task demands are compared with free memory (the " +
      "program: with free CPU)",
  ],
  reproduces: "omega-sim",
  parameters: {
    interval: quantity(1, "s", "time from a request to the next offer"),
    allocatorThinks: quantity(0.001, "s", "time that the allocator thinks"),
    leastCpu: quantity(0, "CPU", "less is not offered (program 100)"),
    leastMemory: quantity(0, "memory", "less is not offered (program 100)"),
    batchSchedulers: count(1, "frameworks", "for each class other than Service", SCHEDULERS),
    serviceSchedulers: count(1, "frameworks", "for the class Service", SCHEDULERS),
    ...thinkParameters({ batchTask: 0.005, serviceTask: 0.01 }),
    ...retryParameters,
  },
  create: (values, context) => ({
    ...cellParts(values, schedulersOf(values, context)),
    see: "offer",
    offers: {
      interval: values.interval,
      allocatorThinks: values.allocatorThinks,
      leastCpu: values.leastCpu,
      leastMemory: values.leastMemory,
    },
  }),
});
