import { defineArchitecture } from "../architecture.js";
import { cellParts, retryParameters, thinkParameters } from "./cell-parameters.js";
import { schedulersOf } from "./omega.js";

export const mesosOffers = defineArchitecture({
  name: "mesos-offers",
  rule:
    "An allocator offers all that is free, locked, to the framework with the least dominant share of " +
    "what is in use, `interval` after a request or an end of a task. The framework thinks about all " +
    "jobs in its queue that may fit, one after the other, and only then answers with the tasks to " +
    "begin.",
  source:
    "Schwarzkopf et al., Omega, EuroSys 2013, section 3.3, a model of Mesos; " +
    "google/cluster-scheduler-simulator b882f26, MesosSimulation.scala",
  fidelity: "faithful",
  deviations: [
    "frameworks of equal share are offered to in the order of their declaration (the program: by " +
      "identity hash)",
    "mode clean: a framework serves one offer at a time, so that it is never busier than 1",
    "mode clean: the least memory is compared with memory, as is what a task demands (the program: with CPU)",
  ],
  reproduces: "omega-sim",
  parameters: {
    interval: { default: 1, unit: "s", description: "from a request to the next offer", min: 0 },
    allocatorThinks: { default: 0.001, unit: "s", description: "time that the allocator thinks", min: 0 },
    leastCpu: { default: 100, unit: "CPU", description: "less is not offered", min: 0 },
    leastMemory: { default: 100, unit: "memory", description: "less is not offered", min: 0 },
    batchSchedulers: {
      default: 1,
      unit: "frameworks",
      description: "frameworks of each class other than Service",
      min: 1,
      integer: true,
    },
    serviceSchedulers: {
      default: 1,
      unit: "frameworks",
      description: "frameworks of the class Service",
      min: 1,
      integer: true,
    },
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
