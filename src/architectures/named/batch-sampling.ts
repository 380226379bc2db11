import { defineBuiltIn } from "../architecture.js";
import { delay, earlyBinding, probeRatio, QUEUE_OF_VECTORS } from "./sampling-parameters.js";

/**
 * P(no wait) = sum over i = m..dm of C(dm, i) (1 - rho)^i rho^(dm - i), for single slots and d probes
 * for each task.
 */
export const batchSampling = defineBuiltIn({
  name: "batch-sampling",
  rule:
    "The m tasks of a job go to the m least loaded of `probeRatio` m random workers, by their load " +
    "when the probes reached them.",
  source: "Ousterhout et al., SOSP 2013, section 3.1; radlab/sparrow afb8efa, simulation_batch.py",
  fidelity: "faithful",
  deviations: [QUEUE_OF_VECTORS],
  reproduces: "sparrow-sim",
  parameters: { delay, probeRatio },
  create: (values) => earlyBinding(values, "least-of-all"),
});
