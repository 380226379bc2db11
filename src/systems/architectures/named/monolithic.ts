import { defineArchitecture } from "../architecture.js";
import { cellParts, retryParameters, thinkParameters, thinksOf } from "./cell-parameters.js";

const source =
  "Schwarzkopf et al., Omega: flexible, scalable schedulers for large compute clusters, EuroSys 2013, " +
  "section 3.1; google/cluster-scheduler-simulator b882f26, MonolithicSimulation.scala";

const { batchJob, batchTask } = thinkParameters({ batchTask: 0.005, serviceTask: 0.01 });

/** Without retries its busyness is rate x (tjob + tasks a job x ttask). */
export const monolithicSingle = defineArchitecture({
  name: "monolithic-single",
  rule:
    "One scheduler, one queue, one code path: it thinks tjob + ttask x unplaced tasks about each job, " +
    "whatever its class, and then places on the cell as it is, by random first fit. Unplaced tasks " +
    "come back later.",
  source,
  fidelity: "faithful",
  deviations: ["mode clean: time to think counts where no task was placed, too (the program: it does not)"],
  reproduces: "omega-sim",
  parameters: { job: batchJob, task: batchTask, ...retryParameters },
  create(values, { classes }) {
    const think = { job: values.job, task: values.task };
    const thinks = Object.fromEntries(classes.map((name) => [name, think]));
    return cellParts(values, [{ name: "Monolithic", thinks }]);
  },
});

export const monolithicMulti = defineArchitecture({
  name: "monolithic-multi",
  rule:
    "One scheduler and one queue, but a code path for each class: it thinks longer about service jobs than " +
    "about batch jobs, which wait behind them all the same.",
  source,
  fidelity: "faithful",
  deviations: ["mode clean: time to think counts where no task was placed, too (the program: it does not)"],
  reproduces: "omega-sim",
  parameters: { ...thinkParameters({ batchTask: 0.005, serviceTask: 0.01 }), ...retryParameters },
  create: (values, { classes }) =>
    cellParts(values, [{ name: "Monolithic", thinks: thinksOf(values, classes) }]),
});
