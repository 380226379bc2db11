import { defineArchitecture } from "../architecture.js";
import { delay, probeRatio } from "./sampling-parameters.js";

/**
 * P(no wait) = sum over i = m..dm of C(dm, i) (1 - rho)^i rho^(dm - i), for single slots and d probes a
 * task.
 */
export const batchSampling = defineArchitecture({
  name: "batch-sampling",
  rule:
    "The m tasks of a job go to the m least loaded of `probeRatio` m random workers, as they were when the " +
    "probes came.",
  source: "Ousterhout et al., SOSP 2013, section 3.1; radlab/sparrow afb8efa, simulation_batch.py",
  fidelity: "faithful",
  deviations: ["demands may be vectors: a worker's queue waits until its first entry fits"],
  reproduces: "sparrow-sim",
  parameters: { delay, probeRatio },
  create: (values) => ({
    engine: "workers",
    binding: "early",
    choose: "least-of-all",
    delay: values.delay,
    probeRatio: values.probeRatio,
    cancellation: false,
    multiget: false,
  }),
});
