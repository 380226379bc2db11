import { defineBuiltIn } from "../architecture.js";
import { cellParts, retryParameters, thinkParameters, THINKING_COUNTS, thinksOf } from "./cell-parameters.js";

const source =
  "Schwarzkopf et al., Omega: flexible, scalable schedulers for large compute clusters, EuroSys 2013, " +
  "section 3.1; google/cluster-scheduler-simulator b882f26, MonolithicSimulation.scala";

const { batchJob, batchTask } = thinkParameters({ batchTask: 0.005, serviceTask: 0.01 });

/** Without retries its busyness is rate x (tjob + tasks of a job x ttask). */
export const monolithicSingle = defineBuiltIn({
  name: "monolithic-single",
  rule:
    "One scheduler, one queue, one code path: it thinks for tjob + ttask x unplaced tasks about each job " +
    "of any class, and then places tasks by random first fit, on the current state of the cell. A job " +
    "with unplaced tasks enters the queue again later.",
  source,
  fidelity: "faithful",
  deviations: [THINKING_COUNTS],
  reproduces: "omega-sim",
  parameters: { job: batchJob, task: batchTask, ...retryParameters },
  create(values, { classes }) {
    const think = { job: values.job, task: values.task };
    const thinks = Object.fromEntries(classes.map((name) => [name, think]));
    return cellParts(values, [{ name: "Monolithic", thinks }]);
  },
});

export const monolithicMulti = defineBuiltIn({
  name: "monolithic-multi",
  rule:
    "One scheduler and one queue, but a code path for each class: it thinks longer about service jobs than " +
    "about batch jobs. Batch jobs still wait behind service jobs.",
  source,
  fidelity: "faithful",
  deviations: [THINKING_COUNTS],
  reproduces: "omega-sim",
  parameters: { ...thinkParameters({ batchTask: 0.005, serviceTask: 0.01 }), ...retryParameters },
  create: (values, { classes }) =>
    cellParts(values, [{ name: "Monolithic", thinks: thinksOf(values, classes) }]),
});
