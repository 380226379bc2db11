import { defineBuiltIn } from "../architecture.js";
import type { SchedulerParts } from "../parts.js";
import { cellParts, isService, retryParameters, thinkOf, thinkParameters } from "./cell-parameters.js";

export const staticPartition = defineBuiltIn({
  name: "static-partition",
  rule:
    "The machines are divided before the run, and the division does not change: the last `serviceShare` of " +
    "them take service jobs, the others take the other classes, in equal parts. Each part has its own " +
    "monolithic scheduler.",
  source:
    "Schwarzkopf et al., Omega, EuroSys 2013, section 3.2; the scheduler is MonolithicSimulation.scala of " +
    "google/cluster-scheduler-simulator b882f26",
  fidelity: "faithful",
  deviations: [
    "jobs that run at the beginning are on machines of all parts",
    "a single class has all machines",
  ],
  reproduces: "omega-sim",
  parameters: {
    serviceShare: {
      default: 0.5,
      unit: "share of machines",
      description: "for the class Service",
      min: 0,
      max: 1,
    },
    ...thinkParameters({ batchTask: 0.005, serviceTask: 0.01 }),
    ...retryParameters,
  },
  create(values, { classes, machines }) {
    const others = classes.filter((name) => !isService(name));
    const ordered = [...others, ...classes.filter(isService)];
    let from = 0;
    const schedulers = ordered.map((name, i): SchedulerParts => {
      const shareOfOthers = others.length < classes.length ? 1 - values.serviceShare : 1;
      const share = (shareOfOthers * Math.min(i + 1, others.length)) / Math.max(1, others.length);
      const to = i === ordered.length - 1 ? machines : Math.round(share * machines);
      const part = {
        name: `${name}-1`,
        thinks: { [name]: thinkOf(values, name) },
        machines: [from, to] as const,
      };
      from = to;
      return part;
    });
    return cellParts(values, schedulers);
  },
});
