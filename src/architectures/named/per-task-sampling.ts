import { defineBuiltIn } from "../architecture.js";
import { delay, earlyBinding, probeRatio, QUEUE_OF_VECTORS } from "./sampling-parameters.js";

/**
 * With single slots, load rho and d probes for each task, a job of m tasks does not wait with probability
 * (1 - rho^d)^m.
 */
export const perTaskSampling = defineBuiltIn({
  name: "per-task-sampling",
  rule:
    "Each task probes `probeRatio` random workers and goes to the least loaded of them, by their load when " +
    "the probes reached them.",
  source:
    "Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 2001; Ousterhout " +
    "et al., SOSP 2013, section 3.1; radlab/sparrow afb8efa, simulation_batch.py with PER_TASK",
  fidelity: "faithful",
  deviations: [QUEUE_OF_VECTORS],
  reproduces: "sparrow-sim",
  parameters: { delay, probeRatio },
  create: (values) => earlyBinding(values, "least-of-each"),
});
