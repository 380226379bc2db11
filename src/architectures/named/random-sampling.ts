import { defineBuiltIn } from "../architecture.js";
import { delay, earlyBinding, probeRatio, QUEUE_OF_VECTORS } from "./sampling-parameters.js";

/** With single slots and load rho, a job of m tasks does not wait with probability (1 - rho)^m. */
export const randomSampling = defineBuiltIn({
  name: "random-sampling",
  rule:
    "The m tasks of a job go to m different random workers. (As many workers are drawn as the other " +
    "sampling architectures probe, so that all use the same random numbers; the first m get a task.)",
  source: "radlab/sparrow afb8efa, simulation_random.py",
  fidelity: "faithful",
  deviations: [QUEUE_OF_VECTORS],
  reproduces: "sparrow-sim",
  parameters: { delay, probeRatio },
  create: (values) => earlyBinding(values, "random"),
});
